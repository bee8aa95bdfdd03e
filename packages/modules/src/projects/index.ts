export { createProject, deleteProject, updateProject } from './change-projects';
export { listProjects } from './list-projects';
export { type Provision, provisionProject } from './provision-project';
export { type PurgeDeps, purgeProjects } from './purge-projects';
export { findProject } from './store';

export { listProjects } from './list-projects';
export { type Provision, provisionProject } from './provision-project';

export { admitPerson } from './admit-person';
export { createOrganization, deleteOrganization, updateOrganization } from './change-organizations';
export { ensureMember, ensureOrganization } from './ensure-organization';
export { findRoleInProject } from './find-role-in-project';
export { listOrganizationProjects } from './list-organization-projects';
export { listOrganizationsOfPerson } from './list-organizations-of-person';
export { getOrganization, listOrganizations } from './read-organizations';
export { requireOrganization, requireProject } from './require-project';

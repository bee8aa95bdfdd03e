export { admitPerson } from './admit-person';
export { ensureMember, ensureOrganization } from './ensure-organization';
export { listOrganizations } from './list-organizations';

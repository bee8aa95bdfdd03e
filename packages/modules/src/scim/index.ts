export { resourceTypes, schemas, serviceProviderConfig } from './discovery';
export { createUser, deleteUser, getUser, listUsers, patchUser, replaceUser } from './users';

export { removeMember, setMember, userNotFound, wasMember } from './change-member';
export {
  deleteOrganizationMember,
  listOrganizationMembers,
  setOrganizationMember,
} from './members-of-organization';
export { deleteProjectMember, listProjectMembers, setProjectMember } from './members-of-project';
export { countMembers, findMember, findMentionable, listMembers, type OrganizationMember } from './store';

import type { Role } from '@tracewell/contract';
import { insertMembershipOnce, insertOrganizationOnce, type Transaction } from './store';

/** Creates the organization when there is none of this id; an existing one keeps its name. */
export const ensureOrganization = (
  transaction: Transaction,
  organization: { id: string; name: string },
): Promise<void> => insertOrganizationOnce(transaction, organization);

/** Makes the user a member; an existing member keeps their role. */
export const ensureMember = (
  transaction: Transaction,
  membership: { organizationId: string; userId: string; role: Role },
): Promise<void> => insertMembershipOnce(transaction, membership);

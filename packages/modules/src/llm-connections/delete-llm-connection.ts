import { ApiError } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { describeConnection } from './list-llm-connections';
import { deleteConnection } from './store';

/** Throws `not_found`. */
export async function deleteLlmConnection(
  { relational }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  id: string,
): Promise<{ message: string }> {
  requireScope(access, 'llm-connections:delete');
  await relational.db.transaction(async (transaction) => {
    const deleted = await deleteConnection(transaction, access.projectId, id);
    if (!deleted) throw new ApiError('not_found', `This project has no LLM connection ${id}.`);
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId: access.projectId,
      action: 'llm-connections.delete',
      resourceType: 'llm-connection',
      resourceId: id,
      before: describeConnection(deleted),
    });
  });
  return { message: 'LLM connection successfully deleted' };
}

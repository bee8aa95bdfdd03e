import { ApiError, type BulkAction } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { actionNotFound, scopeOf, toBulkAction, undoableStates } from './bulk-action';
import { type BulkActionRow, findAction, moveAction } from './store';

interface Deps {
  relational: Pick<Relational, 'db'>;
}

/** Stops one that waits or runs. Throws `not_found`, and `conflict` when it has ended. */
export const cancelBulkAction = (deps: Deps, access: ProjectAccess, id: string): Promise<BulkAction> =>
  change(deps, access, id, 'cancel', (row) => {
    if (row.state === 'waiting' || row.state === 'running') return;
    throw new ApiError(
      'conflict',
      `Bulk action ${id} is ${row.state}: only one that waits or runs can be cancelled.`,
    );
  });

/** Takes back what it did. Throws `not_found`, and `conflict` when that cannot be (yet). */
export const undoBulkAction = (deps: Deps, access: ProjectAccess, id: string): Promise<BulkAction> =>
  change(deps, access, id, 'undo', (row) => {
    if (row.change.kind === 'delete') {
      throw new ApiError(
        'conflict',
        'What was deleted stays deleted. Cancel a deletion before its startsAt.',
      );
    }
    if (!undoableStates.some((state) => state === row.state)) {
      throw new ApiError('conflict', `Bulk action ${id} is ${row.state}. Undo it when it has ended.`);
    }
  });

const moves = {
  cancel: { from: ['waiting', 'running'], to: 'cancelled' },
  undo: { from: undoableStates, to: 'undoing' },
} as const;

async function change(
  { relational }: Deps,
  access: ProjectAccess,
  id: string,
  verb: keyof typeof moves,
  requireMovable: (row: BulkActionRow) => void,
): Promise<BulkAction> {
  requireScope(access, 'traces:read');
  const { projectId, organizationId, actor } = access;
  return relational.db.transaction(async (transaction) => {
    const before = await findAction(transaction, projectId, id);
    if (!before) throw actionNotFound(id);
    requireScope(access, scopeOf[before.change.kind]);
    requireMovable(before);
    const after = await moveAction(transaction, id, moves[verb].from, {
      state: moves[verb].to,
      attempts: 0,
      error: null,
    });
    if (!after)
      throw new ApiError('conflict', `Bulk action ${id} has just ended or was changed. Read it again.`);
    await recordChange(transaction, {
      actor,
      organizationId,
      projectId,
      action: `bulk-actions.${verb}`,
      resourceType: 'bulk-action',
      resourceId: id,
      before: { state: before.state },
      after: { state: after.state },
    });
    return toBulkAction(after);
  });
}

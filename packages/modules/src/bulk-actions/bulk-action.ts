import { ApiError, type BulkAction, type Scope } from '@tracewell/contract';
import type { BulkActionRow } from './store';

/** How long a deletion waits, so that a slip of the hand can be taken back. */
export const deletionGraceMs = 10_000;

export const scopeOf: Record<BulkAction['change']['kind'], Scope> = {
  delete: 'traces:delete',
  'add-to-annotation-queue': 'annotation-queues:update',
};

/** States in which what was done can be taken back, if it can be at all. */
export const undoableStates = ['done', 'cancelled', 'failed'] as const;
const isUndoable: ReadonlySet<string> = new Set(undoableStates);

const canBeUndone = ({ change }: Pick<BulkActionRow, 'change'>) => change.kind !== 'delete';

export const toBulkAction = (row: BulkActionRow): BulkAction => ({
  id: row.id,
  change: row.change,
  state: row.state,
  total: row.total,
  done: row.done,
  error: row.error,
  canUndo: isUndoable.has(row.state) && canBeUndone(row),
  startsAt: row.startsAt.toISOString(),
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

export const actionNotFound = (id: string) =>
  new ApiError('not_found', `This project has no bulk action ${id}; GET …/bulk-actions lists the latest.`);

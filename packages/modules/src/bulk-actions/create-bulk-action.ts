import { randomUUID } from 'node:crypto';
import {
  ApiError,
  type BodyOf,
  type BulkAction,
  maxOpenBulkActions,
  type createBulkAction as operation,
} from '@tracewell/contract';
import type { Columnar } from '@tracewell/engines/columnar/port';
import type { Relational } from '@tracewell/engines/relational/port';
import { countTraces } from '@tracewell/query/traces/count-traces';
import type { BulkTarget } from '@tracewell/schema/postgres/bulk-actions';
import { sql } from 'drizzle-orm';
import { type ProjectAccess, requireScope } from '../access/index';
import { requireQueue } from '../annotation-queues/index';
import { recordChange } from '../audit-log/index';
import { traceSelectionOf } from '../explore/index';
import { deletionGraceMs, scopeOf, toBulkAction } from './bulk-action';
import { countOpen, insertAction } from './store';

/**
 * Asks the worker for it. Throws `forbidden` without the right to the change, `invalid_request` for a search that
 * cannot be, `not_found` for an unknown queue, `conflict` when too many are open.
 */
export async function createBulkAction(
  { relational, columnar }: { relational: Pick<Relational, 'db'>; columnar: Columnar },
  access: ProjectAccess,
  { target: asked, change }: BodyOf<typeof operation>,
): Promise<BulkAction> {
  requireScope(access, 'traces:read');
  requireScope(access, scopeOf[change.kind]);
  const { projectId, organizationId, actor } = access;
  const now = new Date();
  const target: BulkTarget =
    'traceIds' in asked
      ? { traceIds: [...new Set(asked.traceIds)] }
      : { ...asked, to: asked.to ?? now.toISOString() };
  const total =
    'traceIds' in target
      ? target.traceIds.length
      : await countTraces(columnar, traceSelectionOf(access, target));
  const startsAt = new Date(now.getTime() + (change.kind === 'delete' ? deletionGraceMs : 0));
  const row = await relational.db.transaction(async (transaction) => {
    if (change.kind === 'add-to-annotation-queue') await requireQueue(transaction, projectId, change.queueId);
    // Two that come at once count one after the other.
    await transaction.execute(
      sql`select pg_advisory_xact_lock(hashtextextended(${`bulk-actions ${projectId}`}, 0))`,
    );
    if ((await countOpen(transaction, projectId)) >= maxOpenBulkActions) {
      throw new ApiError(
        'conflict',
        `A project has at most ${maxOpenBulkActions} bulk actions open at once. Wait for one to end, or cancel one.`,
      );
    }
    const inserted = await insertAction(transaction, {
      id: randomUUID(),
      projectId,
      change,
      target,
      state: 'waiting',
      total,
      startsAt,
    });
    await recordChange(transaction, {
      actor,
      organizationId,
      projectId,
      action: 'bulk-actions.create',
      resourceType: 'bulk-action',
      resourceId: inserted.id,
      after: { change, target, total },
    });
    return inserted;
  });
  return toBulkAction(row);
}

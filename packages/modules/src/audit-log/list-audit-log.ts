import type { AnswerOf, AuditEntry, listAuditLog as operation, QueryOf } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { z } from 'zod';
import { type ProjectAccess, requireScope } from '../access/index';
import { decodeCursor, encodeCursor } from '../cursors/index';
import { type AuditLogRow, listEntries } from './store';

const cursorSchema = z.object({
  createdAt: z.iso.datetime().transform((text) => new Date(text)),
  id: z.string(),
});

/** Changes of the project, newest first. Throws `invalid_request` for a cursor that is none of ours. */
export async function listAuditLog(
  { relational }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  { limit, cursor }: QueryOf<typeof operation>,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'audit-log:read');
  const rows = await listEntries(relational.db, {
    projectId: access.projectId,
    limit: limit + 1,
    after: cursor ? decodeCursor(cursorSchema, cursor) : undefined,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return {
    data: page.map(toEntry),
    meta: {
      limit,
      ...(rows.length > limit &&
        last && { cursor: encodeCursor({ createdAt: last.createdAt.toISOString(), id: last.id }) }),
    },
  };
}

const toEntry = (row: AuditLogRow): AuditEntry => ({
  id: row.id,
  createdAt: row.createdAt.toISOString(),
  actorKind: row.actorKind,
  actorId: row.actorId,
  action: row.action,
  resourceType: row.resourceType,
  resourceId: row.resourceId,
  before: row.before,
  after: row.after,
});

import type { Relational } from '@tracewell/engines/relational/port';
import { auditLog } from '@tracewell/schema/postgres/audit-log';
import { and, desc, eq, lt, or } from 'drizzle-orm';

type Database = Relational['db'];
/** The database, or a transaction on it. */
export type Writer = Pick<Database, 'insert'>;
export type AuditLogRow = typeof auditLog.$inferSelect;

export async function insertEntry(writer: Writer, entry: typeof auditLog.$inferInsert): Promise<void> {
  await writer.insert(auditLog).values(entry);
}

/** Whether this was ever done to this resource in this organization. */
export async function isRecorded(
  db: Pick<Database, 'select'>,
  what: { organizationId: string; action: string; resourceId: string },
): Promise<boolean> {
  const [row] = await db
    .select({ id: auditLog.id })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.organizationId, what.organizationId),
        eq(auditLog.action, what.action),
        eq(auditLog.resourceId, what.resourceId),
      ),
    )
    .limit(1);
  return row !== undefined;
}

/** Newest first, ties by id. */
export const listEntries = (
  db: Database,
  request: { projectId: string; limit: number; after?: { createdAt: Date; id: string } | undefined },
): Promise<AuditLogRow[]> => {
  const { after } = request;
  return db
    .select()
    .from(auditLog)
    .where(
      and(
        eq(auditLog.projectId, request.projectId),
        after &&
          or(
            lt(auditLog.createdAt, after.createdAt),
            and(eq(auditLog.createdAt, after.createdAt), lt(auditLog.id, after.id)),
          ),
      ),
    )
    .orderBy(desc(auditLog.createdAt), desc(auditLog.id))
    .limit(request.limit);
};

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

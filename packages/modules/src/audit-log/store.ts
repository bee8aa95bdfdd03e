import type { Relational } from '@tracewell/engines/relational/port';
import { auditLog } from '@tracewell/schema/postgres/audit-log';

/** The database, or a transaction on it. */
export type Writer = Pick<Relational['db'], 'insert'>;

export async function insertEntry(writer: Writer, entry: typeof auditLog.$inferInsert): Promise<void> {
  await writer.insert(auditLog).values(entry);
}

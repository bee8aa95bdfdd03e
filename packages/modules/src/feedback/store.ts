import type { Relational } from '@tracewell/engines/relational/port';
import { feedback } from '@tracewell/schema/postgres/feedback';

export async function insertFeedback(
  transaction: Pick<Relational['db'], 'insert'>,
  row: typeof feedback.$inferInsert,
): Promise<void> {
  await transaction.insert(feedback).values(row);
}

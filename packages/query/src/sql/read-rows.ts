import type { Columnar } from '@tracewell/engines/columnar/port';
import { compileSql, type Sql } from './sql';

/** How long one read may take before the store gives up on it. */
export const maxReadSeconds = 30;

/** Runs one read. A name in the text means the column before it means an alias of the same spelling. */
export function readRows<Row>(
  columnar: Columnar,
  name: string,
  statement: Sql,
  signal?: AbortSignal,
): Promise<Row[]> {
  return columnar.query<Row>({
    name,
    ...compileSql(statement),
    settings: { prefer_column_name_to_alias: 1, max_execution_time: maxReadSeconds },
    ...(signal ? { signal } : {}),
  });
}

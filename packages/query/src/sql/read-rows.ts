import { type Columnar, ColumnarError } from '@tracewell/engines/columnar/port';
import { compileSql, type Sql } from './sql';

/** How long one read may take before the store gives up on it. */
export const maxReadSeconds = 30;

/** What a result may hold, before it is encoded; more is refused (`isOverLimit`). */
export interface ResultLimits {
  bytes?: number;
}

/** The store's TOO_MANY_ROWS_OR_BYTES. */
export const isOverLimit = (error: unknown): boolean => error instanceof ColumnarError && error.code === 396;

/** Runs one read. A name in the text means the column before it means an alias of the same spelling. */
export function readRows<Row>(
  columnar: Columnar,
  name: string,
  statement: Sql,
  limits: ResultLimits = {},
): Promise<Row[]> {
  return columnar.query<Row>({
    name,
    ...compileSql(statement),
    settings: {
      prefer_column_name_to_alias: 1,
      max_execution_time: maxReadSeconds,
      // ClickHouse 26 turns `a = 'x' OR a LIKE 'y%'` to a function that it then does not find when `a` is an aggregate.
      optimize_or_like_chain: 0,
      ...(limits.bytes ? { max_result_bytes: limits.bytes, result_overflow_mode: 'throw' } : {}),
    },
  });
}

import type { Columnar } from '@tracewell/engines/columnar/port';
import { type ObservationGroup, selectFields, toObservationRow } from '../observations/observation-fields';
import { isRoot } from '../observations/usage-expressions';
import { type Integer, toMetadata, toNumber } from '../sql/decode';
import type { ProjectScope } from '../sql/project-scope';
import { isOverLimit, readRows } from '../sql/read-rows';
import { count, sql, text } from '../sql/sql';
import type { TraceRow } from './fold-rows';
import * as index from './index-columns';

/** Rows and bytes of a trace that are read without knowing how large it is. */
export const maxRowsAtOnce = 5_000;
export const maxBytesAtOnce = 16 * 1024 * 1024;

const groups = [
  'basic',
  'time',
  'size',
  'model',
  'usage',
  'prompt',
  'toolNames',
  'traceContext',
] as const satisfies ObservationGroup[];

/**
 * All current rows of one trace by start and id, its record among them, in one statement: where they lie is
 * asked of the index within it. `io`: with the payloads and metadata of every row, else of record and roots only.
 * null when the trace is too large to be read at once.
 */
export async function readTraceRows(
  columnar: Columnar,
  scope: ProjectScope,
  traceId: string,
  io: boolean,
): Promise<TraceRow[] | null> {
  const id = sql`trace_id = ${text(traceId)}`;
  const bounds = sql`
    SELECT (toStartOfMinute(${index.firstStart}), toStartOfMinute(${index.lastStart}))
    FROM ${scope.versions('traces', { key: [id] })}`;
  const speaks = sql`(kind = 'trace' OR ${isRoot})`;
  const payloads = io
    ? sql`input, output, metadata`
    : sql`if(${speaks}, input, '') AS input, if(${speaks}, output, '') AS output, if(${speaks}, metadata, CAST(map(), 'Map(LowCardinality(String), String)')) AS metadata`;
  const statement = sql`
    WITH (${bounds}) AS bounds
    SELECT
      ${selectFields(groups)}, ${payloads}, kind = 'trace' AS isRecord, row_version AS rowVersion,
      trace_input AS traceInput, trace_output AS traceOutput, trace_metadata AS traceMetadata
    FROM ${scope.current('observations', {
      key: [id, sql`toStartOfMinute(start_time) >= bounds.1`, sql`toStartOfMinute(start_time) <= bounds.2`],
    })}
    ORDER BY start_time, id
    LIMIT ${count(maxRowsAtOnce + 1)}`;
  try {
    const rows = await readRows<StoredRow>(columnar, 'traces.rows', statement, { bytes: maxBytesAtOnce });
    return rows.length > maxRowsAtOnce ? null : rows.map(toTraceRow);
  } catch (error) {
    if (isOverLimit(error)) return null;
    throw error;
  }
}

type StoredRow = Record<string, unknown> & {
  isRecord: boolean | number;
  rowVersion: Integer;
  input: string;
  output: string;
  metadata: Record<string, string>;
  traceInput: string;
  traceOutput: string;
  traceMetadata: Record<string, string>;
};

const toTraceRow = (row: StoredRow): TraceRow => ({
  ...toObservationRow(groups, row),
  isRecord: Boolean(row.isRecord),
  rowVersion: toNumber(row.rowVersion),
  input: row.input,
  output: row.output,
  metadata: toMetadata(row.metadata),
  traceInput: row.traceInput,
  traceOutput: row.traceOutput,
  traceMetadata: toMetadata(row.traceMetadata),
});

import { parseSearch, traceFields } from '@tracewell/domain/search/index';
import type { Columnar } from '@tracewell/engines/columnar/port';

/** Rows for tests, through the port, as the write side writes them. */

export interface ObservationSeed {
  projectId?: string;
  traceId: string;
  /** '' is the trace's record. */
  id: string;
  startTime: number;
  rowVersion?: number;
  isDeleted?: boolean;
  /** Any other columns by their name. */
  columns?: Record<string, unknown>;
}

export const at = (us: number): string => `${Math.floor(us / 1e6)}.${String(us % 1e6).padStart(6, '0')}`;

export const base = Date.UTC(2026, 2, 3, 10, 0, 0) * 1000;
export const second = 1_000_000;

export function observationSeed(seed: ObservationSeed): string {
  const { projectId = 'p1', traceId, id, startTime, rowVersion = 1, isDeleted = false, columns = {} } = seed;
  return JSON.stringify({
    project_id: projectId,
    trace_id: traceId,
    id,
    kind: id === '' ? 'trace' : 'observation',
    type: 'SPAN',
    level: 'DEFAULT',
    environment: 'default',
    source: 'otel',
    start_time: at(startTime),
    created_at: at(startTime),
    updated_at: at(startTime),
    row_version: rowVersion,
    is_deleted: isDeleted ? 1 : 0,
    ...columns,
  });
}

/** Each list is one insert, so one part: versions in different lists meet only when they are read. */
export async function insertObservations(columnar: Columnar, ...parts: ObservationSeed[][]): Promise<void> {
  for (const part of parts) {
    const rows = part.map(observationSeed);
    // Columns that only the record keeps are taken when they are named.
    const columns = [...new Set(rows.flatMap((row) => Object.keys(JSON.parse(row))))];
    await columnar.insert({ name: 'test.seed', table: 'observations', rows, columns });
  }
}

export interface ScoreSeed {
  projectId?: string;
  id: string;
  timestamp: number;
  rowVersion?: number;
  isDeleted?: boolean;
  columns?: Record<string, unknown>;
}

export async function insertScores(columnar: Columnar, ...parts: ScoreSeed[][]): Promise<void> {
  for (const part of parts) {
    await columnar.insert({
      name: 'test.seed',
      table: 'scores',
      rows: part.map(({ projectId = 'p1', id, timestamp, rowVersion = 1, isDeleted = false, columns = {} }) =>
        JSON.stringify({
          project_id: projectId,
          id,
          timestamp: at(timestamp),
          name: 'quality',
          source: 'API',
          data_type: 'NUMERIC',
          environment: 'default',
          created_at: at(timestamp),
          updated_at: at(timestamp),
          row_version: rowVersion,
          is_deleted: isDeleted ? 1 : 0,
          ...columns,
        }),
      ),
    });
  }
}

/** A query of the search language on traces. */
export const searchFor = (query: string) => parseSearch(query, { catalogue: traceFields, now: base });

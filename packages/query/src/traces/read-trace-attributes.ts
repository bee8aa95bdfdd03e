import type { Microseconds } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { type Integer, toNumber } from '../sql/decode';
import type { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { sql, textList } from '../sql/sql';
import * as index from './index-columns';

/** What the index alone says of a trace. */
export interface IndexedTrace {
  id: string;
  timestamp: Microseconds;
  firstStart: Microseconds;
  lastStart: Microseconds;
  name: string;
  userId: string;
  sessionId: string;
  release: string;
  version: string;
  environment: string;
  tags: string[];
  public: boolean;
}

/** By trace id; an id the project does not know has no entry. */
export async function readTraceAttributes(
  columnar: Columnar,
  scope: ProjectScope,
  traceIds: readonly string[],
): Promise<Map<string, IndexedTrace>> {
  const ids = traceIds.filter((id) => id !== '');
  if (ids.length === 0) return new Map();
  const rows = await readRows<IndexRow>(
    columnar,
    'traces.attributes',
    sql`
      SELECT
        trace_id AS traceId,
        toUnixTimestamp64Micro(${index.traceTimestamp}) AS timestampUs,
        toUnixTimestamp64Micro(${index.firstStart}) AS firstStartUs,
        toUnixTimestamp64Micro(${index.lastStart}) AS lastStartUs,
        ${index.traceName} AS nameOf,
        ${index.traceUserId} AS userId,
        ${index.traceSessionId} AS sessionId,
        ${index.traceRelease} AS releaseOf,
        ${index.traceVersion} AS versionOf,
        ${index.traceEnvironment} AS environmentOf,
        ${index.traceTags} AS tagsOf,
        ${index.tracePublic} AS publicOf
      FROM ${scope.versions('traces', { key: [sql`trace_id IN ${textList(ids)}`] })}
      GROUP BY trace_id`,
  );
  return new Map(
    rows.map((row) => [
      row.traceId,
      {
        id: row.traceId,
        timestamp: toNumber(row.timestampUs),
        firstStart: toNumber(row.firstStartUs),
        lastStart: toNumber(row.lastStartUs),
        name: row.nameOf,
        userId: row.userId,
        sessionId: row.sessionId,
        release: row.releaseOf,
        version: row.versionOf,
        environment: row.environmentOf,
        tags: row.tagsOf,
        public: Boolean(row.publicOf),
      },
    ]),
  );
}

interface IndexRow {
  traceId: string;
  timestampUs: Integer;
  firstStartUs: Integer;
  lastStartUs: Integer;
  nameOf: string;
  userId: string;
  sessionId: string;
  releaseOf: string;
  versionOf: string;
  environmentOf: string;
  tagsOf: string[];
  publicOf: boolean | number;
}

/** Between which starts the rows of one trace lie: enough for the sorting key to prune by; null for none known. */
export async function readTraceBounds(
  columnar: Columnar,
  scope: ProjectScope,
  traceId: string,
): Promise<{ firstStart: Microseconds; lastStart: Microseconds } | null> {
  const [row] = await readRows<{ firstStartUs: Integer; lastStartUs: Integer }>(
    columnar,
    'traces.bounds',
    sql`
      SELECT
        toUnixTimestamp64Micro(${index.firstStart}) AS firstStartUs,
        toUnixTimestamp64Micro(${index.lastStart}) AS lastStartUs
      FROM ${scope.versions('traces', { key: [sql`trace_id IN ${textList([traceId])}`] })}
      GROUP BY trace_id`,
  );
  return row ? { firstStart: toNumber(row.firstStartUs), lastStart: toNumber(row.lastStartUs) } : null;
}

import { createMetadata, type Metadata, type ObservationLevel, observationLevels } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { scoresOfTraces } from '../scores/scores-of-traces';
import { type Integer, toNullableNumber, toNumber, toUsageMap } from '../sql/decode';
import type { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { summarySql, type TraceBounds } from './summary-sql';
import type { TraceFields, TraceIo, TraceSummary } from './trace-summary';

/** Summaries of these traces by id, in no order; a trace whose rows are all gone has none. */
export async function summariseTraces(
  columnar: Columnar,
  scope: ProjectScope,
  bounds: TraceBounds,
  fields: TraceFields,
): Promise<Map<string, TraceSummary>> {
  if (bounds.ids.length === 0) return new Map();
  const depth = fields.io ? 'whole' : 'preview';
  const observationIds = fields.observationIds ?? false;
  const [rows, scores] = await Promise.all([
    readRows<SummaryRow>(columnar, 'traces.summaries', summarySql(scope, bounds, depth, { observationIds })),
    fields.scores ? scoresOfTraces(columnar, scope, bounds.ids) : null,
  ]);
  return new Map(
    rows.map((row) => [
      row.trace_id,
      { ...toTraceSummary(scope.projectId, row, fields), scores: scores?.get(row.trace_id) ?? [] },
    ]),
  );
}

/** What the store says of one trace, or `foldRows` of its rows. */
export interface SummaryRow {
  trace_id: string;
  records: Integer;
  /** at, name, user, session, release, version, environment, tags, public, input, output */
  record: [
    Integer,
    string,
    string,
    string,
    string,
    string,
    string,
    string[],
    boolean | number,
    string,
    string,
  ];
  /** name, user, session, release, version, environment, input, output; shorter when nobody said anything. */
  latestSaid: string[];
  saidTags: string[];
  saidPublic: boolean | number;
  /** name, input, output */
  latestOfRoot: string[];
  levelCounts: Partial<Record<ObservationLevel, Integer>>;
  firstAt: Integer;
  firstStart: Integer;
  lastStart: Integer;
  lastEnd: Integer | null;
  usageSum: Record<string, Integer>;
  costSum: Record<string, Integer>;
  models: string[];
  payloadBytes: Integer;
  createdAt: Integer;
  updatedAt: Integer;
  observationIds?: string[];
  recordMetadata?: Metadata;
  saidMetadata?: [Integer, Metadata][];
  rootMetadata?: [Integer, Metadata][];
}

/** The record speaks first, then the spans, then the root: the rules of the index (`index-columns.ts`). */
export function toTraceSummary(projectId: string, row: SummaryRow, fields: TraceFields): TraceSummary {
  const hasRecord = toNumber(row.records) > 0;
  const [at, name, userId, sessionId, release, version, environment, tags, isPublic, input, output] =
    row.record;
  const [
    saidName,
    saidUserId,
    saidSessionId,
    saidRelease,
    saidVersion,
    saidEnvironment,
    saidInput,
    saidOutput,
  ] = row.latestSaid;
  const [rootName, rootInput, rootOutput] = row.latestOfRoot;
  const countOf = (level: ObservationLevel): number => toNumber(row.levelCounts[level] ?? 0);
  const levelCounts: Record<ObservationLevel, number> = {
    DEBUG: countOf('DEBUG'),
    DEFAULT: countOf('DEFAULT'),
    WARNING: countOf('WARNING'),
    ERROR: countOf('ERROR'),
  };
  const observationCount = Object.values(levelCounts).reduce((sum, count) => sum + count, 0);
  const firstStart = observationCount === 0 ? null : toNumber(row.firstStart);
  const lastStart = observationCount === 0 ? null : toNumber(row.lastStart);
  const lastEnd = toNullableNumber(row.lastEnd);
  const inputOf = input || saidInput || rootInput || '';
  const outputOf = output || saidOutput || rootOutput || '';
  const cost = toUsageMap(row.costSum);
  return {
    id: row.trace_id,
    projectId,
    timestamp: toNumber(hasRecord ? at : row.firstAt),
    name: name || saidName || rootName || '',
    userId: userId || saidUserId || '',
    sessionId: sessionId || saidSessionId || '',
    release: release || saidRelease || '',
    version: version || saidVersion || '',
    environment: environment || saidEnvironment || 'default',
    tags: (tags.length > 0 ? tags : row.saidTags).filter((tag) => tag !== ''),
    public: Boolean(hasRecord ? isPublic : row.saidPublic),
    level: [...observationLevels].reverse().find((level) => levelCounts[level] > 0) ?? 'DEFAULT',
    observationCount,
    levelCounts,
    firstStart,
    lastStart,
    lastEnd,
    latencyUs: firstStart === null ? 0 : Math.max(lastStart ?? 0, lastEnd ?? 0) - firstStart,
    usage: toUsageMap(row.usageSum),
    cost,
    totalCost: cost.total ?? 0,
    models: row.models.sort(),
    inputPreview: previewOf(inputOf),
    outputPreview: previewOf(outputOf),
    payloadBytes: toNumber(row.payloadBytes),
    createdAt: toNumber(row.createdAt),
    updatedAt: toNumber(row.updatedAt),
    observationIds: row.observationIds ?? [],
    io: fields.io ? { input: inputOf, output: outputOf, metadata: mergeMetadata(row) } : null,
    scores: [],
  };
}

/** The first 200 characters, as the store counts them: code points. */
function previewOf(text: string): string {
  if (text.length <= 200) return text;
  return [...text.slice(0, 400)].slice(0, 200).join('');
}

/** Root first, then what spans said of the trace, then the record; within each the latest word counts. */
function mergeMetadata(row: SummaryRow): TraceIo['metadata'] {
  const merged = createMetadata();
  for (const said of [row.rootMetadata ?? [], row.saidMetadata ?? []]) {
    const inOrder = [...said].sort(([a], [b]) => toNumber(a) - toNumber(b));
    for (const [, map] of inOrder) Object.assign(merged, map);
  }
  return Object.assign(merged, row.recordMetadata);
}

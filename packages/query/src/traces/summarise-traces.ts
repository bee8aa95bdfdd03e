import { createMetadata, type Metadata, type ObservationLevel } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { scoresOfTraces } from '../scores/scores-of-traces';
import { type Integer, toNullableNumber, toNumber, toUsageMap } from '../sql/decode';
import type { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { ioSql, summarySql, type TraceBounds } from './summary-sql';
import type { TraceFields, TraceIo, TraceSummary } from './trace-summary';

/** Summaries of these traces by id, in no order; a trace whose rows are all gone has none. */
export async function summariseTraces(
  columnar: Columnar,
  scope: ProjectScope,
  bounds: TraceBounds,
  fields: TraceFields,
): Promise<Map<string, TraceSummary>> {
  if (bounds.ids.length === 0) return new Map();
  const [rows, ios, scores] = await Promise.all([
    readRows<SummaryRow>(
      columnar,
      'traces.summaries',
      summarySql(scope, bounds, { observationIds: fields.observationIds ?? false }),
    ),
    fields.io ? readRows<IoRow>(columnar, 'traces.io', ioSql(scope, bounds)) : [],
    fields.scores ? scoresOfTraces(columnar, scope, bounds.ids) : new Map(),
  ]);
  const ioOf = new Map(ios.map((row) => [row.traceId, toTraceIo(row)]));
  return new Map(
    rows.map((row) => [
      row.traceId,
      {
        ...toTraceSummary(scope.projectId, row),
        io: fields.io ? (ioOf.get(row.traceId) ?? emptyIo()) : null,
        scores: scores.get(row.traceId) ?? [],
      },
    ]),
  );
}

interface SummaryRow {
  traceId: string;
  timestampUs: Integer;
  nameOf: string;
  userId: string;
  sessionId: string;
  releaseOf: string;
  versionOf: string;
  environmentOf: string;
  tagsOf: string[];
  publicOf: boolean | number;
  worstLevel: ObservationLevel;
  observationCount: Integer;
  debugCount: Integer;
  defaultCount: Integer;
  warningCount: Integer;
  errorCount: Integer;
  firstStartUs: Integer;
  lastStartUs: Integer;
  lastEndUs: Integer | null;
  latencyUs: Integer;
  usageOf: Record<string, Integer>;
  costOf: Record<string, Integer>;
  totalCost: number;
  models: string[];
  inputPreview: string;
  outputPreview: string;
  payloadBytes: Integer;
  createdAtUs: Integer;
  updatedAtUs: Integer;
  observationIds: string[];
}

function toTraceSummary(projectId: string, row: SummaryRow): TraceSummary {
  const observationCount = toNumber(row.observationCount);
  const whenObserved = (value: Integer): number | null => (observationCount === 0 ? null : toNumber(value));
  return {
    id: row.traceId,
    projectId,
    timestamp: toNumber(row.timestampUs),
    name: row.nameOf,
    userId: row.userId,
    sessionId: row.sessionId,
    release: row.releaseOf,
    version: row.versionOf,
    environment: row.environmentOf,
    tags: row.tagsOf,
    public: Boolean(row.publicOf),
    level: row.worstLevel,
    observationCount,
    levelCounts: {
      DEBUG: toNumber(row.debugCount),
      DEFAULT: toNumber(row.defaultCount),
      WARNING: toNumber(row.warningCount),
      ERROR: toNumber(row.errorCount),
    },
    firstStart: whenObserved(row.firstStartUs),
    lastStart: whenObserved(row.lastStartUs),
    lastEnd: toNullableNumber(row.lastEndUs),
    latencyUs: toNumber(row.latencyUs),
    usage: toUsageMap(row.usageOf),
    cost: toUsageMap(row.costOf),
    totalCost: row.totalCost,
    models: row.models,
    inputPreview: row.inputPreview,
    outputPreview: row.outputPreview,
    payloadBytes: toNumber(row.payloadBytes),
    createdAt: toNumber(row.createdAtUs),
    updatedAt: toNumber(row.updatedAtUs),
    observationIds: row.observationIds,
    io: null,
    scores: [],
  };
}

interface IoRow {
  traceId: string;
  inputOf: string;
  outputOf: string;
  /** (is of the record, start, map) and (start, map). */
  ownMetadata: [number, Integer, Metadata][];
  saidMetadata: [Integer, Metadata][];
}

const emptyIo = (): TraceIo => ({ input: '', output: '', metadata: createMetadata() });

const toTraceIo = (row: IoRow): TraceIo => ({
  input: row.inputOf,
  output: row.outputOf,
  metadata: mergeMetadata(row),
});

/** Root first, then what spans said of the trace, then the record; within each the latest word counts. */
function mergeMetadata({ ownMetadata, saidMetadata }: IoRow): Metadata {
  const said = [
    ...ownMetadata.map(([isRecord, at, map]) => ({ rank: isRecord ? 2 : 0, at: toNumber(at), map })),
    ...saidMetadata.map(([at, map]) => ({ rank: 1, at: toNumber(at), map })),
  ];
  said.sort((a, b) => a.rank - b.rank || a.at - b.at);
  const merged = createMetadata();
  for (const { map } of said) Object.assign(merged, map);
  return merged;
}

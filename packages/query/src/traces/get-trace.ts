import type { Columnar } from '@tracewell/engines/columnar/port';
import { ResultTooLarge } from '../invalid-query';
import { fillFromTrace, fillFromTraces } from '../observations/fill-from-traces';
import {
  type ObservationGroup,
  type ObservationRow,
  selectFields,
  toObservationRow,
} from '../observations/observation-fields';
import type { StoredScore } from '../scores/score-row';
import { scoresOfTraces } from '../scores/scores-of-traces';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { count, sql } from '../sql/sql';
import { foldRows, type TraceRow } from './fold-rows';
import { readTraceBounds } from './read-trace-attributes';
import { readTraceRows } from './read-trace-rows';
import { summariseTraces, toTraceSummary } from './summarise-traces';
import { rowsOfTraces } from './summary-sql';
import type { TraceSummary } from './trace-summary';

/** Observations of one trace that are read; the first ones, when there are more. */
export const maxObservationsOfTrace = 50_000;
/** Bytes of payload one answer may hold. */
export const maxPayloadBytesOfTrace = 80 * 1024 * 1024;

/** What a tree shows of an observation. */
export const nodeGroups = ['basic', 'time', 'size', 'model', 'usage', 'prompt', 'toolNames'] as const;
const payloadGroups = [...nodeGroups, 'io', 'metadata', 'traceContext'] as const;
export type TraceNode = ObservationRow<(typeof nodeGroups)[number]>;
export type TraceNodeWithPayload = ObservationRow<(typeof payloadGroups)[number]>;

export interface GetTrace {
  projectId: string;
  traceId: string;
  /** Also the whole payloads of its observations. Its own are always read. */
  io?: boolean;
  scores?: boolean;
  /** Default true. */
  observations?: boolean;
  maxPayloadBytes?: number;
}

export interface Trace<Node> {
  trace: TraceSummary;
  /** By start. */
  observations: Node[];
  /** There are more than `maxObservationsOfTrace`. */
  truncated: boolean;
}

/**
 * One trace with its observations; null when the project has none of this id.
 * Throws `ResultTooLarge` when payloads are asked for and are more than one answer may hold.
 */
export async function getTrace(
  columnar: Columnar,
  request: GetTrace & { io: true },
): Promise<Trace<TraceNodeWithPayload> | null>;
export async function getTrace(columnar: Columnar, request: GetTrace): Promise<Trace<TraceNode> | null>;
export async function getTrace(columnar: Columnar, request: GetTrace): Promise<Trace<TraceNode> | null> {
  const scope = new ProjectScope(request.projectId);
  if (request.observations !== false) {
    const [rows, scores] = await Promise.all([
      readTraceRows(columnar, scope, request.traceId, request.io ?? false),
      request.scores ? scoresOfTraces(columnar, scope, [request.traceId]) : null,
    ]);
    if (rows?.length === 0) return null;
    if (rows) return foldTrace(scope, request, rows, scores?.get(request.traceId) ?? []);
  }
  return getLargeTrace(columnar, scope, request);
}

/** From rows that are all at hand. */
function foldTrace(
  scope: ProjectScope,
  request: GetTrace,
  rows: readonly TraceRow[],
  scores: StoredScore[],
): Trace<TraceNode> {
  const summary = toTraceSummary(scope.projectId, foldRows(rows), { io: true });
  const trace = { ...summary, scores };
  if (request.io) refuseLarge(trace, request.maxPayloadBytes ?? maxPayloadBytesOfTrace);
  const observed = rows.filter(({ isRecord }) => !isRecord);
  const observations = request.io
    ? observed
    : observed.map(({ input: _input, output: _output, metadata: _metadata, ...node }) => node);
  fillFromTrace(request.io ? payloadGroups : nodeGroups, observations, trace);
  return toTrace(trace, observations);
}

/** Its summary from the store, and payloads only after their size is known. */
async function getLargeTrace(
  columnar: Columnar,
  scope: ProjectScope,
  request: GetTrace,
): Promise<Trace<TraceNode> | null> {
  const range = await readTraceBounds(columnar, scope, request.traceId);
  if (!range) return null;
  const bounds = { ids: [request.traceId], ...range };
  const readSummary = async () => {
    const fields = { io: true, scores: request.scores ?? false };
    return (await summariseTraces(columnar, scope, bounds, fields)).get(request.traceId) ?? null;
  };
  const readNodes = async () => {
    if (request.observations === false) return [];
    const groups: readonly ObservationGroup[] = request.io ? payloadGroups : nodeGroups;
    const rows = await readRows<Record<string, unknown>>(
      columnar,
      'traces.observations',
      sql`
        SELECT ${selectFields(groups)}
        FROM ${rowsOfTraces(scope, bounds, [sql`kind = 'observation'`])}
        ORDER BY start_time, id
        LIMIT ${count(maxObservationsOfTrace + 1)}`,
    );
    return rows.map((row) => toObservationRow(groups, row) as TraceNode);
  };
  if (!request.io) {
    const [trace, nodes] = await Promise.all([readSummary(), readNodes()]);
    return trace && toTrace(trace, nodes);
  }
  const trace = await readSummary();
  if (!trace) return null;
  if (request.observations !== false) refuseLarge(trace, request.maxPayloadBytes ?? maxPayloadBytesOfTrace);
  const nodes = await readNodes();
  await fillFromTraces(columnar, scope, payloadGroups, nodes);
  return toTrace(trace, nodes);
}

const toTrace = (trace: TraceSummary, nodes: TraceNode[]): Trace<TraceNode> => ({
  trace,
  observations: nodes.slice(0, maxObservationsOfTrace),
  truncated: nodes.length > maxObservationsOfTrace,
});

function refuseLarge(trace: TraceSummary, maxBytes: number): void {
  if (trace.payloadBytes <= maxBytes) return;
  throw new ResultTooLarge(
    `The observations of trace ${trace.id} hold ${trace.payloadBytes} bytes of input and output, one answer holds at most ${maxBytes}. Ask for the trace without them, or read its observations page by page.`,
  );
}

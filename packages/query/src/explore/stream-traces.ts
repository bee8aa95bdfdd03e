import type { Columnar } from '@tracewell/engines/columnar/port';
import { ProjectScope } from '../sql/project-scope';
import { type ListTraces, listTraces } from '../traces/list-traces';
import { summariseTraces } from '../traces/summarise-traces';
import type { TraceCursor } from '../traces/trace-order';
import type { TraceSummary } from '../traces/trace-summary';

/** Traces whose summaries are looked up at once. */
const tracesPerPage = 200;
/** Payloads that are held at once; a single trace with more is read alone. */
const bytesPerPiece = 8 * 1024 * 1024;

/** All traces that are meant, whole, in pieces that fit in memory however many there are. Throws as `listTraces`. */
export async function* streamTraces(
  columnar: Columnar,
  request: Omit<ListTraces, 'limit' | 'offset' | 'cursor' | 'fields'>,
): AsyncGenerator<TraceSummary[]> {
  const scope = new ProjectScope(request.projectId);
  let cursor: TraceCursor | undefined;
  do {
    const page = await listTraces(columnar, { ...request, limit: tracesPerPage, cursor });
    for (const piece of splitByBytes(page.traces)) {
      const whole = await summariseTraces(columnar, scope, boundsOf(piece), { io: true, scores: true });
      // One that was deleted since is left out.
      yield piece.flatMap(({ id }) => whole.get(id) ?? []);
    }
    cursor = page.cursor ?? undefined;
  } while (cursor);
}

function* splitByBytes(traces: readonly TraceSummary[]): Generator<TraceSummary[]> {
  let piece: TraceSummary[] = [];
  let bytes = 0;
  for (const trace of traces) {
    if (piece.length > 0 && bytes + trace.payloadBytes > bytesPerPiece) {
      yield piece;
      piece = [];
      bytes = 0;
    }
    piece.push(trace);
    bytes += trace.payloadBytes;
  }
  if (piece.length > 0) yield piece;
}

/** A trace's record stands at its timestamp, its observations between their first and last start. */
const boundsOf = (traces: readonly TraceSummary[]) => ({
  ids: traces.map(({ id }) => id),
  firstStart: Math.min(...traces.map((trace) => Math.min(trace.timestamp, trace.firstStart ?? Infinity))),
  lastStart: Math.max(...traces.map((trace) => Math.max(trace.timestamp, trace.lastStart ?? -Infinity))),
});

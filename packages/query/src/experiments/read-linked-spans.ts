import type { Metadata, Microseconds, ObservationLevel } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { type ObservationGroup, selectFields, toObservationRow } from '../observations/observation-fields';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { sql, textList } from '../sql/sql';
import { readTraceAttributes } from '../traces/read-trace-attributes';
import { summariseTraces } from '../traces/summarise-traces';
import { rowsOfTraces } from '../traces/summary-sql';

/** Where a link leads: to an observation, or to a trace as a whole. */
export interface SpanLink {
  traceId: string;
  observationId: string | null;
}

/** What was recorded there. */
export interface LinkedSpan {
  /** Of the observation, or of the trace. */
  id: string;
  traceId: string;
  startTime: Microseconds;
  endTime: Microseconds | null;
  level: ObservationLevel;
  environment: string;
  /** Payloads only when asked for. */
  input?: string;
  output?: string;
  metadata?: Metadata;
}

/** One per link, in their order; null where nothing was recorded, or not yet. */
export async function readLinkedSpans(
  columnar: Columnar,
  request: { projectId: string; links: readonly SpanLink[]; payloads: boolean },
): Promise<(LinkedSpan | null)[]> {
  const { links, payloads } = request;
  const scope = new ProjectScope(request.projectId);
  const traces = await readTraceAttributes(columnar, scope, [
    ...new Set(links.map(({ traceId }) => traceId)),
  ]);
  if (traces.size === 0) return links.map(() => null);
  const boundsOf = (some: readonly SpanLink[]) => {
    const known = some.flatMap(({ traceId }) => traces.get(traceId) ?? []);
    return {
      ids: known.map(({ id }) => id),
      firstStart: Math.min(...known.map(({ firstStart }) => firstStart)),
      lastStart: Math.max(...known.map(({ lastStart }) => lastStart)),
    };
  };
  const toTraces = boundsOf(links.filter(({ observationId }) => observationId === null));
  const toObservations = links.filter(({ observationId }) => observationId !== null);
  const [summaries, observations] = await Promise.all([
    summariseTraces(columnar, scope, toTraces, { io: payloads }),
    readObservations(boundsOf(toObservations), toObservations),
  ]);
  return links.map(({ traceId, observationId }) => {
    if (observationId !== null) {
      return observations.find((span) => span.traceId === traceId && span.id === observationId) ?? null;
    }
    const summary = summaries.get(traceId);
    return summary
      ? {
          id: traceId,
          traceId,
          startTime: summary.timestamp,
          endTime: summary.lastEnd,
          level: summary.level,
          environment: summary.environment,
          ...summary.io,
        }
      : null;
  });

  async function readObservations(
    bounds: ReturnType<typeof boundsOf>,
    some: readonly SpanLink[],
  ): Promise<LinkedSpan[]> {
    if (bounds.ids.length === 0) return [];
    const groups: ObservationGroup[] = payloads ? ['core', 'basic', 'io', 'metadata'] : ['core', 'basic'];
    const ids = some.flatMap(({ observationId }) => observationId ?? []);
    const rows = await readRows<Record<string, unknown>>(
      columnar,
      'experiments.linked',
      sql`
        SELECT ${selectFields(groups)}
        FROM ${rowsOfTraces(scope, bounds, [sql`kind = 'observation'`, sql`id IN ${textList(ids)}`])}`,
    );
    return rows.map((row) => toObservationRow<'basic'>(groups as 'basic'[], row));
  }
}

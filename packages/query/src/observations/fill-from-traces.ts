import type { Columnar } from '@tracewell/engines/columnar/port';
import type { ProjectScope } from '../sql/project-scope';
import { type IndexedTrace, readTraceAttributes } from '../traces/read-trace-attributes';
import type { ObservationGroup, ObservationRow } from './observation-fields';

/**
 * Rows of the JSON batch API say nothing of their trace: what the trace says stands in, as if each carried it,
 * the way spans do. Changes the rows.
 */
export async function fillFromTraces(
  columnar: Columnar,
  scope: ProjectScope,
  groups: readonly ObservationGroup[],
  rows: readonly ObservationRow<never>[],
): Promise<void> {
  const mute = rows.filter(isMute);
  if (mute.length === 0 || !(groups.includes('basic') || groups.includes('traceContext'))) return;
  const traces = await readTraceAttributes(columnar, scope, [...new Set(mute.map(({ traceId }) => traceId))]);
  for (const row of mute) {
    const trace = traces.get(row.traceId);
    if (trace) fillFromTrace(groups, [row], trace);
  }
}

const isMute = ({ source }: ObservationRow<never>): boolean => source === 'ingestion-api';

/** The same, for rows of one trace that is known. */
export function fillFromTrace(
  groups: readonly ObservationGroup[],
  rows: readonly ObservationRow<never>[],
  trace: Pick<IndexedTrace, 'name' | 'userId' | 'sessionId' | 'release' | 'tags' | 'public'>,
): void {
  for (const row of rows.filter(isMute)) {
    if (groups.includes('basic')) {
      const said = row as ObservationRow<'basic'>;
      said.userId ||= trace.userId;
      said.sessionId ||= trace.sessionId;
      said.public ??= trace.public;
    }
    if (groups.includes('traceContext')) {
      const said = row as ObservationRow<'traceContext'>;
      said.traceName ||= trace.name;
      said.release ||= trace.release;
      if (said.tags.length === 0) said.tags = trace.tags;
    }
  }
}

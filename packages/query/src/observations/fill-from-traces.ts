import type { Columnar } from '@tracewell/engines/columnar/port';
import type { ProjectScope } from '../sql/project-scope';
import { readTraceAttributes } from '../traces/read-trace-attributes';
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
  const basic = groups.includes('basic');
  const context = groups.includes('traceContext');
  const mute = rows.filter(({ source }) => source === 'ingestion-api');
  if (mute.length === 0 || !(basic || context)) return;
  const traces = await readTraceAttributes(columnar, scope, [...new Set(mute.map(({ traceId }) => traceId))]);
  for (const row of mute) {
    const trace = traces.get(row.traceId);
    if (!trace) continue;
    if (basic) {
      const said = row as ObservationRow<'basic'>;
      said.userId ||= trace.userId;
      said.sessionId ||= trace.sessionId;
      said.public ??= trace.public;
    }
    if (context) {
      const said = row as ObservationRow<'traceContext'>;
      said.traceName ||= trace.name;
      said.release ||= trace.release;
      if (said.tags.length === 0) said.tags = trace.tags;
    }
  }
}

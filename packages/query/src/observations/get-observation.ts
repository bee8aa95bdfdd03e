import type { Columnar } from '@tracewell/engines/columnar/port';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { sql, text } from '../sql/sql';
import { readTraceBounds } from '../traces/read-trace-attributes';
import { minutesBetween } from '../traces/summary-sql';
import { fillFromTraces } from './fill-from-traces';
import {
  allObservationGroups,
  type ObservationGroup,
  type ObservationRow,
  selectFields,
  toObservationRow,
} from './observation-fields';

export type FullObservation = ObservationRow<ObservationGroup>;

/**
 * One observation with everything; null when the project has none of this id. Knowing its trace makes it
 * quicker: the trace's bounds narrow where it can lie.
 */
export async function getObservation(
  columnar: Columnar,
  request: { projectId: string; observationId: string; traceId?: string },
): Promise<FullObservation | null> {
  const scope = new ProjectScope(request.projectId);
  const key = [sql`id = ${text(request.observationId)}`];
  if (request.traceId !== undefined) {
    const bounds = await readTraceBounds(columnar, scope, request.traceId);
    if (!bounds) return null;
    key.push(sql`trace_id = ${text(request.traceId)}`, ...minutesBetween(bounds));
  }
  const [row] = await readRows<Record<string, unknown>>(
    columnar,
    'observations.get',
    sql`
      SELECT ${selectFields(allObservationGroups)}
      FROM ${scope.current('observations', { key, where: [sql`kind = 'observation'`] })}
      ORDER BY row_version DESC, start_time DESC
      LIMIT 1`,
  );
  if (!row) return null;
  const observation = toObservationRow<ObservationGroup>(allObservationGroups, row);
  await fillFromTraces(columnar, scope, allObservationGroups, [observation]);
  return observation;
}

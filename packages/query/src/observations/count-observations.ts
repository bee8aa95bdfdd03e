import type { Columnar } from '@tracewell/engines/columnar/port';
import { type Integer, toNumber } from '../sql/decode';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { sql } from '../sql/sql';
import { type ObservationSelection, observationConditions } from './observation-selection';

export interface CountObservations extends ObservationSelection {
  projectId: string;
}

export async function countObservations(columnar: Columnar, request: CountObservations): Promise<number> {
  const scope = new ProjectScope(request.projectId);
  const [row] = await readRows<{ total: Integer }>(
    columnar,
    'observations.count',
    sql`SELECT count() AS total FROM ${scope.current('observations', observationConditions(scope, request))}`,
  );
  return toNumber(row!.total);
}

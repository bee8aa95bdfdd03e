import type { Columnar } from '@tracewell/engines/columnar/port';
import { countRows } from '../sql/count-rows';
import { ProjectScope } from '../sql/project-scope';
import { allOf, sql } from '../sql/sql';
import { type TraceSelection, traceConditions } from './trace-filter';

export interface CountTraces extends TraceSelection {
  projectId: string;
}

/** How many traces are meant, from the index alone where it can tell. */
export async function countTraces(columnar: Columnar, request: CountTraces): Promise<number> {
  const scope = new ProjectScope(request.projectId);
  const { having, key } = traceConditions(scope, request);
  return countRows(
    columnar,
    'traces.count',
    sql`SELECT count() AS total FROM (
      SELECT trace_id FROM ${scope.versions('traces', { key })} GROUP BY trace_id HAVING ${allOf(having)})`,
  );
}

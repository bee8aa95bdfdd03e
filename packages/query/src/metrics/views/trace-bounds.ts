import type { ProjectScope } from '../../sql/project-scope';
import { type Sql, sql } from '../../sql/sql';

/** Between which starts all rows of these traces lie, by the index; in minutes, the unit of the sorting key. */
export function minutesBetweenTraces(scope: ProjectScope, isMeant: Sql): Sql[] {
  const rows = scope.versions('traces', { key: [isMeant] });
  return [
    sql`toStartOfMinute(start_time) >= (SELECT toStartOfMinute(min(first_start)) FROM ${rows})`,
    sql`toStartOfMinute(start_time) <= (SELECT toStartOfMinute(max(last_start)) FROM ${rows})`,
  ];
}

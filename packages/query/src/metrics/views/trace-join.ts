import type { Sql } from '../../sql/sql';
import { sql } from '../../sql/sql';
import * as index from '../../traces/index-columns';
import type { Join, ViewContext } from '../field';

/** What the index says of the trace of a row, under names no table of ours has. */
const columns = sql`
  trace_id AS of_trace_id,
  ${index.traceName} AS of_trace_name,
  ${index.traceUserId} AS of_trace_user_id,
  ${index.traceSessionId} AS of_trace_session_id,
  ${index.traceRelease} AS of_trace_release,
  ${index.traceVersion} AS of_trace_version,
  ${index.traceTags} AS of_trace_tags`;

export const traceJoin = (traceIds: (context: ViewContext) => Sql): Join => ({
  on: sql`trace_id = of_trace_id`,
  select: (context) =>
    sql`SELECT ${columns} FROM ${context.scope.versions('traces', { key: [sql`trace_id IN (${traceIds(context)})`] })} GROUP BY trace_id`,
});

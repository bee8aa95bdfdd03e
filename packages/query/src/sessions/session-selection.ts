import type { SearchExpression } from '@tracewell/domain/search/index';
import type { TimeRange } from '../filter/simple-parameters';
import type { ProjectScope } from '../sql/project-scope';
import { allOf, type Sql, sql, time } from '../sql/sql';
import { metricRows } from '../traces/trace-filter';
import { firstTraceAt, measuredTracesOfSessions, tracesOfSessions } from './session-columns';
import { asksMetrics, renderSessionSearch } from './session-search';

/** Which sessions are meant; the range is that of their first trace. */
export interface SearchedSessions extends TimeRange {
  /** Of the search language, with fields of `sessionFields`. */
  search?: SearchExpression | null | undefined;
}

/**
 * `columns` of every session that is meant, each an aggregate over its traces. Observations are read only when the
 * search asks what they alone know, and then none from before the range: a session that began in it has none there.
 */
export function meantSessions(
  scope: ProjectScope,
  selection: SearchedSessions,
  columns: Sql,
  more: readonly Sql[] = [],
): Sql {
  const { from, to, search } = selection;
  const having = [...more];
  if (from !== undefined) having.push(sql`${firstTraceAt} >= ${time(from)}`);
  if (to !== undefined) having.push(sql`${firstTraceAt} < ${time(to)}`);
  if (search) having.push(renderSessionSearch(search));
  const traces = tracesOfSessions(scope);
  const rows =
    search && asksMetrics(search)
      ? measuredTracesOfSessions(traces, metricRows(scope, { from }))
      : sql`(${traces})`;
  return sql`SELECT ${columns} FROM ${rows} GROUP BY sessionId HAVING ${allOf(having)}`;
}

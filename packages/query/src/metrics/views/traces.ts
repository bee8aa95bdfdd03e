import type { Condition, Filter } from '@tracewell/domain';
import { renderFilter } from '../../filter/render-condition';
import { allOf, joinSql, type Sql, sql } from '../../sql/sql';
import * as index from '../../traces/index-columns';
import * as metrics from '../../traces/metric-columns';
import { metricRows, traceColumns, traceConditions } from '../../traces/trace-filter';
import { type Dimension, type Measure, table, type View, type ViewContext } from '../field';
import { monthOf } from './months';

/**
 * The view of traces: a row of the index per trace, and beside it what its observations and scores add up to.
 * Its filter is that of the list of traces.
 */
const rowColumns = sql`
  trace_id,
  ${index.traceTimestamp} AS trace_time,
  ${index.traceName} AS name_of_trace,
  ${index.traceUserId} AS user_of_trace,
  ${index.traceSessionId} AS session_of_trace,
  ${index.traceRelease} AS release_of_trace,
  ${index.traceVersion} AS version_of_trace,
  ${index.traceEnvironment} AS environment_of_trace,
  ${index.traceTags} AS tags_of_trace`;

const text = (value: Sql): Dimension => ({ type: 'text', value });
const manyTexts = (value: Sql): Dimension => ({ type: 'text', value, manyValued: true });
const measured = (type: 'integer' | 'float', value: Sql): Measure => ({
  type,
  value,
  joins: ['observations'],
});

const timestampMonth = 'timestampMonth';

/** What the list of traces filters by, and the month. */
function conditionsOf({ scope, from, to }: ViewContext, filter: Filter): { key: Sql[]; having: Sql[] } {
  const ofMonth = (condition: Condition) => condition.column === timestampMonth;
  const { key, having } = traceConditions(scope, {
    from,
    to,
    filter: filter.filter((condition) => !ofMonth(condition)),
  });
  const month = renderFilter(
    scope,
    table({ [timestampMonth]: { type: 'text' as const, expression: monthOf(index.traceTimestamp) } }),
    filter.filter(ofMonth),
  );
  return { key, having: [...having, ...month] };
}

export const tracesView: View = {
  dimensions: table({
    id: manyTexts(sql`trace_id`),
    name: text(sql`name_of_trace`),
    tags: { type: 'textArray', value: sql`arraySort(tags_of_trace)` },
    userId: manyTexts(sql`user_of_trace`),
    sessionId: manyTexts(sql`session_of_trace`),
    release: text(sql`release_of_trace`),
    version: text(sql`version_of_trace`),
    environment: text(sql`environment_of_trace`),
    [timestampMonth]: text(monthOf(sql`trace_time`)),
  }),
  measures: table<Measure>({
    count: { type: 'integer', value: sql`toUInt64(1)` },
    observationsCount: measured('integer', sql`observation_count`),
    scoresCount: { type: 'integer', value: sql`score_count`, joins: ['scores'] },
    uniqueUserIds: { type: 'text', value: sql`nullIf(user_of_trace, '')` },
    uniqueSessionIds: { type: 'text', value: sql`nullIf(session_of_trace, '')` },
    latency: measured('integer', sql`latency_ms`),
    totalTokens: measured('integer', sql`tokens_of_trace`),
    totalCost: measured('float', sql`cost_of_trace`),
  }),
  columns: table({}),
  time: sql`trace_time`,
  ownColumns: new Set([...traceColumns.keys(), timestampMonth]),
  rows(context, { filter }) {
    const { key, having } = conditionsOf(context, filter);
    return sql`
      SELECT ${rowColumns}
      FROM ${context.scope.versions('traces', { key })}
      GROUP BY trace_id
      HAVING ${allOf(having)}`;
  },
  expansions: table({}),
  joins: table({
    observations: {
      on: sql`trace_id = measured_trace_id`,
      select: ({ scope, from, to }: ViewContext) => sql`
        SELECT
          ${joinSql(
            [
              sql`trace_id AS measured_trace_id`,
              sql`${metrics.observationCount} AS observation_count`,
              sql`intDiv(${metrics.latencyUs}, 1000) AS latency_ms`,
              sql`${metrics.totalTokens} AS tokens_of_trace`,
              sql`${metrics.totalCost} AS cost_of_trace`,
            ],
            ', ',
          )}
        FROM ${metricRows(scope, { from, to })}
        GROUP BY trace_id`,
    },
    scores: {
      on: sql`trace_id = scored_trace_id`,
      select: ({ scope }: ViewContext) => sql`
        SELECT trace_id AS scored_trace_id, count() AS score_count
        FROM ${scope.current('scores', { where: [sql`trace_id != ''`] })}
        GROUP BY trace_id`,
    },
  }),
};

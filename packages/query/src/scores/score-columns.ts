import type { Condition } from '@tracewell/domain';
import { type Column, columnTable, emptyEverywhere } from '../filter/column';
import { columnOf, renderCondition } from '../filter/render-condition';
import { allOf, type Sql, sql } from '../sql/sql';
import { indexColumns } from '../traces/index-columns';

const text = (expression: Sql): Column => ({ type: 'text', expression });

/** What the trace that is judged says, by the column of the traces list. */
const ofTrace = (column: string): Column => ({
  type: 'elsewhere',
  accepts: ['string', 'stringOptions', 'arrayOptions', 'null'],
  render: (scope, condition: Condition) => {
    const asked = { ...condition, column };
    const holds = renderCondition(scope, columnOf(indexColumns, asked), asked);
    return sql`trace_id IN (SELECT trace_id FROM ${scope.versions('traces')} GROUP BY trace_id HAVING ${allOf([holds])})`;
  },
});

/** Every column a filter on scores may name. */
export const scoreColumns = columnTable({
  id: text(sql`id`),
  evaluatorId: emptyEverywhere,
  name: text(sql`name`),
  source: text(sql`source`),
  dataType: text(sql`data_type`),
  environment: text(sql`environment`),
  traceId: text(sql`trace_id`),
  observationId: text(sql`observation_id`),
  sessionId: text(sql`session_id`),
  datasetRunId: text(sql`dataset_run_id`),
  configId: text(sql`config_id`),
  queueId: text(sql`queue_id`),
  authorUserId: text(sql`author_user_id`),
  executionTraceId: text(sql`execution_trace_id`),
  comment: text(sql`comment`),
  timestamp: { type: 'datetime', expression: sql`timestamp` },
  value: { type: 'number', expression: sql`value` },
  stringValue: text(sql`string_value`),
  booleanValue: text(sql`if(data_type = 'BOOLEAN', if(value = 1, 'True', 'False'), '')`),
  metadata: { type: 'textMap', value: (key) => sql`metadata[${key}]` },
  traceName: ofTrace('name'),
  userId: ofTrace('userId'),
  tags: ofTrace('tags'),
  traceTags: ofTrace('tags'),
  traceEnvironment: ofTrace('environment'),
});

/** The view of observations: one table of what they can be grouped, filtered and measured by. */

import type { TraceColumnsMean } from '../../observations/observation-columns';
import { observationConditions } from '../../observations/observation-selection';
import * as usage from '../../observations/usage-expressions';
import { joinSql, type Sql, sql, time } from '../../sql/sql';
import { type Dimension, type Measure, table, type View, type ViewContext } from '../field';
import { monthOf } from './months';
import { traceJoin } from './trace-join';

const rowColumns = sql`
  trace_id, id, source, parent_observation_id, is_app_root, type, name, level, environment, version, release,
  start_time, end_time, completion_start_time, model, prompt_name, prompt_version, usage, cost, total_cost,
  total_tokens, trace_name, user_id, session_id, tags, tool_names, tool_call_count, tool_call_names,
  experiment_id, experiment_name, experiment_dataset_id, metadata`;

/** Milliseconds; NULL when one of the two is not known. */
const millisecondsBetween = (start: Sql, end: Sql): Sql => sql`dateDiff('millisecond', ${start}, ${end})`;
const latency = millisecondsBetween(sql`start_time`, sql`end_time`);
const streamingLatency = millisecondsBetween(sql`completion_start_time`, sql`end_time`);
const perSecond = (tokens: Sql, milliseconds: Sql): Sql =>
  sql`if(${milliseconds} > 0, ${tokens} / (${milliseconds} / 1000), NULL)`;

const text = (value: Sql): Dimension => ({ type: 'text', value });
const manyTexts = (value: Sql): Dimension => ({ type: 'text', value, manyValued: true });

const ownDimensions: Record<string, Dimension> = {
  id: manyTexts(sql`id`),
  traceId: manyTexts(sql`trace_id`),
  environment: text(sql`environment`),
  parentObservationId: manyTexts(sql`parent_observation_id`),
  type: text(sql`type`),
  name: text(sql`name`),
  level: text(sql`toString(level)`),
  version: text(sql`version`),
  providedModelName: text(sql`model`),
  promptName: text(sql`prompt_name`),
  promptVersion: { type: 'number', value: sql`prompt_version` },
  startTimeMonth: text(monthOf(sql`start_time`)),
  isRootObservation: { type: 'boolean', value: sql`(parent_observation_id = '' OR is_app_root)` },
  experimentName: manyTexts(sql`experiment_name`),
  experimentDatasetId: manyTexts(sql`experiment_dataset_id`),
  experimentId: manyTexts(sql`experiment_id`),
  toolNames: {
    type: 'text',
    value: sql`tool_name`,
    expands: 'tool_name',
    column: { type: 'textArray', expression: sql`tool_names` },
  },
  calledToolNames: {
    type: 'text',
    value: sql`called_tool_name`,
    expands: 'called_tool_name',
    column: { type: 'textArray', expression: sql`tool_call_names` },
  },
  costType: { type: 'text', value: sql`cost_entry.1`, expands: 'cost_entry' },
  usageType: { type: 'text', value: sql`usage_entry.1`, expands: 'usage_entry' },
};

/** What a row says of its trace, and what the trace says of itself. */
const traceDimensions: Record<string, { own: Sql; trace: Sql; manyValued?: boolean; isArray?: boolean }> = {
  traceName: { own: sql`trace_name`, trace: sql`of_trace_name` },
  userId: { own: sql`user_id`, trace: sql`of_trace_user_id`, manyValued: true },
  sessionId: { own: sql`session_id`, trace: sql`of_trace_session_id`, manyValued: true },
  release: { own: sql`release`, trace: sql`of_trace_release` },
  traceRelease: { own: sql`release`, trace: sql`of_trace_release` },
  traceVersion: { own: sql`version`, trace: sql`of_trace_version` },
  tags: { own: sql`arraySort(tags)`, trace: sql`arraySort(of_trace_tags)`, isArray: true },
};

/** As in the lists: rows of the JSON batch API say nothing of their trace, it speaks for them. */
const spoken = (own: Sql, trace: Sql, mean: TraceColumnsMean): Sql =>
  mean === 'of-trace' ? trace : sql`if(source = 'ingestion-api' AND empty(${own}), ${trace}, ${own})`;

const joinedDimension = (name: string, mean: TraceColumnsMean): Dimension => {
  const { own, trace, manyValued = false, isArray } = traceDimensions[name]!;
  return {
    type: isArray ? 'textArray' : 'text',
    value: spoken(own, trace, mean),
    joins: ['trace'],
    manyValued,
  };
};

const integer = (value: Sql): Measure => ({ type: 'integer', value });
const float = (value: Sql): Measure => ({ type: 'float', value });

const measures = (mean: TraceColumnsMean): Record<string, Measure> => ({
  count: integer(sql`toUInt64(1)`),
  latency: integer(latency),
  streamingLatency: integer(streamingLatency),
  timeToFirstToken: integer(millisecondsBetween(sql`start_time`, sql`completion_start_time`)),
  inputTokens: integer(usage.inputTokens),
  outputTokens: integer(usage.outputTokens),
  totalTokens: integer(usage.totalTokens),
  outputTokensPerSecond: float(perSecond(usage.outputTokens, streamingLatency)),
  tokensPerSecond: float(perSecond(usage.totalTokens, latency)),
  inputCost: float(usage.inputCost),
  outputCost: float(usage.outputCost),
  totalCost: float(usage.totalCost),
  countScores: { ...integer(sql`score_count`), joins: ['scores'] },
  toolDefinitions: integer(sql`length(tool_names)`),
  toolCalls: integer(sql`tool_call_count`),
  traceId: { type: 'text', value: sql`nullIf(trace_id, '')` },
  uniqueUserIds: said(traceDimensions.userId!, mean),
  uniqueSessionIds: said(traceDimensions.sessionId!, mean),
  costByType: { ...float(sql`cost_entry.2`), expands: 'cost_entry', dimension: 'costType' },
  usageByType: { ...integer(sql`usage_entry.2`), expands: 'usage_entry', dimension: 'usageType' },
});

const said = ({ own, trace }: { own: Sql; trace: Sql }, mean: TraceColumnsMean): Measure => ({
  type: 'text',
  value: sql`nullIf(${spoken(own, trace, mean)}, '')`,
  joins: ['trace'],
});

/** Traces of which something starts in the range, by the index: what is written together has a row there. */
const tracesOfRange = ({ scope, from, to }: ViewContext): Sql =>
  sql`SELECT trace_id FROM ${scope.versions('traces', {
    where: [sql`first_start < ${time(to)}`, sql`last_start >= ${time(from)}`],
  })}`;

/** Of those, the ones that speak for their rows: only a trace with a record has rows that are mute. */
const speakingTraces = (context: ViewContext): Sql => {
  if (context.traceColumns === 'of-trace') return tracesOfRange(context);
  const withRecord = context.scope.versions('traces', { where: [sql`record.row_version > 0`] });
  return sql`SELECT trace_id FROM ${withRecord} AND trace_id IN (${tracesOfRange(context)})`;
};

const createView = (mean: TraceColumnsMean): View => ({
  dimensions: table({
    ...ownDimensions,
    ...Object.fromEntries(Object.keys(traceDimensions).map((name) => [name, joinedDimension(name, mean)])),
  }),
  measures: table(measures(mean)),
  columns: table({
    startTime: { type: 'datetime', expression: sql`start_time` },
    metadata: { type: 'textMap', value: (key) => sql`metadata[${key}]` },
  }),
  time: sql`start_time`,
  rows({ scope, from, to }, { where, expanded }) {
    const { key, where: within } = observationConditions(scope, { from, to });
    return sql`
      SELECT ${joinSql([rowColumns, ...expanded], ', ')}
      FROM ${scope.current('observations', { key, where: [...within, ...where] })}`;
  },
  expansions: table({
    tool_name: sql`tool_names`,
    called_tool_name: sql`tool_call_names`,
    cost_entry: sql`arrayZip(mapKeys(cost), mapValues(cost))`,
    usage_entry: sql`arrayZip(mapKeys(usage), mapValues(usage))`,
  }),
  joins: table({
    trace: traceJoin(speakingTraces),
    scores: {
      on: sql`trace_id = scored_trace_id AND id = scored_observation_id`,
      select: (context) => sql`
        SELECT trace_id AS scored_trace_id, observation_id AS scored_observation_id, count() AS score_count
        FROM ${context.scope.current('scores', {
          where: [sql`observation_id != ''`, sql`trace_id IN (${tracesOfRange(context)})`],
        })}
        GROUP BY trace_id, observation_id`,
    },
  }),
});

export const observationViews: Record<TraceColumnsMean, View> = {
  'of-trace': createView('of-trace'),
  'of-row': createView('of-row'),
};

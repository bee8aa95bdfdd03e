/** The views of scores: one table of what they can be grouped, filtered and measured by. */

import { joinSql, type Sql, sql, textList, time } from '../../sql/sql';
import { type Dimension, type Measure, table, type View, type ViewContext } from '../field';
import { dayOf, monthOf } from './months';
import { minutesBetweenTraces } from './trace-bounds';
import { traceJoin } from './trace-join';

const rowColumns = sql`
  id, timestamp, name, source, data_type, value, string_value, trace_id, observation_id, session_id,
  dataset_run_id, environment, metadata, config_id`;

const text = (value: Sql): Dimension => ({ type: 'text', value });
const manyTexts = (value: Sql): Dimension => ({ type: 'text', value, manyValued: true });
const ofTrace = (value: Sql, manyValued = false): Dimension => ({
  type: 'text',
  value,
  joins: ['trace'],
  manyValued,
});
const ofObservation = (value: Sql): Dimension => ({ type: 'text', value, joins: ['observation'] });

const dimensions: Record<string, Dimension> = {
  id: manyTexts(sql`id`),
  environment: text(sql`environment`),
  name: text(sql`name`),
  // No score says yet which evaluator gave it.
  evaluatorId: manyTexts(sql`''`),
  source: text(sql`source`),
  dataType: text(sql`data_type`),
  traceId: manyTexts(sql`trace_id`),
  configId: text(sql`config_id`),
  timestampMonth: text(monthOf(sql`timestamp`)),
  timestampDay: text(dayOf(sql`timestamp`)),
  observationId: manyTexts(sql`observation_id`),
  datasetRunId: manyTexts(sql`dataset_run_id`),
  traceName: ofTrace(sql`of_trace_name`),
  tags: { type: 'textArray', value: sql`arraySort(of_trace_tags)`, joins: ['trace'] },
  userId: ofTrace(sql`of_trace_user_id`, true),
  sessionId: ofTrace(sql`if(session_id != '', session_id, of_trace_session_id)`, true),
  traceRelease: ofTrace(sql`of_trace_release`),
  traceVersion: ofTrace(sql`of_trace_version`),
  observationName: ofObservation(sql`of_observation_name`),
  observationModelName: ofObservation(sql`of_observation_model`),
  observationPromptName: ofObservation(sql`of_observation_prompt_name`),
  observationPromptVersion: {
    type: 'number',
    value: sql`of_observation_prompt_version`,
    joins: ['observation'],
  },
  experimentId: {
    ...manyTexts(sql`if(dataset_run_id != '', dataset_run_id, of_trace_experiment_id)`),
    joins: ['experimentOfTrace'],
  },
  experimentName: {
    ...manyTexts(sql`if(dataset_run_id != '', named_experiment_name, of_trace_experiment_name)`),
    joins: ['experimentOfTrace', 'experiment'],
  },
};

const count: Measure = { type: 'integer', value: sql`toUInt64(1)` };
const value: Measure = { type: 'float', value: sql`value` };

/** In days, the unit of the sorting key: what is true of one version of a score is true of all. */
const daysOfRange = ({ from, to }: ViewContext): Sql[] => [
  sql`toStartOfDay(timestamp) >= toStartOfDay(${time(from)})`,
  sql`toStartOfDay(timestamp) <= toStartOfDay(${time(to)})`,
];

/** Traces, or observations, that some score of the range judges. */
const judged = (context: ViewContext, column: Sql): Sql =>
  sql`SELECT ${column} FROM ${context.scope.versions('scores', {
    key: daysOfRange(context),
    where: [sql`trace_id != ''`],
  })}`;

/** Of the experiment a trace belongs to; without FINAL, as no version of a row takes it back. */
const experimentRows = ({ scope }: ViewContext, where: Sql): Sql =>
  scope.versions('observations', { where: [sql`experiment_id != ''`, sql`is_deleted = 0`, where] });

const joins: View['joins'] = table({
  trace: traceJoin((context) => judged(context, sql`trace_id`)),
  observation: {
    on: sql`trace_id = of_observation_trace_id AND observation_id = of_observation_id`,
    select: (context) => {
      const ids = sql`trace_id IN (${judged(context, sql`trace_id`)})`;
      return sql`
        SELECT
          trace_id AS of_observation_trace_id,
          id AS of_observation_id,
          name AS of_observation_name,
          model AS of_observation_model,
          prompt_name AS of_observation_prompt_name,
          prompt_version AS of_observation_prompt_version
        FROM ${context.scope.current('observations', {
          key: [...minutesBetweenTraces(context.scope, ids), ids],
          where: [sql`kind = 'observation'`, sql`id IN (${judged(context, sql`observation_id`)})`],
        })}`;
    },
  },
  experimentOfTrace: {
    on: sql`trace_id = of_experiment_trace_id`,
    select: (context) => sql`
      SELECT
        trace_id AS of_experiment_trace_id,
        max(experiment_id) AS of_trace_experiment_id,
        argMax(experiment_name, experiment_id) AS of_trace_experiment_name
      FROM ${experimentRows(context, sql`trace_id IN (${judged(context, sql`trace_id`)})`)}
      GROUP BY trace_id`,
  },
  experiment: {
    on: sql`dataset_run_id = named_experiment_id`,
    select: (context) => sql`
      SELECT experiment_id AS named_experiment_id, max(experiment_name) AS named_experiment_name
      FROM ${experimentRows(
        context,
        sql`experiment_id IN (SELECT dataset_run_id FROM ${context.scope.versions('scores', {
          key: daysOfRange(context),
          where: [sql`dataset_run_id != ''`],
        })})`,
      )}
      GROUP BY experiment_id`,
  },
});

const createView = (
  dataTypes: readonly string[],
  more: Record<string, Dimension>,
  measures: Record<string, Measure>,
): View => ({
  dimensions: table({ ...dimensions, ...more }),
  measures: table(measures),
  columns: table({
    timestamp: { type: 'datetime', expression: sql`timestamp` },
    metadata: { type: 'textMap', value: (key) => sql`metadata[${key}]` },
  }),
  time: sql`timestamp`,
  rows(context, { where, expanded }) {
    const within = [
      sql`timestamp >= ${time(context.from)}`,
      sql`timestamp < ${time(context.to)}`,
      sql`data_type IN ${textList(dataTypes)}`,
    ];
    return sql`
      SELECT ${joinSql([rowColumns, ...expanded], ', ')}
      FROM ${context.scope.current('scores', { key: daysOfRange(context), where: [...within, ...where] })}`;
  },
  expansions: table({}),
  joins,
});

export const numericScores = createView(
  ['NUMERIC', 'BOOLEAN'],
  { value: { type: 'number', value: sql`value` } },
  { count, value },
);
export const booleanScores = createView(
  ['BOOLEAN'],
  { booleanValue: { type: 'boolean', value: sql`(value = 1)` } },
  { count, value },
);
export const categoricalScores = createView(
  ['CATEGORICAL'],
  { stringValue: text(sql`string_value`) },
  { count },
);

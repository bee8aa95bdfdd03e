import { type Column, columnTable } from '../filter/column';
import { averageScore, scoreBoolean, scoreCategory, traceOfTrace } from '../filter/score-conditions';
import * as usage from '../observations/usage-expressions';
import { type Sql, sql } from '../sql/sql';

/**
 * What only the observations of a trace can say, as aggregates over their current rows (`GROUP BY trace_id`).
 * The rows of a group include the trace's record, so a trace without observations has a group and zeros.
 */
const over = (level: Sql): Sql => sql`countIf(level = ${level} AND ${usage.isObservation})`;

export const observationCount = sql`countIf(${usage.isObservation})`;
export const errorCount = over(sql`'ERROR'`);
export const warningCount = over(sql`'WARNING'`);
export const defaultCount = over(sql`'DEFAULT'`);
export const debugCount = over(sql`'DEBUG'`);
/** The most severe; DEFAULT for a trace without observations. */
export const worstLevel = sql`if(${observationCount} = 0, 'DEFAULT', toString(maxIf(level, ${usage.isObservation})))`;
/** Microseconds from the first start to the last end, or start. */
export const latencyUs = sql`if(${observationCount} = 0, 0, toUnixTimestamp64Micro(maxIf(greatest(start_time, ifNull(end_time, start_time)), ${usage.isObservation})) - toUnixTimestamp64Micro(minIf(start_time, ${usage.isObservation})))`;
export const latencySeconds = sql`${latencyUs} / 1e6`;
/** Rounded far below a cent: the order of a floating sum is not the same twice, a cursor's value must be. */
export const totalCost = sql`round(sum(${usage.totalCost}), 9)`;
export const totalTokens = sql`sum(${usage.totalTokens})`;
export const inputTokens = sql`sum(${usage.inputTokens})`;
export const outputTokens = sql`sum(${usage.outputTokens})`;
export const models = sql`arraySort(groupUniqArrayIf(100)(toString(model), model != ''))`;

/** Prompts that were used: each by its name, and by `name v2`. */
export const promptNames = sql`groupUniqArrayArray(100)(if(prompt_name = '', [], [prompt_name, concat(prompt_name, ' v', ifNull(toString(prompt_version), ''))]))`;
export const toolNames = sql`groupUniqArrayArray(200)(tool_call_names)`;
export const observationNames = sql`groupUniqArrayIf(1000)(name, ${usage.isObservation})`;

/** The entry of a trace's metadata, whoever says it last. */
export const metadataValue = (key: Sql): Sql =>
  sql`argMax(${usage.traceMetadataValue(key)}, (${usage.traceMetadataValue(key)} != '', ${usage.traceMetadataRank(key)}))`;

const number = (expression: Sql): Column => ({ type: 'number', expression });

/** Columns of the traces list that need its observations, in the HAVING over them. */
export const metricColumns = columnTable({
  level: { type: 'text', expression: worstLevel },
  latency: number(latencySeconds),
  inputTokens: number(inputTokens),
  outputTokens: number(outputTokens),
  totalTokens: number(totalTokens),
  tokens: number(totalTokens),
  inputCost: number(sql`sum(${usage.inputCost})`),
  outputCost: number(sql`sum(${usage.outputCost})`),
  totalCost: number(totalCost),
  errorCount: number(errorCount),
  warningCount: number(warningCount),
  defaultCount: number(defaultCount),
  debugCount: number(debugCount),
  observationCount: number(observationCount),
  model: { type: 'textArray', expression: models },
  datasetId: {
    type: 'textArray',
    expression: sql`groupUniqArrayIf(100)(experiment_dataset_id, experiment_dataset_id != '')`,
  },
  metadata: {
    type: 'textMap',
    value: (key) => metadataValue(sql`${key}`),
  },
});

/** Columns of the traces list that scores answer. */
export const scoreColumns = columnTable({
  scores_avg: averageScore(traceOfTrace),
  score_categories: scoreCategory(traceOfTrace),
  score_booleans: scoreBoolean(traceOfTrace),
});

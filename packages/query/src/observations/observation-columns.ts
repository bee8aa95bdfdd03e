import { type Column, type ColumnTable, columnTable, emptyEverywhere } from '../filter/column';
import { columnOf, renderCondition } from '../filter/render-condition';
import {
  averageScore,
  observationItself,
  scoreBoolean,
  scoreCategory,
  traceOfObservation,
} from '../filter/score-conditions';
import type { ProjectScope } from '../sql/project-scope';
import { type Sql, sql } from '../sql/sql';
import { indexColumns } from '../traces/index-columns';
import * as usage from './usage-expressions';

/** Columns of the observations lists, of all generations of the wire. */

const text = (expression: Sql): Column => ({ type: 'text', expression });
const payload = (expression: Sql): Column => ({ type: 'text', expression, matches: 'folded' });
const number = (expression: Sql): Column => ({ type: 'number', expression });
const boolean = (expression: Sql): Column => ({ type: 'boolean', expression });
const textArray = (expression: Sql): Column => ({ type: 'textArray', expression });

const columns: Record<string, Column> = {
  id: text(sql`id`),
  evaluatorId: emptyEverywhere,
  ruleId: emptyEverywhere,
  traceId: text(sql`trace_id`),
  parentObservationId: text(sql`parent_observation_id`),
  name: text(sql`name`),
  type: text(sql`type`),
  environment: text(sql`environment`),
  level: text(sql`toString(level)`),
  statusMessage: text(sql`status_message`),
  version: text(sql`version`),
  model: text(sql`model`),
  providedModelName: text(sql`model`),
  modelId: text(sql`model_id`),
  promptName: text(sql`prompt_name`),
  promptVersion: number(sql`prompt_version`),
  input: payload(sql`input`),
  output: payload(sql`output`),
  startTime: { type: 'datetime', expression: sql`start_time` },
  endTime: { type: 'datetime', expression: sql`end_time` },
  latency: number(usage.latencySeconds),
  timeToFirstToken: number(usage.timeToFirstTokenSeconds),
  tokensPerSecond: number(usage.tokensPerSecond),
  inputTokens: number(usage.inputTokens),
  outputTokens: number(usage.outputTokens),
  totalTokens: number(usage.totalTokens),
  tokens: number(usage.totalTokens),
  inputCost: number(usage.inputCost),
  outputCost: number(usage.outputCost),
  totalCost: number(usage.totalCost),
  toolDefinitions: number(sql`length(tool_names)`),
  toolCalls: number(sql`tool_call_count`),
  toolNames: textArray(sql`tool_names`),
  calledToolNames: textArray(sql`tool_call_names`),
  metadata: { type: 'textMap', value: (key) => sql`metadata[${key}]` },
  ingestionApiKey: text(sql`ingestion_api_key`),
  ingestionSdkName: text(sql`ingestion_sdk_name`),
  ingestionSdkVersion: text(sql`ingestion_sdk_version`),
  ingestionSource: text(sql`source`),
  experimentDatasetId: text(sql`experiment_dataset_id`),
  experimentId: text(sql`experiment_id`),
  experimentName: text(sql`experiment_name`),
  hasParentObservation: boolean(sql`parent_observation_id != ''`),
  isRootObservation: boolean(sql`parent_observation_id = '' OR is_app_root`),
  hasInput: boolean(sql`input_length > 0`),
  hasOutput: boolean(sql`output_length > 0`),
  isExperimentItemRootSpan: boolean(
    sql`experiment_item_root_observation_id != '' AND experiment_item_root_observation_id = id`,
  ),
  scores_avg: averageScore(observationItself),
  score_categories: scoreCategory(observationItself),
  score_booleans: scoreBoolean(observationItself),
  trace_scores_avg: averageScore(traceOfObservation),
  trace_score_categories: scoreCategory(traceOfObservation),
  trace_score_booleans: scoreBoolean(traceOfObservation),
};

/** What a row says of its trace itself, by the same column of the traces list. */
const ofTrace: Record<string, { own: Column; trace: string }> = {
  traceName: { own: text(sql`trace_name`), trace: 'name' },
  userId: { own: text(sql`user_id`), trace: 'userId' },
  sessionId: { own: text(sql`session_id`), trace: 'sessionId' },
  release: { own: text(sql`release`), trace: 'release' },
  tags: { own: textArray(sql`tags`), trace: 'tags' },
  traceTags: { own: textArray(sql`tags`), trace: 'tags' },
};

/**
 * `of-trace`: the columns of the trace mean the trace, whichever of its observations says it (the first
 * generation). `of-row`: they mean what the row itself carries; rows of the JSON batch API never carry any, and
 * their trace speaks for them (the second).
 */
export type TraceColumnsMean = 'of-trace' | 'of-row';

export const observationColumns: Record<TraceColumnsMean, ColumnTable> = {
  'of-trace': withTraceColumns((_own, holds, scope) => amongTraces(scope, holds)),
  // Only traces with a record need to be asked: the others were told of by spans, which carry it themselves.
  'of-row': withTraceColumns(
    (own, holds, scope) =>
      sql`if(source = 'ingestion-api', ${amongTraces(scope, holds, [sql`record.row_version > 0`])}, ${own})`,
  ),
};

function withTraceColumns(combine: (own: Sql, holds: Sql, scope: ProjectScope) => Sql): ColumnTable {
  const joined = Object.entries(ofTrace).map(([name, { own, trace }]): [string, Column] => [
    name,
    {
      type: 'elsewhere',
      accepts:
        own.type === 'textArray'
          ? ['arrayOptions', 'stringOptions', 'null']
          : ['string', 'stringOptions', 'null'],
      render: (scope, condition) => {
        const asked = { ...condition, column: trace };
        const holds = renderCondition(scope, columnOf(indexColumns, asked), asked);
        return combine(renderCondition(scope, own, condition), holds, scope);
      },
    },
  ]);
  return new Map([...columnTable(columns), ...joined]);
}

const amongTraces = (scope: ProjectScope, having: Sql, where: readonly Sql[] = []): Sql =>
  sql`trace_id IN (SELECT trace_id FROM ${scope.versions('traces', { where })} GROUP BY trace_id HAVING ${having})`;

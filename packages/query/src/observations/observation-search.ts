import type { SearchExpression, SearchTest } from '@tracewell/domain/search/index';
import { combineSearch } from '../filter/combine-search';
import { observationItself } from '../filter/score-conditions';
import { testScore } from '../filter/score-search';
import {
  anyOf,
  containsText,
  inCapitals,
  testFlag,
  testList,
  testNumber,
  testPayload,
  testText,
  testTime,
} from '../filter/search-test';
import type { ProjectScope } from '../sql/project-scope';
import { type Sql, sql, text } from '../sql/sql';
import * as index from '../traces/index-columns';
import * as usage from './usage-expressions';

/** A search of observations as conditions of a row; all of them must hold. */
export function renderObservationSearch(
  scope: ProjectScope,
  search: SearchExpression | null | undefined,
): Sql[] {
  if (!search) return [];
  return (search.kind === 'and' ? search.parts : [search]).map((part) =>
    combineSearch(part, (term) =>
      term.kind === 'text'
        ? anyOf(searchedTexts.map((column) => containsText(column, term.text)))
        : fieldOf(term.field)(term.test, scope, term.key ?? ''),
    ),
  );
}

/** Short columns first: a payload is not looked at when they tell already. */
const searchedTexts = [
  sql`id`,
  sql`trace_id`,
  sql`name`,
  sql`trace_name`,
  sql`user_id`,
  sql`session_id`,
  sql`input`,
  sql`output`,
];

type RenderField = (test: SearchTest, scope: ProjectScope, key: string) => Sql;
type Test = (expression: Sql, test: SearchTest) => Sql;

const own =
  (expression: Sql, render: Test = testText): RenderField =>
  (test) =>
    render(expression, test);
/** Rows of the JSON batch API carry nothing of their trace: it is asked itself. */
const ofTrace =
  (carried: Sql, ofIndex: Sql, render: Test = testText): RenderField =>
  (test, scope) =>
    sql`if(source = 'ingestion-api', trace_id IN (SELECT trace_id FROM ${scope.versions('traces', { where: [sql`record.row_version > 0`] })} GROUP BY trace_id HAVING ${render(ofIndex, test)}), ${render(carried, test)})`;

export const promptOfRow = sql`if(prompt_name = '', [], [prompt_name, concat(prompt_name, ' v', ifNull(toString(prompt_version), ''))])`;

/** An end or a first token may be missing: then no size holds. */
const measured = (expression: Sql): RenderField => own(sql`ifNull(${expression}, nan)`, testMeasured);
const testMeasured: Test = (expression, test) =>
  test.kind === 'present' ? sql`NOT isNaN(${expression})` : testNumber(expression, test);

/** Every field of `observationFields`. */
const fields: Record<string, RenderField> = {
  name: own(sql`name`),
  id: own(sql`id`),
  traceId: own(sql`trace_id`),
  traceName: ofTrace(sql`trace_name`, index.traceName),
  type: own(sql`toString(type)`, (expression, test) => testText(expression, inCapitals(test))),
  level: own(sql`toString(level)`, (expression, test) => testText(expression, inCapitals(test))),
  statusMessage: own(sql`status_message`),
  model: own(sql`toString(model)`),
  prompt: own(promptOfRow, testList),
  tool: own(sql`tool_call_names`, testList),
  environment: own(sql`toString(environment)`),
  userId: ofTrace(sql`user_id`, index.traceUserId),
  sessionId: ofTrace(sql`session_id`, index.traceSessionId),
  tags: ofTrace(sql`tags`, index.traceTags, testList),
  version: own(sql`version`),
  release: ofTrace(sql`release`, index.traceRelease),
  startTime: own(sql`start_time`, testTime),
  latency: measured(usage.latencySeconds),
  timeToFirstToken: measured(usage.timeToFirstTokenSeconds),
  totalCost: own(usage.totalCost, testNumber),
  totalTokens: own(usage.totalTokens, testNumber),
  inputTokens: own(usage.inputTokens, testNumber),
  outputTokens: own(usage.outputTokens, testNumber),
  isRoot: own(usage.isRoot, testFlag),
  input: (test) => testPayload(sql`input`, sql`input_length`, test),
  output: (test) => testPayload(sql`output`, sql`output_length`, test),
  metadata: (test, _, key) => testText(sql`metadata[${text(key)}]`, test),
  score: (test, scope, name) => testScore(scope, observationItself, name, test),
};

function fieldOf(name: string): RenderField {
  const found = fields[name];
  if (!found) throw new TypeError(`No SQL for the field ${name}.`);
  return found;
}

/** What the SQL knows, for a test that it is what the language has. */
export const searchedObservationFields = Object.keys(fields);

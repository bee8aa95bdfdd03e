import type { SearchExpression, SearchTest } from '@tracewell/domain/search/index';
import { combineSearch } from '../filter/combine-search';
import {
  anyOf,
  containsText,
  inCapitals,
  testNumber,
  testPayload,
  testText,
  testTime,
} from '../filter/search-test';
import type { ProjectScope } from '../sql/project-scope';
import { type Sql, sql, text } from '../sql/sql';
import * as index from '../traces/index-columns';

/** A search of scores as conditions of a row; all of them must hold. */
export function renderScoreSearch(scope: ProjectScope, search: SearchExpression | null | undefined): Sql[] {
  if (!search) return [];
  return [
    combineSearch(search, (term) =>
      term.kind === 'text'
        ? anyOf(searchedTexts.map((column) => containsText(column, term.text)))
        : fieldOf(term.field)(term.test, scope, term.key ?? ''),
    ),
  ];
}

const searchedTexts = [
  sql`id`,
  sql`name`,
  sql`trace_id`,
  sql`observation_id`,
  sql`session_id`,
  sql`string_value`,
  sql`comment`,
];

type RenderField = (test: SearchTest, scope: ProjectScope, key: string) => Sql;

const own =
  (expression: Sql, render: (expression: Sql, test: SearchTest) => Sql = testText): RenderField =>
  (test) =>
    render(expression, test);
const inLarge =
  (expression: Sql): RenderField =>
  (test) =>
    testText(expression, inCapitals(test));

/** A truth is a word too, so that it can be asked for and counted like a category. */
export const categoryOfScore = sql`if(data_type = 'BOOLEAN', if(value = 1, 'true', 'false'), string_value)`;

/** A category and a text have no number: then no size holds. */
const measure = sql`if(data_type IN ('NUMERIC', 'BOOLEAN'), value, nan)`;

/** Every field of `scoreFields`. */
const fields: Record<string, RenderField> = {
  name: own(sql`toString(name)`),
  id: own(sql`id`),
  source: inLarge(sql`toString(source)`),
  dataType: inLarge(sql`toString(data_type)`),
  value: (test) => (test.kind === 'present' ? sql`NOT isNaN(${measure})` : testNumber(measure, test)),
  category: own(categoryOfScore),
  comment: (test) => testPayload(sql`comment`, sql`length(comment)`, test),
  environment: own(sql`toString(environment)`),
  traceId: own(sql`trace_id`),
  observationId: own(sql`observation_id`),
  sessionId: own(sql`session_id`),
  userId: (test, scope) =>
    sql`trace_id IN (SELECT trace_id FROM ${scope.versions('traces')} GROUP BY trace_id HAVING ${testText(index.traceUserId, test)})`,
  author: own(sql`author_user_id`),
  configId: own(sql`config_id`),
  queueId: own(sql`queue_id`),
  timestamp: own(sql`timestamp`, testTime),
  metadata: (test, _, key) => testText(sql`metadata[${text(key)}]`, test),
};

function fieldOf(name: string): RenderField {
  const found = fields[name];
  if (!found) throw new TypeError(`No SQL for the field ${name}.`);
  return found;
}

/** What the SQL knows, for a test that it is what the language has. */
export const searchedScoreFields = Object.keys(fields);

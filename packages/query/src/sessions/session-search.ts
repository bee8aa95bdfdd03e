import type { SearchExpression, SearchTerm, SearchTest } from '@tracewell/domain/search/index';
import { combineSearch } from '../filter/combine-search';
import { anyOf, containsText, testList, testNumber, testText, testTime } from '../filter/search-test';
import { type Sql, sql } from '../sql/sql';
import * as session from './session-columns';

/** A search of sessions as one condition for the HAVING over their traces. */
export const renderSessionSearch = (search: SearchExpression): Sql =>
  combineSearch(search, (term) =>
    term.kind === 'text'
      ? anyOf(searchedTexts.map((text) => containsText(text, term.text)))
      : fieldOf(term.field).render(term.test),
  );

/** Whether only the observations of its traces can answer. */
export const asksMetrics = (search: SearchExpression): boolean =>
  listTerms(search).some((term) => term.kind === 'field' && fieldOf(term.field).isMeasured);

function listTerms(search: SearchExpression): SearchTerm[] {
  switch (search.kind) {
    case 'and':
    case 'or':
      return search.parts.flatMap(listTerms);
    case 'not':
      return listTerms(search.part);
    default:
      return [search];
  }
}

/** Lists as lines: a word does not reach from one value into the next. */
const searchedTexts = [
  sql`sessionId`,
  sql`arrayStringConcat(${session.userIds}, '\\n')`,
  sql`arrayStringConcat(${session.tags}, '\\n')`,
];

interface Field {
  isMeasured: boolean;
  render: (test: SearchTest) => Sql;
}
type Render = (expression: Sql, test: SearchTest) => Sql;
const indexed = (expression: Sql, render: Render): Field => ({
  isMeasured: false,
  render: (test) => render(expression, test),
});
const measured = (expression: Sql): Field => ({
  isMeasured: true,
  render: (test) => testNumber(expression, test),
});

/** Every field of `sessionFields`. */
const fields: Record<string, Field> = {
  id: indexed(sql`sessionId`, testText),
  userId: indexed(session.userIds, testList),
  environment: indexed(session.environments, testList),
  tags: indexed(session.tags, testList),
  timestamp: indexed(session.firstTraceAt, testTime),
  traceCount: indexed(session.traceCount, testNumber),
  duration: measured(sql`${session.durationUs} / 1e6`),
  errorCount: measured(session.errorCount),
  totalCost: measured(session.totalCost),
  totalTokens: measured(session.totalTokens),
};

function fieldOf(name: string): Field {
  const found = fields[name];
  if (!found) throw new TypeError(`No SQL for the field ${name}.`);
  return found;
}

/** What the SQL knows, for a test that it is what the language has. */
export const searchedSessionFields = Object.keys(fields);

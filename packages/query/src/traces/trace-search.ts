import type { SearchExpression, SearchTerm, SearchTest } from '@tracewell/domain/search/index';
import { combineSearch } from '../filter/combine-search';
import { traceOfTrace } from '../filter/score-conditions';
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
import * as index from './index-columns';
import * as metrics from './metric-columns';

/** Who answers a term: rows of the index, the observations, their texts as they came, or the scores. */
type Source = 'index' | 'metrics' | 'texts' | 'scores';

/** A search taken apart by who can answer it; all parts must hold. */
export interface TraceSearch {
  /** For the HAVING of the index. */
  index: Sql[];
  /** For a HAVING over the observations of a trace. */
  metrics: Sql[];
  /** For a HAVING over the texts of its rows. */
  texts: Sql[];
  /** Of the id of a trace alone. */
  key: Sql[];
}

/** Rows that a HAVING over a trace's observations, or over its texts, is asked of. */
export interface TraceRowSources {
  metrics: Sql;
  texts: Sql;
}

/**
 * What one source can answer alone goes to it whole, with all its NOT and OR: one read for all such parts. What mixes
 * sources is put together over ids.
 */
export function renderTraceSearch(
  scope: ProjectScope,
  search: SearchExpression | null | undefined,
  sources: TraceRowSources,
): TraceSearch {
  const found: TraceSearch = { index: [], metrics: [], texts: [], key: [] };
  if (!search) return found;
  for (const part of search.kind === 'and' ? search.parts : [search]) {
    const [source, ...others] = sourcesOf(part);
    if (others.length > 0) found.index.push(renderMixed(scope, part, sources));
    else if (source === 'scores') found.key.push(combineSearch(part, (term) => renderTerm(scope, term)));
    else found[source!].push(combineSearch(part, (term) => renderTerm(scope, term)));
  }
  return found;
}

function renderMixed(scope: ProjectScope, part: SearchExpression, sources: TraceRowSources): Sql {
  return combineSearch(part, (term) => {
    const [source] = sourcesOf(term);
    const condition = renderTerm(scope, term);
    return source === 'metrics' || source === 'texts'
      ? sql`trace_id IN (SELECT trace_id FROM ${sources[source]} GROUP BY trace_id HAVING ${condition})`
      : condition;
  });
}

function sourcesOf(expression: SearchExpression): Source[] {
  switch (expression.kind) {
    case 'and':
    case 'or':
      return [...new Set(expression.parts.flatMap(sourcesOf))];
    case 'not':
      return sourcesOf(expression.part);
    case 'text':
      return ['texts'];
    case 'field':
      return [fieldOf(expression.field).source];
  }
}

function renderTerm(scope: ProjectScope, term: SearchTerm): Sql {
  if (term.kind === 'text') {
    return sql`max(${anyOf(searchedTexts.map((column) => containsText(column, term.text)))}) = 1`;
  }
  return fieldOf(term.field).render(term.test, term.key ?? '', scope);
}

/** Short columns first: a payload is not looked at when they tell already. */
const searchedTexts = [
  sql`trace_id`,
  sql`name`,
  sql`trace_name`,
  sql`user_id`,
  sql`session_id`,
  sql`input`,
  sql`output`,
  sql`trace_input`,
  sql`trace_output`,
];

interface Field {
  source: Source;
  render(test: SearchTest, key: string, scope: ProjectScope): Sql;
}
type Render = (expression: Sql, test: SearchTest) => Sql;
const field = (source: Source, expression: Sql, render: Render): Field => ({
  source,
  render: (test) => render(expression, test),
});
const ofIndex = (expression: Sql, render: Render = testText): Field => field('index', expression, render);
const ofMetrics = (expression: Sql, render: Render = testNumber): Field =>
  field('metrics', expression, render);

const payload = (own: Sql, ofTrace: Sql, length: Sql): Field => ({
  source: 'texts',
  render: (test) =>
    sql`max(${anyOf([testPayload(own, length, test), testPayload(ofTrace, sql`length(${ofTrace})`, test)])}) = 1`,
});

/** Every field of `traceFields`. */
const fields: Record<string, Field> = {
  id: ofIndex(sql`trace_id`),
  name: ofIndex(index.traceName),
  userId: ofIndex(index.traceUserId),
  sessionId: ofIndex(index.traceSessionId),
  tags: ofIndex(index.traceTags, testList),
  environment: ofIndex(index.traceEnvironment),
  version: ofIndex(index.traceVersion),
  release: ofIndex(index.traceRelease),
  timestamp: ofIndex(index.traceTimestamp, testTime),
  public: ofIndex(index.tracePublic, testFlag),
  level: ofMetrics(metrics.worstLevel, (expression, test) => testText(expression, inCapitals(test))),
  model: ofMetrics(metrics.models, testList),
  prompt: ofMetrics(metrics.promptNames, testList),
  tool: ofMetrics(metrics.toolNames, testList),
  observation: ofMetrics(metrics.observationNames, testList),
  statusMessage: ofMetrics(sql`groupUniqArrayIf(1000)(status_message, status_message != '')`, testList),
  latency: ofMetrics(metrics.latencySeconds),
  totalCost: ofMetrics(metrics.totalCost),
  totalTokens: ofMetrics(metrics.totalTokens),
  inputTokens: ofMetrics(metrics.inputTokens),
  outputTokens: ofMetrics(metrics.outputTokens),
  errorCount: ofMetrics(metrics.errorCount),
  warningCount: ofMetrics(metrics.warningCount),
  observationCount: ofMetrics(metrics.observationCount),
  metadata: {
    source: 'metrics',
    render: (test, key) => testText(metrics.metadataValue(sql`${text(key)}`), test),
  },
  input: payload(sql`input`, sql`trace_input`, sql`input_length`),
  output: payload(sql`output`, sql`trace_output`, sql`output_length`),
  score: { source: 'scores', render: (test, name, scope) => testScore(scope, traceOfTrace, name, test) },
};

function fieldOf(name: string): Field {
  const found = fields[name];
  if (!found) throw new TypeError(`No SQL for the field ${name}.`);
  return found;
}

/** What the SQL knows, for a test that it is what the language has. */
export const searchedTraceFields = Object.keys(fields);

import type { Filter, NumberOperator, ScoreDataType } from '@tracewell/domain';
import type { SearchExpression } from '@tracewell/domain/search/index';
import { renderComparison, renderFilter } from '../filter/render-condition';
import { anyOf, hasAllOf, mergeFilter, type TimeRange } from '../filter/simple-parameters';
import type { ProjectScope } from '../sql/project-scope';
import { float, type Sql, sql, text, time } from '../sql/sql';
import { scoreColumns } from './score-columns';
import { renderScoreSearch } from './score-search';

/**
 * Which scores are meant: the parameters of all generations of the list. Lists mean any of; `traceTags` all of.
 * `filter` is the wire's; a condition of it replaces the parameter of the same column.
 */
export interface ScoreSelection extends TimeRange {
  filter?: Filter;
  /** Of the search language, with fields of `scoreFields`. */
  search?: SearchExpression | null | undefined;
  ids?: readonly string[] | undefined;
  names?: readonly string[] | undefined;
  sources?: readonly string[] | undefined;
  dataTypes?: readonly string[] | undefined;
  environments?: readonly string[] | undefined;
  configIds?: readonly string[] | undefined;
  queueIds?: readonly string[] | undefined;
  authorUserIds?: readonly string[] | undefined;
  traceIds?: readonly string[] | undefined;
  observationIds?: readonly string[] | undefined;
  sessionIds?: readonly string[] | undefined;
  datasetRunIds?: readonly string[] | undefined;
  /** Of the trace that is judged. */
  userIds?: readonly string[] | undefined;
  traceTags?: readonly string[] | undefined;
  value?: { operator: NumberOperator | '!='; value: number } | undefined;
  /** Any of these values of one data type: numbers, `true` and `false`, or labels. */
  values?:
    | { dataType: 'NUMERIC' | 'BOOLEAN' | 'CATEGORICAL'; values: readonly (number | boolean | string)[] }
    | undefined;
  valueMin?: number | undefined;
  valueMax?: number | undefined;
  /** What is judged: scores of any kind unless said. */
  subject?: 'trace' | 'session' | 'dataset-run' | undefined;
  /** Leaves out types a generation of the wire does not know. */
  exceptDataTypes?: readonly ScoreDataType[] | undefined;
}

export function scoreConditions(scope: ProjectScope, selection: ScoreSelection): Sql[] {
  const filter = mergeFilter(
    [
      anyOf('id', selection.ids),
      anyOf('name', selection.names),
      anyOf('source', selection.sources),
      anyOf('dataType', selection.dataTypes),
      anyOf('environment', selection.environments),
      anyOf('configId', selection.configIds),
      anyOf('queueId', selection.queueIds),
      anyOf('authorUserId', selection.authorUserIds),
      anyOf('traceId', selection.traceIds),
      anyOf('observationId', selection.observationIds),
      anyOf('sessionId', selection.sessionIds),
      anyOf('datasetRunId', selection.datasetRunIds),
      anyOf('userId', selection.userIds),
      hasAllOf('tags', selection.traceTags),
    ],
    selection.filter ?? [],
    { traceTags: 'tags' },
  );
  const conditions = [
    ...renderFilter(scope, scoreColumns, filter),
    ...valueConditions(selection),
    ...renderScoreSearch(scope, selection.search),
  ];
  if (selection.from !== undefined) conditions.push(sql`timestamp >= ${time(selection.from)}`);
  if (selection.to !== undefined) conditions.push(sql`timestamp < ${time(selection.to)}`);
  if (selection.subject) conditions.push(judges[selection.subject]);
  for (const type of selection.exceptDataTypes ?? []) conditions.push(sql`data_type != ${text(type)}`);
  return conditions;
}

const judges = {
  trace: sql`trace_id != ''`,
  session: sql`session_id != ''`,
  'dataset-run': sql`dataset_run_id != ''`,
};

function valueConditions({ value, values, valueMin, valueMax }: ScoreSelection): Sql[] {
  const conditions: Sql[] = [];
  if (value) {
    const asked = sql`${float(value.value)}`;
    conditions.push(
      value.operator === '!=' ? sql`value != ${asked}` : renderComparison(sql`value`, value.operator, asked),
    );
  }
  if (valueMin !== undefined) conditions.push(sql`value >= ${float(valueMin)}`);
  if (valueMax !== undefined) conditions.push(sql`value <= ${float(valueMax)}`);
  if (values) {
    const among = values.values.map((one) =>
      typeof one === 'string' ? sql`string_value = ${text(one)}` : sql`value = ${float(Number(one))}`,
    );
    const any = among.length === 0 ? sql`0` : among.reduce((left, right) => sql`${left} OR ${right}`);
    conditions.push(sql`data_type = ${text(values.dataType)} AND (${any})`);
  }
  return conditions;
}

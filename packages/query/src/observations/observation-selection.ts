import type { Condition, Filter } from '@tracewell/domain';
import type { SearchExpression } from '@tracewell/domain/search/index';
import { renderFilter } from '../filter/render-condition';
import { anyOf, equals, mergeFilter, type TimeRange } from '../filter/simple-parameters';
import type { ProjectScope } from '../sql/project-scope';
import { type Sql, sql, text, time } from '../sql/sql';
import { observationColumns, type TraceColumnsMean } from './observation-columns';
import { renderObservationSearch } from './observation-search';

/** Which observations are meant, by start time. A condition of `filter` replaces the parameter of its column. */
export interface ObservationSelection extends TimeRange {
  filter?: Filter;
  name?: string | undefined;
  type?: string | undefined;
  level?: string | undefined;
  userId?: string | undefined;
  sessionId?: string | undefined;
  traceId?: string | undefined;
  version?: string | undefined;
  /** '' for those without a parent. */
  parentObservationId?: string | undefined;
  isRootObservation?: boolean | undefined;
  environment?: readonly string[] | undefined;
  /** Of the search language, with fields of `observationFields`. */
  search?: SearchExpression | null | undefined;
  /** Default `of-row`. */
  traceColumns?: TraceColumnsMean;
}

export interface ObservationConditions {
  /** Of the sorting key, so of all versions of a row alike. */
  key: Sql[];
  where: Sql[];
}

export function observationConditions(
  scope: ProjectScope,
  selection: ObservationSelection,
): ObservationConditions {
  const filter = mergeFilter(
    [
      equals('name', selection.name),
      equals('type', selection.type),
      equals('level', selection.level),
      equals('userId', selection.userId),
      equals('sessionId', selection.sessionId),
      equals('version', selection.version),
      equals('parentObservationId', selection.parentObservationId),
      anyOf('environment', selection.environment),
      isTrue('isRootObservation', selection.isRootObservation),
    ],
    selection.filter ?? [],
    { providedModelName: 'model', traceTags: 'tags' },
  );
  const key: Sql[] = [];
  const where = [
    sql`kind = 'observation'`,
    ...renderFilter(scope, observationColumns[selection.traceColumns ?? 'of-row'], filter),
    ...renderObservationSearch(scope, selection.search),
  ];
  // As long as the filter does not speak of it: there it replaces the parameter.
  if (selection.traceId !== undefined && !filter.some(({ column }) => column === 'traceId')) {
    key.push(sql`trace_id = ${text(selection.traceId)}`);
  }
  if (selection.from !== undefined) {
    key.push(sql`toStartOfMinute(start_time) >= toStartOfMinute(${time(selection.from)})`);
    where.push(sql`start_time >= ${time(selection.from)}`);
  }
  if (selection.to !== undefined) {
    key.push(sql`toStartOfMinute(start_time) <= toStartOfMinute(${time(selection.to)})`);
    where.push(sql`start_time < ${time(selection.to)}`);
  }
  return { key, where };
}

const isTrue = (column: string, value: boolean | undefined): Condition | undefined =>
  value === undefined ? undefined : { type: 'boolean', column, operator: '=', value };

/** Whether anything but the time range narrows it. */
export const isFiltered = (selection: ObservationSelection): boolean =>
  (selection.filter?.length ?? 0) > 0 ||
  (selection.environment?.length ?? 0) > 0 ||
  Boolean(selection.search) ||
  [
    selection.name,
    selection.type,
    selection.level,
    selection.userId,
    selection.sessionId,
    selection.traceId,
    selection.version,
    selection.parentObservationId,
    selection.isRootObservation,
  ].some((value) => value !== undefined);

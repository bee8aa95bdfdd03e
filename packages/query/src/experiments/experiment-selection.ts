import type { Filter, Microseconds } from '@tracewell/domain';
import { columnTable } from '../filter/column';
import { renderFilter } from '../filter/render-condition';
import { anyOf, mergeFilter } from '../filter/simple-parameters';
import type { ProjectScope } from '../sql/project-scope';
import { type Sql, sql, textList, time } from '../sql/sql';

/** Which recorded experiments, and which of their spans, by start time. Lists mean any of. */
export interface ExperimentSelection {
  /** Inclusive. There is always one: without it all that a project ever recorded would be read. */
  from: Microseconds;
  /** Exclusive. */
  to?: Microseconds | undefined;
  ids?: readonly string[] | undefined;
  names?: readonly string[] | undefined;
  datasetIds?: readonly string[] | undefined;
  itemIds?: readonly string[] | undefined;
  filter?: Filter | undefined;
  /** By the id of an experiment: what started earlier was deleted with it. */
  clearedBefore?: ReadonlyMap<string, Microseconds> | undefined;
}

const text = (expression: Sql) => ({ type: 'text' as const, expression });
const columns = {
  experimentId: text(sql`experiment_id`),
  experimentName: text(sql`experiment_name`),
  experimentItemId: text(sql`experiment_item_id`),
  datasetId: text(sql`experiment_dataset_id`),
};
/** Columns a filter may name: of the list of experiments, and of the list of their items. */
const filterColumns = {
  experiments: columnTable({
    id: columns.experimentId,
    name: columns.experimentName,
    datasetId: columns.datasetId,
  }),
  items: columnTable(columns),
};
export type ExperimentList = keyof typeof filterColumns;

/** Current spans of experiments. */
export function experimentSpans(
  scope: ProjectScope,
  list: ExperimentList,
  selection: ExperimentSelection,
  where: readonly Sql[] = [],
): Sql {
  const { from, to } = selection;
  const key = [sql`toStartOfMinute(start_time) >= toStartOfMinute(${time(from)})`];
  if (to !== undefined) key.push(sql`toStartOfMinute(start_time) <= toStartOfMinute(${time(to)})`);
  const conditions = [...conditionsOf(scope, list, selection), ...where];
  // Experiments are few among spans: their traces are looked up first, in versions that may be withdrawn, so that
  // only these traces are read as they are now.
  const traces = sql`trace_id IN (SELECT trace_id FROM ${scope.versions('observations', { key, where: conditions })})`;
  return scope.current('observations', { key: [...key, traces], where: conditions });
}

function conditionsOf(scope: ProjectScope, list: ExperimentList, selection: ExperimentSelection): Sql[] {
  const { from, to, clearedBefore } = selection;
  const table = filterColumns[list];
  const [id, name] =
    list === 'experiments' ? (['id', 'name'] as const) : (['experimentId', 'experimentName'] as const);
  const filter = mergeFilter(
    [
      anyOf(id, selection.ids),
      anyOf(name, selection.names),
      anyOf('datasetId', selection.datasetIds),
      list === 'items' ? anyOf('experimentItemId', selection.itemIds) : undefined,
    ],
    selection.filter ?? [],
  );
  const conditions = [
    sql`kind = 'observation'`,
    sql`experiment_id != ''`,
    sql`start_time >= ${time(from)}`,
    ...renderFilter(scope, table, filter),
  ];
  if (to !== undefined) conditions.push(sql`start_time < ${time(to)}`);
  if (clearedBefore && clearedBefore.size > 0) {
    const ids = textList([...clearedBefore.keys()]);
    const times = textList([...clearedBefore.values()].map(String));
    conditions.push(
      sql`toUnixTimestamp64Micro(start_time) >= toInt64OrZero(arrayElement(${times}, indexOf(${ids}, experiment_id)))`,
    );
  }
  return conditions;
}

import type { Condition, Filter } from '@tracewell/domain';
import type { Relational } from '@tracewell/engines/relational/port';
import { InvalidQuery } from '@tracewell/query/invalid-query';
import { datasetItems, datasetRunItems, datasetRuns } from '@tracewell/schema/postgres/datasets';
import { and, count, desc, eq, gte, inArray, isNull, lt, notInArray, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';

/** Runs whose items were linked to traces by hand, as the runs of clients that record no experiment. */
type Database = Relational['db'];

export interface LinkedSelection {
  projectId: string;
  from: Date;
  to?: Date | undefined;
  ids?: readonly string[] | undefined;
  names?: readonly string[] | undefined;
  datasetIds?: readonly string[] | undefined;
  itemIds?: readonly string[] | undefined;
  filter?: Filter | undefined;
  /** Runs that spans speak of: those know more. */
  exceptIds: readonly string[];
}

const columnsOf = {
  experiments: { id: datasetRuns.id, name: datasetRuns.name, datasetId: datasetRuns.datasetId },
  items: {
    experimentId: datasetRuns.id,
    experimentName: datasetRuns.name,
    experimentItemId: datasetRunItems.datasetItemId,
    datasetId: datasetRuns.datasetId,
  },
} as const satisfies Record<string, Record<string, PgColumn>>;

const any = (column: PgColumn, values: readonly string[] | undefined): SQL | undefined =>
  values ? inArray(column, [...values]) : undefined;

const conditionsOf = (list: keyof typeof columnsOf, selection: LinkedSelection): SQL | undefined => {
  // A list of thousands is one parameter, not thousands.
  const excepted = sql.param([...selection.exceptIds]);
  return and(
    eq(datasetRunItems.projectId, selection.projectId),
    eq(datasetRuns.isDeleted, false),
    gte(datasetRunItems.createdAt, selection.from),
    selection.to ? lt(datasetRunItems.createdAt, selection.to) : undefined,
    any(datasetRuns.id, selection.ids),
    any(datasetRuns.name, selection.names),
    any(datasetRuns.datasetId, selection.datasetIds),
    any(datasetRunItems.datasetItemId, selection.itemIds),
    sql`${datasetRuns.id} <> all(${excepted}::text[])`,
    ...(selection.filter ?? []).map((condition) => renderCondition(columnsOf[list], condition)),
  );
};

function renderCondition(columns: Record<string, PgColumn>, condition: Condition): SQL {
  const column = Object.hasOwn(columns, condition.column) ? columns[condition.column]! : undefined;
  if (!column) throw new InvalidQuery(`Column "${condition.column}" is not known here.`);
  if (condition.type === 'null') return condition.operator === 'is null' ? isNull(column) : sql`true`;
  if (condition.type === 'stringOptions') {
    return condition.operator === 'any of'
      ? inArray(column, condition.value)
      : notInArray(column, condition.value);
  }
  if (condition.type !== 'string') {
    throw new InvalidQuery(`Column "${condition.column}" takes conditions of type string or stringOptions.`);
  }
  const { value } = condition;
  switch (condition.operator) {
    case '=':
      return eq(column, value);
    case 'starts with':
      return sql`starts_with(${column}, ${value})`;
    case 'ends with':
      return sql`right(${column}, char_length(${value}::text)) = ${value}`;
    case 'does not contain':
      return sql`position(${value} in ${column}) = 0`;
    default:
      return sql`position(${value} in ${column}) > 0`;
  }
}

const joinRun = and(
  eq(datasetRuns.projectId, datasetRunItems.projectId),
  eq(datasetRuns.id, datasetRunItems.datasetRunId),
);

export interface LinkedRun {
  id: string;
  name: string;
  description: string | null;
  metadata: unknown;
  datasetId: string;
  firstAt: Date;
  lastAt: Date;
  itemCount: number;
}

/** Latest activity first. */
export async function listLinkedRuns(
  db: Database,
  selection: LinkedSelection,
  limit: number,
): Promise<LinkedRun[]> {
  const lastAt = sql<Date>`max(${datasetRunItems.createdAt})`.mapWith(datasetRunItems.createdAt);
  const found = await db
    .select({
      id: datasetRuns.id,
      firstAt: sql<Date>`min(${datasetRunItems.createdAt})`.mapWith(datasetRunItems.createdAt),
      lastAt,
      itemCount: count(),
    })
    .from(datasetRunItems)
    .innerJoin(datasetRuns, joinRun)
    .where(conditionsOf('experiments', selection))
    .groupBy(datasetRuns.id)
    .orderBy(desc(lastAt), desc(datasetRuns.id))
    .limit(limit);
  if (found.length === 0) return [];
  const runs = await db
    .select()
    .from(datasetRuns)
    .where(
      and(
        eq(datasetRuns.projectId, selection.projectId),
        sql`${datasetRuns.id} = any(${sql.param(found.map(({ id }) => id))}::text[])`,
      ),
    );
  const byId = new Map(runs.map((run) => [run.id, run]));
  return found.flatMap((measured) => {
    const run = byId.get(measured.id);
    if (!run) return [];
    const { name, description, metadata, datasetId } = run;
    return [{ ...measured, name, description, metadata, datasetId }];
  });
}

/** A link, with its run and what the item was when it was run. */
export interface LinkedItem {
  link: typeof datasetRunItems.$inferSelect;
  run: typeof datasetRuns.$inferSelect;
  expectedOutput: unknown;
  itemMetadata: unknown;
}
export interface LinkedCursor {
  createdAt: Date;
  traceId: string;
  id: string;
}

/** Newest first, ties by trace and link. */
export const listLinkedItems = (
  db: Database,
  selection: LinkedSelection,
  limit: number,
  after?: LinkedCursor,
): Promise<LinkedItem[]> =>
  db
    .select({
      link: datasetRunItems,
      run: datasetRuns,
      expectedOutput: datasetItems.expectedOutput,
      itemMetadata: datasetItems.metadata,
    })
    .from(datasetRunItems)
    .innerJoin(datasetRuns, joinRun)
    .leftJoin(
      datasetItems,
      and(
        eq(datasetItems.projectId, datasetRunItems.projectId),
        eq(datasetItems.id, datasetRunItems.datasetItemId),
        eq(datasetItems.validFrom, datasetRunItems.datasetItemValidFrom),
      ),
    )
    .where(
      and(
        conditionsOf('items', selection),
        after &&
          sql`(${datasetRunItems.createdAt}, ${datasetRunItems.traceId} collate "C", ${datasetRunItems.id} collate "C")
            < (${after.createdAt.toISOString()}::timestamptz, ${after.traceId}, ${after.id})`,
      ),
    )
    .orderBy(
      desc(datasetRunItems.createdAt),
      sql`${datasetRunItems.traceId} collate "C" desc`,
      sql`${datasetRunItems.id} collate "C" desc`,
    )
    .limit(limit);

import type { Microseconds } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import type { DeletableEntity } from './deletions';
import { columnarTime } from './observation-row';

/**
 * Deletes with all that hangs on it. First it is recorded what is deleted and when, then the rows go: a batch
 * that is being written meanwhile finds the record and deletes again, so nothing slips through between the two.
 * Resolves when no read sees it any more. Unknown ids are no error, and deleting twice is deleting once.
 */
export interface DeleteTraces {
  projectId: string;
  traceIds: readonly string[];
  /** Only what was received up to then. */
  deletedAt: Microseconds;
}

export async function deleteTraces(
  columnar: Columnar,
  { projectId, traceIds, deletedAt }: DeleteTraces,
): Promise<void> {
  if (traceIds.length === 0) return;
  await recordDeletions(columnar, projectId, 'trace', traceIds, deletedAt);
  const params = { projectId, traceIds, deletedAt };
  const ofTraces = `project_id = {projectId:String} AND trace_id IN {traceIds:Array(String)}`;
  const [observationIds, scoreIds] = await Promise.all([
    readIds(
      columnar,
      `SELECT DISTINCT id FROM observations WHERE ${ofTraces} AND kind = 'observation'`,
      params,
    ),
    readIds(columnar, `SELECT DISTINCT id FROM scores WHERE ${ofTraces}`, params),
  ]);
  await deleteEvents(columnar, projectId, 'trace', traceIds, deletedAt);
  await deleteEvents(columnar, projectId, 'observation', observationIds, deletedAt);
  await deleteEvents(columnar, projectId, 'score', scoreIds, deletedAt);
  for (const table of ['observations', 'scores']) {
    await columnar.command({
      name: `delete.${table}`,
      sql: `DELETE FROM ${table} WHERE ${ofTraces} AND ${upTo('updated_at')}`,
      params,
    });
  }
  // A trace that something was received of after the deletion keeps its entry in the index.
  const remaining = new Set(
    await readIds(columnar, `SELECT DISTINCT trace_id AS id FROM observations WHERE ${ofTraces}`, params),
  );
  const gone = traceIds.filter((traceId) => !remaining.has(traceId));
  if (gone.length === 0) return;
  await columnar.command({
    name: 'delete.traces',
    sql: `DELETE FROM traces WHERE ${ofTraces}`,
    params: { ...params, traceIds: gone },
  });
}

export async function deleteScores(
  columnar: Columnar,
  {
    projectId,
    scoreIds,
    deletedAt,
  }: { projectId: string; scoreIds: readonly string[]; deletedAt: Microseconds },
): Promise<void> {
  if (scoreIds.length === 0) return;
  await recordDeletions(columnar, projectId, 'score', scoreIds, deletedAt);
  await deleteEvents(columnar, projectId, 'score', scoreIds, deletedAt);
  await columnar.command({
    name: 'delete.scores',
    sql: `DELETE FROM scores WHERE project_id = {projectId:String} AND id IN {scoreIds:Array(String)} AND ${upTo('updated_at')}`,
    params: { projectId, scoreIds, deletedAt },
  });
}

/** Columns that say when a row was received, in the tables that have one. */
const receiptColumns = ['updated_at', 'received_at'];

/**
 * All that was recorded in the project, in every table that has projects; what is received after `deletedAt`
 * under the same id is new. The record of the deletion stays.
 */
export async function deleteProject(
  columnar: Columnar,
  { projectId, deletedAt }: { projectId: string; deletedAt: Microseconds },
): Promise<void> {
  await recordDeletions(columnar, projectId, 'project', [projectId], deletedAt);
  const tables = await columnar.query<{ table: string; receipt: string }>({
    name: 'delete.tables',
    sql: `
      SELECT columns.table AS table, anyIf(columns.name, columns.name IN {receiptColumns:Array(String)}) AS receipt
      FROM system.columns AS columns
      INNER JOIN system.tables AS tables
        ON tables.database = columns.database AND tables.name = columns.table
      WHERE columns.database = currentDatabase() AND tables.engine LIKE '%MergeTree'
        AND columns.table != 'deletions'
      GROUP BY table HAVING countIf(columns.name = 'project_id') > 0 ORDER BY table`,
    params: { receiptColumns },
  });
  for (const { table, receipt } of tables) {
    const received = receipt === '' ? '' : ` AND ${upTo(receipt)}`;
    await columnar.command({
      name: `delete.project.${table}`,
      sql: `DELETE FROM ${table} WHERE project_id = {projectId:String}${received}`,
      params: { projectId, deletedAt },
    });
  }
}

const upTo = (column: string) => `${column} <= fromUnixTimestamp64Micro({deletedAt:Int64})`;

async function recordDeletions(
  columnar: Columnar,
  projectId: string,
  entity: DeletableEntity,
  entityIds: readonly string[],
  deletedAt: Microseconds,
): Promise<void> {
  const deleted_at = columnarTime(deletedAt);
  await columnar.insert({
    name: 'delete.record',
    table: 'deletions',
    rows: entityIds.map((entity_id) =>
      JSON.stringify({ project_id: projectId, entity, entity_id, deleted_at }),
    ),
  });
}

async function deleteEvents(
  columnar: Columnar,
  projectId: string,
  entity: 'trace' | 'observation' | 'score',
  entityIds: readonly string[],
  deletedAt: Microseconds,
): Promise<void> {
  if (entityIds.length === 0) return;
  await columnar.command({
    name: 'delete.events',
    sql: `DELETE FROM ingestion_events WHERE project_id = {projectId:String} AND entity = {entity:String}
      AND entity_id IN {entityIds:Array(String)} AND ${upTo('received_at')}`,
    params: { projectId, entity, entityIds, deletedAt },
  });
}

async function readIds(columnar: Columnar, sql: string, params: Record<string, unknown>): Promise<string[]> {
  const rows = await columnar.query<{ id: string }>({ name: 'delete.ids', sql, params });
  return rows.map(({ id }) => id);
}

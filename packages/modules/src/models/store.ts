import type { Relational } from '@tracewell/engines/relational/port';
import { models } from '@tracewell/schema/postgres/models';
import { and, asc, count, eq, sql } from 'drizzle-orm';

type Database = Relational['db'];
type Reader = Pick<Database, 'select'>;
type Writer = Pick<Database, 'select' | 'insert' | 'delete'>;
export type ModelRow = typeof models.$inferSelect;
export type NewModel = typeof models.$inferInsert;

/** What the order of a list needs of every definition. */
export const listModelNames = (db: Reader, projectId: string, limit: number) =>
  db
    .select({ id: models.id, modelName: models.modelName, unit: models.unit, startDate: models.startDate })
    .from(models)
    .where(eq(models.projectId, projectId))
    .limit(limit);

/** In no order. */
export const findModels = (db: Reader, projectId: string, ids: readonly string[]): Promise<ModelRow[]> =>
  db
    .select()
    .from(models)
    .where(and(eq(models.projectId, projectId), sql`${models.id} = any(${sql.param([...ids])}::text[])`));

/** All definitions of the projects, in the order in which they were made. */
export const listModelsOfProjects = (db: Reader, projectIds: readonly string[]): Promise<ModelRow[]> =>
  db
    .select()
    .from(models)
    .where(sql`${models.projectId} = any(${sql.param([...projectIds])}::text[])`)
    .orderBy(asc(models.createdAt), asc(models.id));

/**
 * Another text whenever a definition was made, replaced or deleted, in any project: a replacement is a new row, so
 * the set of ids and times says all.
 */
export async function readModelsStamp(db: Reader): Promise<string> {
  const [row] = await db
    .select({
      stamp: sql<string>`count(*)::text || ':' || coalesce(sum(hashtextextended(${models.id} || extract(epoch from ${models.createdAt})::text, 0)), 0)::text`,
    })
    .from(models);
  return row!.stamp;
}

export async function countModels(db: Reader, projectId: string): Promise<number> {
  const [row] = await db.select({ total: count() }).from(models).where(eq(models.projectId, projectId));
  return row?.total ?? 0;
}

/** null when the project has one of this name. */
export async function insertModel(writer: Writer, model: NewModel): Promise<ModelRow | null> {
  const [row] = await writer
    .insert(models)
    .values(model)
    .onConflictDoNothing({ target: [models.projectId, models.modelName] })
    .returning();
  return row ?? null;
}

/** Whether a definition of any project has this id. */
export async function isModelIdTaken(db: Reader, id: string): Promise<boolean> {
  const rows = await db.select({ id: models.id }).from(models).where(eq(models.id, id));
  return rows.length > 0;
}

export async function deleteModelRow(
  writer: Writer,
  projectId: string,
  modelId: string,
): Promise<ModelRow | null> {
  const [row] = await writer
    .delete(models)
    .where(and(eq(models.projectId, projectId), eq(models.id, modelId)))
    .returning();
  return row ?? null;
}

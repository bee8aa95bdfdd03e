import type { Relational } from '@tracewell/engines/relational/port';
import { scoreConfigs } from '@tracewell/schema/postgres/score-configs';
import { and, count, desc, eq, sql } from 'drizzle-orm';

type Database = Relational['db'];
export type Reader = Pick<Database, 'select'>;
type Writer = Pick<Database, 'select' | 'insert' | 'update'>;
export type ScoreConfigRow = typeof scoreConfigs.$inferSelect;

/** Newest first, ties by id. */
export const listConfigs = (
  db: Reader,
  request: { projectId: string; limit: number; offset: number },
): Promise<ScoreConfigRow[]> =>
  db
    .select()
    .from(scoreConfigs)
    .where(eq(scoreConfigs.projectId, request.projectId))
    .orderBy(desc(scoreConfigs.createdAt), desc(scoreConfigs.id))
    .limit(request.limit)
    .offset(request.offset);

export async function countConfigs(db: Reader, projectId: string): Promise<number> {
  const [row] = await db
    .select({ total: count() })
    .from(scoreConfigs)
    .where(eq(scoreConfigs.projectId, projectId));
  return row?.total ?? 0;
}

export async function findConfig(
  db: Reader,
  projectId: string,
  configId: string,
  lock = false,
): Promise<ScoreConfigRow | null> {
  const query = db
    .select()
    .from(scoreConfigs)
    .where(and(eq(scoreConfigs.projectId, projectId), eq(scoreConfigs.id, configId)))
    .limit(1);
  const [row] = lock ? await query.for('update') : await query;
  return row ?? null;
}

/** Those of the ids that the project has, in no order. */
export const findConfigs = (
  db: Reader,
  projectId: string,
  ids: readonly string[],
): Promise<ScoreConfigRow[]> =>
  db
    .select()
    .from(scoreConfigs)
    .where(
      and(
        eq(scoreConfigs.projectId, projectId),
        sql`${scoreConfigs.id} = any(${sql.param([...ids])}::text[])`,
      ),
    )
    .limit(ids.length);

export async function insertConfig(
  writer: Writer,
  config: typeof scoreConfigs.$inferInsert,
): Promise<ScoreConfigRow> {
  const [row] = await writer.insert(scoreConfigs).values(config).returning();
  return row!;
}

export async function updateConfig(
  writer: Writer,
  projectId: string,
  configId: string,
  changes: Partial<typeof scoreConfigs.$inferInsert>,
): Promise<ScoreConfigRow> {
  const [row] = await writer
    .update(scoreConfigs)
    .set({ ...changes, updatedAt: sql`now()` })
    .where(and(eq(scoreConfigs.projectId, projectId), eq(scoreConfigs.id, configId)))
    .returning();
  return row!;
}

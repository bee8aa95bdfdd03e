import type { Relational } from '@tracewell/engines/relational/port';
import { users } from '@tracewell/schema/postgres/accounts';
import {
  evaluationRuleEvaluators,
  evaluationRules,
  evaluators,
  evaluatorVersions,
} from '@tracewell/schema/postgres/evaluators';
import { projects } from '@tracewell/schema/postgres/projects';
import { and, count, desc, eq, inArray, lt, or, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Definition } from './evaluator';

type Database = Relational['db'];
export type Transaction = Pick<Database, 'select' | 'insert' | 'update' | 'delete' | 'execute'>;
export type EvaluatorRow = typeof evaluators.$inferSelect;
export type VersionRow = Omit<typeof evaluatorVersions.$inferSelect, 'definition'> & {
  definition: Definition;
};
export interface Assignment {
  evaluatorId: string;
  evaluationRuleId: string;
  mapping: unknown;
}
/** An evaluator with its newest version, and the names of who made them. */
export interface StoredEvaluator {
  evaluator: EvaluatorRow;
  version: VersionRow;
  creatorName: string | null;
  versionCreatorName: string | null;
}
export interface Place {
  createdAt: Date;
  id: string;
}

const versionCreators = alias(users, 'version_creators');

/** Newest versions only: one row an evaluator. */
const newest = sql`${evaluatorVersions.version} = (
  select max(newest.version) from evaluator_versions newest where newest.evaluator_id = ${evaluators.id})`;

const selectEvaluators = (db: Pick<Database, 'select'>) =>
  db
    .select({
      evaluator: evaluators,
      version: evaluatorVersions,
      creatorName: users.name,
      versionCreatorName: versionCreators.name,
    })
    .from(evaluators)
    .innerJoin(evaluatorVersions, and(eq(evaluatorVersions.evaluatorId, evaluators.id), newest))
    .leftJoin(users, eq(users.id, evaluators.createdByUserId))
    .leftJoin(versionCreators, eq(versionCreators.id, evaluatorVersions.createdByUserId));

/** Whoever changes evaluators or rules of a project waits here, so that what was checked still holds. */
export async function lockProject(transaction: Transaction, projectId: string): Promise<void> {
  await transaction.execute(
    sql`select 1 from ${projects} where ${projects.id} = ${projectId} for no key update`,
  );
}

export async function listEvaluatorRows(
  db: Database,
  request: { projectId: string; limit: number; after?: Place | undefined; offset?: number },
): Promise<StoredEvaluator[]> {
  const { after } = request;
  const rows = await selectEvaluators(db)
    .where(
      and(
        eq(evaluators.projectId, request.projectId),
        after &&
          or(
            lt(evaluators.createdAt, after.createdAt),
            and(eq(evaluators.createdAt, after.createdAt), lt(evaluators.id, after.id)),
          ),
      ),
    )
    .orderBy(desc(evaluators.createdAt), desc(evaluators.id))
    .limit(request.limit)
    .offset(request.offset ?? 0);
  return rows as StoredEvaluator[];
}

export async function countEvaluators(db: Database, projectId: string): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(evaluators)
    .where(eq(evaluators.projectId, projectId));
  return row!.count;
}

/** Those of the ids that are the project's. */
export async function findEvaluators(
  db: Pick<Database, 'select'>,
  projectId: string,
  ids: readonly string[],
): Promise<StoredEvaluator[]> {
  if (ids.length === 0) return [];
  const rows = await selectEvaluators(db).where(
    and(eq(evaluators.projectId, projectId), inArray(evaluators.id, [...ids])),
  );
  return rows as StoredEvaluator[];
}

/** The newest that has the name, of the type when one is given. */
export async function findEvaluatorByName(
  db: Pick<Database, 'select'>,
  projectId: string,
  name: string,
  type: EvaluatorRow['type'] | undefined,
): Promise<StoredEvaluator | null> {
  const [row] = await selectEvaluators(db)
    .where(
      and(eq(evaluators.projectId, projectId), eq(evaluators.name, name), type && eq(evaluators.type, type)),
    )
    .orderBy(desc(evaluators.createdAt), desc(evaluators.id))
    .limit(1);
  return (row as StoredEvaluator | undefined) ?? null;
}

export async function insertEvaluator(
  transaction: Transaction,
  row: typeof evaluators.$inferInsert,
): Promise<void> {
  await transaction.insert(evaluators).values(row);
}

export async function insertVersion(
  transaction: Transaction,
  row: Omit<typeof evaluatorVersions.$inferInsert, 'definition'> & { definition: Definition },
): Promise<void> {
  await transaction.insert(evaluatorVersions).values(row);
}

export async function changeEvaluator(
  transaction: Transaction,
  projectId: string,
  id: string,
  change: Partial<typeof evaluators.$inferInsert>,
): Promise<void> {
  await transaction
    .update(evaluators)
    .set({ ...change, updatedAt: sql`now()` })
    .where(and(eq(evaluators.id, id), eq(evaluators.projectId, projectId)));
}

/** Deletes it with its versions and places in rules; a rule that loses its last evaluator is disabled. */
export async function removeEvaluator(
  transaction: Transaction,
  projectId: string,
  id: string,
): Promise<EvaluatorRow | null> {
  const [row] = await transaction
    .delete(evaluators)
    .where(and(eq(evaluators.id, id), eq(evaluators.projectId, projectId)))
    .returning();
  if (!row) return null;
  await transaction
    .update(evaluationRules)
    .set({ enabled: false, updatedAt: sql`now()` })
    .where(
      and(
        eq(evaluationRules.projectId, projectId),
        eq(evaluationRules.enabled, true),
        sql`not exists (
          select 1 from evaluation_rule_evaluators used where used.evaluation_rule_id = ${evaluationRules.id})`,
      ),
    );
  return row;
}

/** Newest first; the evaluator is known to be the caller's. */
export async function listVersionRows(
  db: Database,
  request: { evaluatorId: string; limit: number; before?: number | undefined },
): Promise<{ version: VersionRow; creatorName: string | null }[]> {
  const rows = await db
    .select({ version: evaluatorVersions, creatorName: users.name })
    .from(evaluatorVersions)
    .leftJoin(users, eq(users.id, evaluatorVersions.createdByUserId))
    .where(
      and(
        eq(evaluatorVersions.evaluatorId, request.evaluatorId),
        request.before === undefined ? undefined : lt(evaluatorVersions.version, request.before),
      ),
    )
    .orderBy(desc(evaluatorVersions.version))
    .limit(request.limit);
  return rows as { version: VersionRow; creatorName: string | null }[];
}

/** Where these evaluators are used, newest first. */
export async function listAssignments(
  db: Pick<Database, 'select'>,
  evaluatorIds: readonly string[],
): Promise<Assignment[]> {
  if (evaluatorIds.length === 0) return [];
  return db
    .select({
      evaluatorId: evaluationRuleEvaluators.evaluatorId,
      evaluationRuleId: evaluationRuleEvaluators.evaluationRuleId,
      mapping: evaluationRuleEvaluators.mapping,
    })
    .from(evaluationRuleEvaluators)
    .where(inArray(evaluationRuleEvaluators.evaluatorId, [...evaluatorIds]))
    .orderBy(desc(evaluationRuleEvaluators.createdAt), desc(evaluationRuleEvaluators.evaluationRuleId));
}

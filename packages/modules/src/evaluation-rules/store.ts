import type { RuleFilter } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { users } from '@tracewell/schema/postgres/accounts';
import { evaluationRuleEvaluators, evaluationRules } from '@tracewell/schema/postgres/evaluators';
import { and, asc, count, desc, eq, inArray, lt, ne, or, sql } from 'drizzle-orm';
import type { Mapping } from '../evaluators/index';

type Database = Relational['db'];
export type Transaction = Pick<Database, 'select' | 'insert' | 'update' | 'delete' | 'execute'>;

export interface RuleRow extends Omit<typeof evaluationRules.$inferSelect, 'filter'> {
  filter: RuleFilter[];
}
export interface AssignmentRow {
  evaluationRuleId: string;
  evaluatorId: string;
  mapping: Mapping[] | null;
}
export interface StoredRule {
  rule: RuleRow;
  creatorName: string | null;
  assignments: AssignmentRow[];
}
export interface Place {
  createdAt: Date;
  id: string;
}

const selectRules = (db: Pick<Database, 'select'>) =>
  db
    .select({ rule: evaluationRules, creatorName: users.name })
    .from(evaluationRules)
    .leftJoin(users, eq(users.id, evaluationRules.createdByUserId));

async function withAssignments(
  db: Pick<Database, 'select'>,
  rows: { rule: typeof evaluationRules.$inferSelect; creatorName: string | null }[],
): Promise<StoredRule[]> {
  if (rows.length === 0) return [];
  const ids = rows.map(({ rule }) => rule.id);
  const assignments = (await db
    .select()
    .from(evaluationRuleEvaluators)
    .where(inArray(evaluationRuleEvaluators.evaluationRuleId, ids))
    .orderBy(asc(evaluationRuleEvaluators.position))) as AssignmentRow[];
  return rows.map(({ rule, creatorName }) => ({
    rule: rule as RuleRow,
    creatorName,
    assignments: assignments.filter(({ evaluationRuleId }) => evaluationRuleId === rule.id),
  }));
}

export async function listRuleRows(
  db: Database,
  request: { projectId: string; limit: number; after?: Place | undefined; offset?: number },
): Promise<StoredRule[]> {
  const { after } = request;
  const rows = await selectRules(db)
    .where(
      and(
        eq(evaluationRules.projectId, request.projectId),
        after &&
          or(
            lt(evaluationRules.createdAt, after.createdAt),
            and(eq(evaluationRules.createdAt, after.createdAt), lt(evaluationRules.id, after.id)),
          ),
      ),
    )
    .orderBy(desc(evaluationRules.createdAt), desc(evaluationRules.id))
    .limit(request.limit)
    .offset(request.offset ?? 0);
  return withAssignments(db, rows);
}

export async function findRule(
  db: Pick<Database, 'select'>,
  projectId: string,
  id: string,
): Promise<StoredRule | null> {
  const rows = await selectRules(db).where(
    and(eq(evaluationRules.projectId, projectId), eq(evaluationRules.id, id)),
  );
  return (await withAssignments(db, rows))[0] ?? null;
}

export async function countRules(
  db: Pick<Database, 'select'>,
  projectId: string,
  only: { enabled?: boolean; name?: string; exceptId?: string } = {},
): Promise<number> {
  const [row] = await db
    .select({ count: count() })
    .from(evaluationRules)
    .where(
      and(
        eq(evaluationRules.projectId, projectId),
        only.enabled === undefined ? undefined : eq(evaluationRules.enabled, only.enabled),
        only.name === undefined ? undefined : eq(evaluationRules.name, only.name),
        only.exceptId === undefined ? undefined : ne(evaluationRules.id, only.exceptId),
      ),
    );
  return row!.count;
}

export async function insertRule(
  transaction: Transaction,
  row: typeof evaluationRules.$inferInsert,
): Promise<void> {
  await transaction.insert(evaluationRules).values(row);
}

export async function changeRule(
  transaction: Transaction,
  projectId: string,
  id: string,
  change: Partial<typeof evaluationRules.$inferInsert>,
): Promise<void> {
  await transaction
    .update(evaluationRules)
    .set({ ...change, updatedAt: sql`now()` })
    .where(and(eq(evaluationRules.projectId, projectId), eq(evaluationRules.id, id)));
}

/** The whole list, in its order; the rule is known to be the caller's. */
export async function replaceAssignments(
  transaction: Transaction,
  evaluationRuleId: string,
  assignments: readonly Omit<AssignmentRow, 'evaluationRuleId'>[],
): Promise<void> {
  await transaction
    .delete(evaluationRuleEvaluators)
    .where(eq(evaluationRuleEvaluators.evaluationRuleId, evaluationRuleId));
  if (assignments.length === 0) return;
  await transaction.insert(evaluationRuleEvaluators).values(
    assignments.map(({ evaluatorId, mapping }, position) => ({
      evaluationRuleId,
      evaluatorId,
      position,
      mapping,
    })),
  );
}

export async function removeRule(
  transaction: Transaction,
  projectId: string,
  id: string,
): Promise<RuleRow | null> {
  const [row] = await transaction
    .delete(evaluationRules)
    .where(and(eq(evaluationRules.projectId, projectId), eq(evaluationRules.id, id)))
    .returning();
  return (row as RuleRow | undefined) ?? null;
}

import { ApiError, type Evaluator, type NamedEvaluator } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { describeEvaluator, describeNamed } from './evaluator-wire';
import { findEvaluators, listAssignments, type StoredEvaluator, type Transaction } from './store';

type Deps = { relational: Pick<Relational, 'db'> };

export async function getEvaluator(
  { relational }: Deps,
  access: ProjectAccess,
  id: string,
): Promise<Evaluator> {
  requireScope(access, 'evaluators:read');
  const stored = await requireEvaluator(relational.db, access, id);
  return describeEvaluator(stored, await listAssignments(relational.db, [id]));
}

export async function getNamedEvaluator(
  { relational }: Deps,
  access: ProjectAccess,
  id: string,
): Promise<NamedEvaluator> {
  requireScope(access, 'evaluators:read');
  const stored = await requireEvaluator(relational.db, access, id);
  return describeNamed(stored, await listAssignments(relational.db, [id]));
}

/** Throws `not_found`. */
export async function requireEvaluator(
  db: Pick<Transaction, 'select'>,
  access: ProjectAccess,
  id: string,
): Promise<StoredEvaluator> {
  const [stored] = await findEvaluators(db, access.projectId, [id]);
  if (stored) return stored;
  throw new ApiError('not_found', `Evaluator ${id} not found in this project.`);
}

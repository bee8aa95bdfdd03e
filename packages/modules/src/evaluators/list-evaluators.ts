import {
  type AnswerOf,
  type listNamedEvaluators as namedOperation,
  type listEvaluators as operation,
  type QueryOf,
  toPageMeta,
  type listEvaluatorVersions as versionsOperation,
} from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { z } from 'zod';
import { type ProjectAccess, requireScope } from '../access/index';
import { decodeCursor, encodeCursor } from '../cursors/index';
import { describeEvaluator, describeNamed, describeVersion } from './evaluator-wire';
import { requireEvaluator } from './get-evaluator';
import { countEvaluators, listAssignments, listEvaluatorRows, listVersionRows } from './store';

type Deps = { relational: Pick<Relational, 'db'> };

const place = z.object({
  createdAt: z.iso.datetime().transform((text) => new Date(text)),
  id: z.string(),
});

/** Newest first. Throws `invalid_request` for a cursor that is none of ours. */
export async function listEvaluators(
  { relational }: Deps,
  access: ProjectAccess,
  { limit, cursor }: QueryOf<typeof operation>,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'evaluators:read');
  const rows = await listEvaluatorRows(relational.db, {
    projectId: access.projectId,
    limit: limit + 1,
    after: cursor ? decodeCursor(place, cursor) : undefined,
  });
  const page = rows.slice(0, limit);
  const assignments = await listAssignments(
    relational.db,
    page.map(({ evaluator }) => evaluator.id),
  );
  const last = page.at(-1)?.evaluator;
  return {
    data: page.map((stored) => describeEvaluator(stored, assignments)),
    meta:
      rows.length > limit && last
        ? { cursor: encodeCursor({ createdAt: last.createdAt.toISOString(), id: last.id }) }
        : {},
  };
}

/** The same, by page. */
export async function listNamedEvaluators(
  { relational }: Deps,
  access: ProjectAccess,
  { page, limit }: QueryOf<typeof namedOperation>,
): Promise<AnswerOf<typeof namedOperation>> {
  requireScope(access, 'evaluators:read');
  const { projectId } = access;
  const rows = await listEvaluatorRows(relational.db, { projectId, limit, offset: (page - 1) * limit });
  const assignments = await listAssignments(
    relational.db,
    rows.map(({ evaluator }) => evaluator.id),
  );
  return {
    data: rows.map((stored) => describeNamed(stored, assignments)),
    meta: toPageMeta({ page, limit }, await countEvaluators(relational.db, projectId)),
  };
}

const versionPlace = z.object({ version: z.int().min(1) });

/** Every definition of one evaluator, newest first. */
export async function listEvaluatorVersions(
  { relational }: Deps,
  access: ProjectAccess,
  evaluatorId: string,
  { limit, cursor }: QueryOf<typeof versionsOperation>,
): Promise<AnswerOf<typeof versionsOperation>> {
  requireScope(access, 'evaluators:read');
  await requireEvaluator(relational.db, access, evaluatorId);
  const rows = await listVersionRows(relational.db, {
    evaluatorId,
    limit: limit + 1,
    before: cursor ? decodeCursor(versionPlace, cursor).version : undefined,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1)?.version;
  return {
    data: page.map(({ version, creatorName }) => describeVersion(version, creatorName)),
    meta: rows.length > limit && last ? { cursor: encodeCursor({ version: last.version }) } : {},
  };
}

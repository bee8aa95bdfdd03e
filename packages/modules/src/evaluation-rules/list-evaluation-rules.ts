import {
  type AnswerOf,
  type listNamedEvaluationRules as namedOperation,
  type listEvaluationRules as operation,
  type QueryOf,
  toPageMeta,
} from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { z } from 'zod';
import { type ProjectAccess, requireScope } from '../access/index';
import { decodeCursor, encodeCursor } from '../cursors/index';
import { evaluatorsOf } from './get-evaluation-rule';
import { describeNamedRule, describeRule } from './rule-wire';
import { countRules, listRuleRows } from './store';

type Deps = { relational: Pick<Relational, 'db'> };

const place = z.object({
  createdAt: z.iso.datetime().transform((text) => new Date(text)),
  id: z.string(),
});

/** Newest first. Throws `invalid_request` for a cursor that is none of ours. */
export async function listEvaluationRules(
  { relational }: Deps,
  access: ProjectAccess,
  { limit, cursor }: QueryOf<typeof operation>,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'evaluation-rules:read');
  const rows = await listRuleRows(relational.db, {
    projectId: access.projectId,
    limit: limit + 1,
    after: cursor ? decodeCursor(place, cursor) : undefined,
  });
  const page = rows.slice(0, limit);
  const last = page.at(-1)?.rule;
  return {
    data: page.map(describeRule),
    meta:
      rows.length > limit && last
        ? { cursor: encodeCursor({ createdAt: last.createdAt.toISOString(), id: last.id }) }
        : {},
  };
}

/** The same, by page. */
export async function listNamedEvaluationRules(
  { relational }: Deps,
  access: ProjectAccess,
  { page, limit }: QueryOf<typeof namedOperation>,
): Promise<AnswerOf<typeof namedOperation>> {
  requireScope(access, 'evaluation-rules:read');
  const { projectId } = access;
  const rows = await listRuleRows(relational.db, { projectId, limit, offset: (page - 1) * limit });
  const evaluators = await evaluatorsOf({ relational }, access, rows);
  return {
    data: rows.map((stored) => describeNamedRule(stored, evaluators)),
    meta: toPageMeta({ page, limit }, await countRules(relational.db, projectId)),
  };
}

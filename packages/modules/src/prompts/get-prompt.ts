import { ApiError, type getPrompt as operation, type Prompt, type QueryOf } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { composePrompt } from './compose-prompt';
import { describeSelector, productionLabel, toPrompt } from './prompt';
import { CompositionError } from './resolve-prompt';
import { findVersion } from './store';

/**
 * One version of a prompt. Throws `not_found`, and `conflict` when a prompt it refers to is not there or refers
 * back to it.
 */
export async function getPrompt(
  { relational: { db } }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  name: string,
  query: QueryOf<typeof operation>,
): Promise<Prompt> {
  requireScope(access, 'prompts:read');
  const selector =
    query.version === undefined ? { label: query.label ?? productionLabel } : { version: query.version };
  const row = await findVersion(db, access.projectId, name, selector);
  if (!row) throw promptNotFound(name, selector);
  if (!query.resolve) return toPrompt(row);
  try {
    return toPrompt(row, await composePrompt(db, row));
  } catch (error) {
    if (error instanceof CompositionError) throw new ApiError('conflict', error.message);
    throw error;
  }
}

export const promptNotFound = (name: string, selector: { version: number } | { label: string }) =>
  new ApiError('not_found', `Prompt not found: '${name}' with ${describeSelector(selector)}`);

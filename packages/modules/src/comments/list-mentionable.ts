import { type AnswerOf, maxMentionable, type listMentionable as operation } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { findMentionable } from '../memberships/index';

/** Members of the organization whose name or address has a word that begins with the text, by name. */
export async function listMentionable(
  { relational }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  search: string,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'comments:create');
  return { data: await findMentionable(relational.db, access, search, maxMentionable) };
}

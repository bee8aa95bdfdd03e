import type { Relational } from '@tracewell/engines/relational/port';
import { findVersionIds } from './store';

/** What an observation says of the prompt it was made with; empty and null when it says nothing. */
export interface PromptLink {
  promptName: string;
  promptVersion: number | null;
}

/** The id of the version an observation names; null when it names none, or one that does not exist. */
export type PromptIdOf = (link: PromptLink) => string | null;

const maxVersion = 2_147_483_647;
const keyOf = (name: string, version: number): string => `${version} ${name}`;

/**
 * Looks up the versions that these observations name: one read by index for all of them, none when they name no
 * prompt.
 */
export async function findPromptIds(
  { relational: { db } }: { relational: Pick<Relational, 'db'> },
  projectId: string,
  observations: readonly Partial<PromptLink>[],
): Promise<PromptIdOf> {
  const links = new Map<string, { name: string; version: number }>();
  for (const { promptName: name, promptVersion: version } of observations) {
    if (!name || version == null || version > maxVersion) continue;
    // No prompt has such a name, and Postgres takes no such text.
    if (name.includes('\0')) continue;
    links.set(keyOf(name, version), { name, version });
  }
  if (links.size === 0) return () => null;
  const rows = await findVersionIds(db, projectId, [...links.values()]);
  const ids = new Map(rows.map(({ id, name, version }) => [keyOf(name, version), id]));
  return ({ promptName, promptVersion }) =>
    promptVersion === null ? null : (ids.get(keyOf(promptName, promptVersion)) ?? null);
}

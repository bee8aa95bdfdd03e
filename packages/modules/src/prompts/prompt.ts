import type { Prompt, PromptMessage } from '@tracewell/contract';
import type { PromptGraph } from './resolve-prompt';
import type { VersionRow } from './store';

/** The rules of a prompt, and its words on the wire. */

/** Always on the newest version. */
export const latestLabel = 'latest';
/** What is served to who asks for no version. */
export const productionLabel = 'production';

export type VersionSelector = { version: number } | { label: string };

export const describeSelector = (selector: VersionSelector): string =>
  'version' in selector ? `version ${selector.version}` : `label '${selector.label}'`;

export const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

const variable = /\{\{\s*([^{}\s]+)\s*\}\}/g;

/**
 * Names that a chat uses both for a variable and for a placeholder: when it is compiled, nobody could tell which
 * of the two is meant.
 */
export function findAmbiguousNames(messages: readonly PromptMessage[]): string[] {
  const variables = new Set<string>();
  const placeholders = new Set<string>();
  for (const message of messages) {
    if (message.type === 'placeholder') placeholders.add(message.name as string);
    else for (const [, name] of (message.content as string).matchAll(variable)) variables.add(name!);
  }
  return [...placeholders].filter((name) => variables.has(name));
}

/** A version as the wire shows it. `content` is the version's own, or what was put together from it. */
export function toPrompt(
  row: VersionRow,
  resolved?: { content: unknown; graph: PromptGraph | null },
): Prompt {
  const content = resolved ? resolved.content : row.content;
  const common = {
    id: row.id,
    projectId: row.projectId,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    createdBy: row.createdBy,
    name: row.name,
    version: row.version,
    config: row.config,
    labels: row.labels,
    tags: row.tags,
    commitMessage: row.commitMessage,
    isActive: row.labels.includes(productionLabel),
    resolutionGraph: resolved?.graph ?? null,
  };
  // What was stored passed the contract's schema of its type.
  return row.type === 'chat'
    ? { ...common, type: 'chat', prompt: content as PromptMessage[] }
    : { ...common, type: 'text', prompt: content as string };
}

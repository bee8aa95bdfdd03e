import { findEdges, findTexts } from './dependency-store';
import { findTags } from './dependency-tags';
import {
  CompositionError,
  checkGraph,
  compositionLimits,
  type Edge,
  type Node,
  type PromptGraph,
  resolvePrompt,
} from './resolve-prompt';
import type { Reader } from './store';

type Version = Node & { projectId: string; content: unknown };

/**
 * The content of a version with its references resolved: one read when it has none, two more when it has. Throws
 * `CompositionError`.
 */
export async function composePrompt(
  db: Reader,
  version: Version,
): Promise<{ content: unknown; graph: PromptGraph | null }> {
  if (findTags(version.content).length === 0) return { content: version.content, graph: null };
  const edges = await readEdges(db, version);
  const ids = new Set(edges.flatMap(({ child }) => child?.id ?? []));
  return resolvePrompt(version, edges, await findTexts(db, [...ids]));
}

/** Throws `CompositionError` when the stored version could not be put together. */
export async function checkComposition(db: Reader, version: Version): Promise<void> {
  await composePrompt(db, version);
}

/** Checked before the texts are read: no fetch takes more of them into memory than may be shown. */
async function readEdges(db: Reader, version: Version): Promise<Edge[]> {
  const edges = await findEdges(db, version.projectId, version.id);
  checkGraph(version, edges);
  const lengths = new Map(edges.map(({ child, childLength }) => [child?.id, childLength ?? 0]));
  const total = [...lengths.values()].reduce((sum, length) => sum + length, 0);
  // Escapes of JSON can make a stored text six times as long as it is.
  if (total > 6 * compositionLimits.length) {
    throw new CompositionError(
      `The prompts that '${version.name}' version ${version.version} refers to hold more than ${compositionLimits.length} characters. Use fewer references.`,
    );
  }
  return edges;
}

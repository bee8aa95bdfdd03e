import { ApiError } from '@tracewell/contract';
import {
  type DependencyTag,
  describeTag,
  keyOfTag,
  mapTexts,
  replaceTags,
  tagsIn,
  textsOf,
} from './dependency-tags';

/**
 * Putting a prompt together from those it refers to. Pure: what a version refers to is handed in as edges, as one
 * statement read them.
 */

export const compositionLimits = {
  /** References below each other. */
  depth: 5,
  /** Different references of one version. */
  references: 200,
  /** References of a prompt and all that is below it. */
  edges: 1_000,
  /** Characters of the content that was put together. */
  length: 4_000_000,
} as const;

/** A prompt cannot be put together; the message says which reference is at fault. */
export class CompositionError extends Error {}

/** Where a change is the cause, it is the change that is refused. */
export async function asInvalidRequest(check: () => Promise<void>): Promise<void> {
  try {
    await check();
  } catch (error) {
    if (error instanceof CompositionError) throw new ApiError('invalid_request', error.message);
    throw error;
  }
}

export interface Node {
  id: string;
  name: string;
  version: number;
}

export interface Edge {
  parentId: string;
  tag: DependencyTag;
  /** What the reference means now; null when there is no such version. */
  child: (Node & { type: string }) | null;
}

export interface PromptGraph {
  root: Node;
  /** Id of a version → the versions it refers to. */
  dependencies: Record<string, Node[]>;
}

const nameOf = ({ name, version }: Node): string => `'${name}' version ${version}`;

/** Throws `CompositionError` when a reference leads nowhere, to a chat, back to where it came from, or too deep. */
export function checkGraph(root: Node, edges: readonly Edge[]): void {
  if (edges.length > compositionLimits.edges) {
    throw new CompositionError(
      `Prompt ${nameOf(root)} refers to more than ${compositionLimits.edges} prompts, those below it counted. Use fewer references.`,
    );
  }
  const below = groupByParent(edges);
  const heights = new Map<string, number>();
  const path: Node[] = [];

  function heightOf(node: Node): number {
    const known = heights.get(node.id);
    if (known !== undefined) return known;
    const at = path.findIndex(({ id }) => id === node.id);
    if (at >= 0) {
      const cycle = [...path.slice(at), node].map(nameOf).join(' → ');
      throw new CompositionError(`Circular dependency: ${cycle}. Remove one of these references.`);
    }
    path.push(node);
    if (path.length > compositionLimits.depth + 1) {
      throw new CompositionError(
        `Prompts refer to each other deeper than ${compositionLimits.depth} levels: ${path.map(nameOf).join(' → ')}. Put some of them into one.`,
      );
    }
    let height = 0;
    for (const { tag, child } of below.get(node.id) ?? []) {
      if (!child) {
        throw new CompositionError(
          `Prompt ${nameOf(node)} refers to prompt ${describeTag(tag)}, which does not exist. Create it or change the reference.`,
        );
      }
      if (child.type !== 'text') {
        throw new CompositionError(
          `Prompt ${nameOf(node)} refers to ${nameOf(child)}, which is a chat. Only text prompts can stand inside others.`,
        );
      }
      height = Math.max(height, 1 + heightOf(child));
    }
    path.pop();
    // A node that is met again on another way is not walked again, but may lie deeper there.
    if (path.length + height > compositionLimits.depth) {
      throw new CompositionError(
        `Prompts refer to each other deeper than ${compositionLimits.depth} levels, from ${nameOf(root)} through ${nameOf(node)}. Put some of them into one.`,
      );
    }
    heights.set(node.id, height);
    return height;
  }
  heightOf(root);
}

const groupByParent = (edges: readonly Edge[]): Map<string, Edge[]> => {
  const groups = new Map<string, Edge[]>();
  for (const edge of edges) groups.set(edge.parentId, [...(groups.get(edge.parentId) ?? []), edge]);
  return groups;
};

/**
 * The content with every reference replaced by what it means. `contentOf` knows the texts of all children. Throws
 * `CompositionError`.
 */
export function resolvePrompt(
  root: Node & { content: unknown },
  edges: readonly Edge[],
  contentOf: ReadonlyMap<string, string>,
): { content: unknown; graph: PromptGraph | null } {
  checkGraph(root, edges);
  const children = new Map<string, Node>();
  for (const { parentId, tag, child } of edges) children.set(`${parentId} ${keyOfTag(tag)}`, child!);
  const childOf = (parentId: string, tag: DependencyTag): Node => {
    const child = children.get(`${parentId} ${keyOfTag(tag)}`);
    if (child) return child;
    throw new CompositionError(`Prompt ${describeTag(tag)} does not exist.`);
  };
  const textOf = (node: Node): string => {
    const text = contentOf.get(node.id);
    if (text !== undefined) return text;
    throw new CompositionError(`Prompt ${nameOf(node)} was deleted while it was read.`);
  };

  // Lengths before texts: references can multiply what nobody could hold.
  const lengths = new Map<string, number>();
  const lengthOf = (parentId: string, text: string): number => {
    let total = text.length;
    for (const { tag, length } of tagsIn(text)) {
      const child = childOf(parentId, tag);
      const inner = lengths.get(child.id) ?? lengthOf(child.id, textOf(child));
      lengths.set(child.id, inner);
      total += inner - length;
    }
    return total;
  };
  let length = 0;
  for (const text of textsOf(root.content)) length += lengthOf(root.id, text);
  if (length > compositionLimits.length) {
    throw new CompositionError(
      `Prompt ${nameOf(root)} would have ${length} characters with all its references, more than ${compositionLimits.length}. Use fewer references.`,
    );
  }

  const expanded = new Map<string, string>();
  const expand = (parentId: string, text: string): string =>
    replaceTags(text, (tag) => {
      const child = childOf(parentId, tag);
      const inner = expanded.get(child.id) ?? expand(child.id, textOf(child));
      expanded.set(child.id, inner);
      return inner;
    });
  return {
    content: mapTexts(root.content, (text) => expand(root.id, text)),
    graph: toGraph(root, edges),
  };
}

function toGraph(root: Node, edges: readonly Edge[]): PromptGraph | null {
  if (edges.length === 0) return null;
  const dependencies: PromptGraph['dependencies'] = {};
  for (const [parentId, below] of groupByParent(edges)) {
    const nodes = new Map(below.map(({ child }) => [child!.id, child!]));
    dependencies[parentId] = [...nodes.values()].map(({ id, name, version }) => ({ id, name, version }));
  }
  return { root: { name: root.name, version: root.version, id: root.id }, dependencies };
}

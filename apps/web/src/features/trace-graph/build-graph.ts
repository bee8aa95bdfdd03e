import type { SpanNode } from '@tracewell/ui';
import type { TraceSpan } from '../trace/trace-spans';

export interface GraphNode {
  key: string;
  name: string;
  type: NonNullable<TraceSpan['observation']>['type'] | 'TRACE';
  /** Ids of the rows it stands for, in tree order. */
  ids: string[];
  errorCount: number;
  /** Of all it stands for; what has no end counts nothing. */
  durationUs: number;
}

export interface GraphEdge {
  from: string;
  to: string;
  /** `calls`: a parent begins its child. `then`: the one began after the other had ended, below the same parent. */
  kind: 'calls' | 'then';
  count: number;
}

export interface TraceGraph {
  nodes: GraphNode[];
  edges: GraphEdge[];
}

/** `\n` is in no type, so no name can look like another's key. */
const keyOfKind = ({ observation, name }: TraceSpan) =>
  observation ? `${observation.type}\n${name}` : 'TRACE';

/** One node a name and type, and how often one came after the other. `tree` in tree order, the trace first. */
export const aggregateGraph = (tree: readonly SpanNode<TraceSpan>[]): TraceGraph => {
  const before = findPredecessors(tree);
  return buildGraph(tree, keyOfKind, (add) => {
    for (let index = 1; index < tree.length; index++) {
      const previous = before[index]!;
      if (previous >= 0) add(previous, index, 'then');
      else add(tree[index]!.parentIndex, index, 'calls');
    }
  });
};

/** One node an observation: who called it, and what it waited for. `tree` in tree order, the trace first. */
export const expandGraph = (tree: readonly SpanNode<TraceSpan>[]): TraceGraph => {
  const before = findPredecessors(tree);
  return buildGraph(
    tree,
    (span) => span.id,
    (add) => {
      for (let index = 1; index < tree.length; index++) {
        add(tree[index]!.parentIndex, index, 'calls');
        if (before[index]! >= 0) add(before[index]!, index, 'then');
      }
    },
  );
};

function buildGraph(
  tree: readonly SpanNode<TraceSpan>[],
  keyOf: (span: TraceSpan) => string,
  connect: (add: (from: number, to: number, kind: GraphEdge['kind']) => void) => void,
): TraceGraph {
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, GraphEdge>();
  const keys = tree.map(({ span }) => keyOf(span));
  tree.forEach(({ span }, index) => {
    const key = keys[index]!;
    let node = nodes.get(key);
    if (!node) {
      node = {
        key,
        name: span.name,
        type: span.observation?.type ?? 'TRACE',
        ids: [],
        errorCount: 0,
        durationUs: 0,
      };
      nodes.set(key, node);
    }
    node.ids.push(span.id);
    node.durationUs += span.durationUs ?? 0;
    if (span.observation?.level === 'ERROR') node.errorCount++;
  });
  connect((fromIndex, toIndex, kind) => {
    const from = keys[fromIndex];
    const to = keys[toIndex];
    if (from === undefined || to === undefined) return;
    const id = JSON.stringify([from, to, kind]);
    const edge = edges.get(id);
    if (edge) edge.count++;
    else edges.set(id, { from, to, kind, count: 1 });
  });
  return { nodes: [...nodes.values()], edges: [...edges.values()] };
}

/** Of each row the sibling that had ended last when it began, -1 where none had: what runs at once has no order. */
function findPredecessors(tree: readonly SpanNode<TraceSpan>[]): number[] {
  const found = tree.map(() => -1);
  const families = new Map<number, number[]>();
  for (let index = 1; index < tree.length; index++) {
    const { parentIndex } = tree[index]!;
    const family = families.get(parentIndex);
    if (family) family.push(index);
    else families.set(parentIndex, [index]);
  }
  const endOf = (index: number) => {
    const { startUs, durationUs } = tree[index]!.span;
    return durationUs === null ? Number.POSITIVE_INFINITY : startUs + durationUs;
  };
  for (const family of families.values()) {
    const ends = family.map((index) => ({ index, endUs: endOf(index) }));
    ends.sort((a, b) => (a.endUs === b.endUs ? a.index - b.index : a.endUs - b.endUs));
    let next = 0;
    let latest = -1;
    for (const index of family) {
      for (
        let at = ends[next];
        at && at.endUs <= tree[index]!.span.startUs && at.index < index;
        at = ends[++next]
      ) {
        latest = at.index;
      }
      found[index] = latest;
    }
  }
  return found;
}

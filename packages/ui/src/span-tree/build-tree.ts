/**
 * Spans with parents as a list in reading order. A span whose parent is missing is a root; spans that are
 * each other's ancestors (broken clients) are cut open at the earliest, so every span is listed exactly once.
 */
export interface SpanInput {
  id: string;
  parentId: string | null;
  startUs: number;
  /** null: still running, or never ended. */
  durationUs: number | null;
}

export interface SpanNode<Span extends SpanInput> {
  span: Span;
  depth: number;
  /** Its own place in the list. */
  index: number;
  /** Place in the list of its parent; -1 for a root. */
  parentIndex: number;
  /** Place after its last descendant. */
  endIndex: number;
  childCount: number;
  /** Its duration less the time in which a child ran: where the time was really spent. */
  selfUs: number;
}

export function buildSpanTree<Span extends SpanInput>(spans: readonly Span[]): SpanNode<Span>[] {
  const byId = new Map(spans.map((span) => [span.id, span]));
  const children = new Map<string, Span[]>();
  const roots: Span[] = [];
  for (const span of byId.values()) {
    if (span.parentId !== null && span.parentId !== span.id && byId.has(span.parentId)) {
      const list = children.get(span.parentId);
      if (list) list.push(span);
      else children.set(span.parentId, [span]);
    } else roots.push(span);
  }
  for (const list of children.values()) list.sort(byStart);
  roots.sort(byStart);
  const nodes: SpanNode<Span>[] = [];
  const listed = new Set<string>();
  for (const root of roots) listSubtree(root, children, nodes, listed);
  if (listed.size < byId.size) {
    for (const span of [...byId.values()].sort(byStart)) {
      if (!listed.has(span.id)) listSubtree(span, children, nodes, listed);
    }
  }
  return nodes;
}

const byStart = (a: SpanInput, b: SpanInput): number =>
  a.startUs - b.startUs || (b.durationUs ?? 0) - (a.durationUs ?? 0) || (a.id < b.id ? -1 : 1);

function listSubtree<Span extends SpanInput>(
  root: Span,
  children: Map<string, Span[]>,
  nodes: SpanNode<Span>[],
  listed: Set<string>,
): void {
  // A stack of our own: a chain of 10,000 spans must not overflow the engine's.
  const stack: { span: Span; depth: number; parentIndex: number }[] = [
    { span: root, depth: 0, parentIndex: -1 },
  ];
  const first = nodes.length;
  while (stack.length) {
    const { span, depth, parentIndex } = stack.pop()!;
    if (listed.has(span.id)) continue;
    listed.add(span.id);
    const index = nodes.length;
    const own = (children.get(span.id) ?? []).filter((child) => !listed.has(child.id));
    nodes.push({
      span,
      depth,
      index,
      parentIndex,
      endIndex: index + 1,
      childCount: own.length,
      selfUs: measureSelf(span, own),
    });
    for (let i = own.length - 1; i >= 0; i--)
      stack.push({ span: own[i]!, depth: depth + 1, parentIndex: index });
  }
  for (let index = nodes.length - 1; index > first; index--) {
    const node = nodes[index]!;
    const parent = nodes[node.parentIndex];
    if (parent && parent.endIndex < node.endIndex) parent.endIndex = node.endIndex;
  }
}

/** `children` sorted by start. Children that run at once count once; what runs after its parent ended, not at all. */
function measureSelf(span: SpanInput, children: readonly SpanInput[]): number {
  if (span.durationUs === null) return 0;
  const end = span.startUs + span.durationUs;
  let covered = 0;
  let reached = span.startUs;
  for (const child of children) {
    const from = Math.max(reached, child.startUs);
    const to = Math.min(end, child.startUs + (child.durationUs ?? 0));
    if (to > from) {
      covered += to - from;
      reached = to;
    }
  }
  return span.durationUs - covered;
}

/** Places of the nodes in sight: all but those below a closed one. */
export function listVisible(nodes: readonly SpanNode<SpanInput>[], closed: ReadonlySet<string>): number[] {
  const visible: number[] = [];
  for (let index = 0; index < nodes.length; ) {
    const node = nodes[index]!;
    visible.push(index);
    index = node.childCount && closed.has(node.span.id) ? node.endIndex : index + 1;
  }
  return visible;
}

/** Ids of all ancestors of a node, nearest first. */
export function listAncestors(nodes: readonly SpanNode<SpanInput>[], index: number): string[] {
  const ids: string[] = [];
  for (let at = nodes[index]?.parentIndex ?? -1; at >= 0; at = nodes[at]?.parentIndex ?? -1) {
    ids.push(nodes[at]!.span.id);
  }
  return ids;
}

import type { SpanInput, SpanNode } from '@tracewell/ui';

/**
 * Ids of the rows that decide when the whole ends: from the end backwards, at each level the child that ended
 * last, then the one that ended last before that began, and so on. Make one of them faster and the whole is.
 * `nodes` in tree order, the whole first. A span without an end lasts as long as the whole.
 */
export function findCriticalPath(nodes: readonly SpanNode<SpanInput>[]): Set<string> {
  const path = new Set<string>();
  const root = nodes[0];
  if (!root) return path;
  const wholeEnd = nodes.reduce(
    (end, { span }) => Math.max(end, span.startUs + (span.durationUs ?? 0)),
    Number.NEGATIVE_INFINITY,
  );
  // A child may outlast its parent (work that nobody waited for), so what counts is the end of all below.
  const ends = nodes.map(({ span }) =>
    span.durationUs === null ? wholeEnd : span.startUs + span.durationUs,
  );
  const children = new Map<number, number[]>();
  for (let index = nodes.length - 1; index > 0; index--) {
    const parent = nodes[index]!.parentIndex;
    if (parent < 0) continue;
    ends[parent] = Math.max(ends[parent]!, ends[index]!);
    const list = children.get(parent);
    if (list) list.push(index);
    else children.set(parent, [index]);
  }
  const stack = [{ index: 0, untilUs: ends[0]! }];
  for (let at = stack.pop(); at; at = stack.pop()) {
    path.add(nodes[at.index]!.span.id);
    const own = children.get(at.index) ?? [];
    own.sort((a, b) => ends[b]! - ends[a]! || nodes[a]!.span.startUs - nodes[b]!.span.startUs);
    let limitUs = at.untilUs;
    for (const child of own) {
      const { startUs } = nodes[child]!.span;
      const endUs = Math.min(ends[child]!, at.untilUs);
      if (endUs > limitUs || endUs <= startUs) continue;
      stack.push({ index: child, untilUs: endUs });
      limitUs = startUs;
    }
  }
  return path;
}

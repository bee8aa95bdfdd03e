import { describe, expect, it } from 'vitest';
import { buildSpanTree, listAncestors, listVisible, type SpanInput } from './build-tree';
import { listTicks } from './ticks';

const span = (
  id: string,
  parentId: string | null,
  startUs: number,
  durationUs: number | null = 10,
): SpanInput => ({
  id,
  parentId,
  startUs,
  durationUs,
});
const outline = (spans: SpanInput[]) =>
  buildSpanTree(spans).map((node) => `${'.'.repeat(node.depth)}${node.span.id}`);

describe('a tree of spans', () => {
  it('lists children below their parent by start, whatever the order they came in', () =>
    expect(outline([span('c', 'a', 5), span('b', 'a', 2), span('a', null, 0), span('d', 'b', 3)])).toEqual([
      'a',
      '.b',
      '..d',
      '.c',
    ]));
  it('shows a span whose parent is missing as a root', () =>
    expect(outline([span('a', null, 0), span('x', 'gone', 1)])).toEqual(['a', 'x']));
  it('lists spans in a circle once each', () => {
    expect(outline([span('a', 'b', 0), span('b', 'a', 1), span('s', 's', 2)])).toEqual(['s', 'a', '.b']);
  });
  it('lists an id that came twice once', () =>
    expect(outline([span('a', null, 0), span('a', null, 3)])).toEqual(['a']));
  it('takes a chain of 20,000', () => {
    const nodes = buildSpanTree(
      Array.from({ length: 20_000 }, (_, i) => span(`s${i}`, i ? `s${i - 1}` : null, i)),
    );
    expect(nodes.at(-1)?.depth).toBe(19_999);
    expect(nodes[0]?.endIndex).toBe(20_000);
    expect(listAncestors(nodes, 19_999).length).toBe(19_999);
  });
  it('counts time of children that overlap once', () => {
    const [root] = buildSpanTree([
      span('a', null, 0, 100),
      span('b', 'a', 10, 30),
      span('c', 'a', 20, 30),
      span('d', 'a', 90, 50),
    ]);
    expect(root?.selfUs).toBe(100 - 40 - 10);
  });
  it('gives no self time to what has not ended', () =>
    expect(buildSpanTree([span('a', null, 0, null)])[0]?.selfUs).toBe(0));
  it('hides what lies below a closed node', () => {
    const nodes = buildSpanTree([
      span('a', null, 0),
      span('b', 'a', 1),
      span('c', 'b', 2),
      span('d', 'a', 3),
    ]);
    expect(listVisible(nodes, new Set(['b']))).toEqual([0, 1, 3]);
    expect(listVisible(nodes, new Set(['a']))).toEqual([0]);
    expect(listVisible(nodes, new Set(['c']))).toEqual([0, 1, 2, 3]);
  });
});

it('puts ruler marks at round places', () => {
  expect(listTicks(0, 1_000_000, 5)).toEqual([0, 200_000, 400_000, 600_000, 800_000, 1_000_000]);
  expect(listTicks(130, 390, 4)).toEqual([200, 300]);
  expect(listTicks(0, 0, 4)).toEqual([]);
});

import { expect, it } from 'vitest';
import type { GraphNode } from './build-graph';
import { layOutGraph, nodeHeight } from './lay-out-graph';

const node = (key: string): GraphNode => ({
  key,
  name: key,
  type: 'SPAN',
  ids: [key],
  errorCount: 0,
  durationUs: 0,
});

it('puts what comes later lower, also where it goes around, and keeps both kinds of edge', () => {
  const placed = layOutGraph({
    nodes: ['', 'a', 'b'].map(node),
    edges: [
      { from: '', to: 'a', kind: 'calls', count: 1 },
      { from: 'a', to: 'b', kind: 'then', count: 2 },
      { from: 'a', to: 'b', kind: 'calls', count: 1 },
      { from: 'b', to: 'b', kind: 'then', count: 1 },
    ],
  });
  const [root, a, b] = placed.nodes;
  expect(a!.y).toBeGreaterThanOrEqual(root!.y + nodeHeight);
  expect(b!.y).toBeGreaterThanOrEqual(a!.y + nodeHeight);
  expect(placed.edges.every((edge) => edge.points.length >= 2)).toBe(true);
  expect(placed.height).toBeGreaterThanOrEqual(b!.y + nodeHeight);
});

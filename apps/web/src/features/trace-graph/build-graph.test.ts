import { buildSpanTree } from '@tracewell/ui';
import { describe, expect, it } from 'vitest';
import type { ObservationNode } from '../../api-client/types';
import type { TraceSpan } from '../trace/trace-spans';
import { aggregateGraph, expandGraph, type TraceGraph } from './build-graph';

/** `[id, parent, name, start, duration]` below a trace of its own. */
const treeOf = (...rows: [string, string, string, number, number | null][]) =>
  buildSpanTree<TraceSpan>([
    {
      id: '',
      parentId: null,
      startUs: 0,
      durationUs: 1000,
      name: 'trace',
      observation: null,
      isOrphan: false,
    },
    ...rows.map(([id, parentId, name, startUs, durationUs]) => ({
      id,
      parentId,
      startUs,
      durationUs,
      name,
      observation: { type: 'SPAN', level: name === 'bad' ? 'ERROR' : 'DEFAULT' } as ObservationNode,
      isOrphan: false,
    })),
  ]);
const edgesOf = ({ edges, nodes }: TraceGraph) => {
  const nameOf = (key: string) => nodes.find((node) => node.key === key)?.name;
  return edges.map(({ from, to, kind, count }) => `${nameOf(from)} ${kind} ${nameOf(to)} ${count}`).sort();
};

describe('the aggregated graph', () => {
  it('counts how often one step came after another', () => {
    const graph = aggregateGraph(
      treeOf(
        ['1', '', 'think', 0, 10],
        ['2', '', 'search', 10, 10],
        ['3', '', 'think', 20, 10],
        ['4', '', 'search', 31, 10],
        ['5', '', 'bad', 50, 1],
      ),
    );
    expect(graph.nodes.map((node) => [node.name, node.ids.length, node.errorCount, node.durationUs])).toEqual(
      [
        ['trace', 1, 0, 1000],
        ['think', 2, 0, 20],
        ['search', 2, 0, 20],
        ['bad', 1, 1, 1],
      ],
    );
    expect(edgesOf(graph)).toEqual([
      'search then bad 1',
      'search then think 1',
      'think then search 2',
      'trace calls think 1',
    ]);
  });
  it('gives what runs at once no order, nor what follows something without an end', () =>
    expect(
      edgesOf(aggregateGraph(treeOf(['1', '', 'a', 0, 10], ['2', '', 'b', 5, 10], ['3', '', 'c', 6, null]))),
    ).toEqual(['trace calls a 1', 'trace calls b 1', 'trace calls c 1']));
});

it('orders point events of one moment without a cycle', () =>
  expect(edgesOf(expandGraph(treeOf(['1', '', 'a', 5, 0], ['2', '', 'b', 5, 0])))).toEqual([
    'a then b 1',
    'trace calls a 1',
    'trace calls b 1',
  ]));

it('has one node an observation when expanded, below the one that called it', () =>
  expect(
    edgesOf(expandGraph(treeOf(['1', '', 'agent', 0, 100], ['2', '1', 'a', 0, 10], ['3', '1', 'b', 20, 5]))),
  ).toEqual(['a then b 1', 'agent calls a 1', 'agent calls b 1', 'trace calls agent 1']));

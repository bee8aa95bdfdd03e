import { describe, expect, it } from 'vitest';
import type { ObservationNode } from '../../api-client/types';
import { buildTraceTree, findSpans, heatOf, listJumps, nextOf } from './trace-spans';

const observation = (id: string, given: Partial<ObservationNode> = {}): ObservationNode => ({
  id,
  parentObservationId: null,
  type: 'SPAN',
  name: id,
  startTime: '2026-11-24T10:00:00.000Z',
  endTime: null,
  startOffsetUs: 0,
  durationUs: 10,
  completionStartOffsetUs: null,
  level: 'DEFAULT',
  statusMessage: '',
  environment: 'default',
  model: '',
  modelId: '',
  promptName: '',
  promptVersion: null,
  usage: {},
  cost: {},
  toolCallNames: [],
  ...given,
});
const treeOf = (...observations: ObservationNode[]) =>
  buildTraceTree({ name: 't', latencyMs: 0.1, observations });

describe('the tree of a trace', () => {
  it('has the trace as its first row and everything below', () =>
    expect(
      treeOf(
        observation('b', { parentObservationId: 'a', startOffsetUs: 5 }),
        observation('a'),
        observation('lost', { parentObservationId: 'gone', startOffsetUs: 2 }),
        observation('self', { parentObservationId: 'self', startOffsetUs: 9 }),
      ).map((node) => `${node.depth} ${node.span.id || 'trace'}${node.span.isOrphan ? ' orphan' : ''}`),
    ).toEqual(['0 trace', '1 a', '2 b', '1 lost orphan', '1 self']));
  it('is one row without observations', () => expect(treeOf()).toHaveLength(1));
});

describe('finding in a trace', () => {
  const nodes = treeOf(
    observation('a', { name: 'Answer question', type: 'GENERATION', model: 'gpt-5' }),
    observation('b', {
      name: 'search',
      toolCallNames: ['web_search'],
      level: 'ERROR',
      statusMessage: 'Timed out',
    }),
  );
  it('needs every word, in any field', () => {
    expect(findSpans(nodes, 'generation GPT')).toEqual(['a']);
    expect(findSpans(nodes, 'timed')).toEqual(['b']);
    expect(findSpans(nodes, 'web_search answer')).toEqual([]);
    expect(findSpans(nodes, '  ')).toEqual([]);
  });
  it('walks the hits around', () => {
    expect(nextOf(['a', 'b'], null)).toBe('a');
    expect(nextOf(['a', 'b'], 'b')).toBe('a');
    expect(nextOf(['a', 'b'], 'a', -1)).toBe('b');
    expect(nextOf([], 'a')).toBeUndefined();
  });
});

it('jumps to errors in time, and to what takes most', () => {
  const nodes = treeOf(
    observation('slow', { durationUs: 90, startOffsetUs: 3, cost: { total: 1 } }),
    observation('dear', { durationUs: 5, startOffsetUs: 1, cost: { total: 9 }, level: 'ERROR' }),
    observation('late', { durationUs: 1, startOffsetUs: 50, level: 'ERROR' }),
  );
  expect(listJumps(nodes, 'error')).toEqual(['dear', 'late']);
  expect(listJumps(nodes, 'slow')[0]).toBe('slow');
  expect(listJumps(nodes, 'dear')).toEqual(['dear', 'slow']);
});

it('heats by share', () => {
  expect([heatOf(6, 10), heatOf(2, 10), heatOf(1, 10), heatOf(1, 0), heatOf(0, 10)]).toEqual([
    'hot',
    'warm',
    'none',
    'none',
    'none',
  ]);
});

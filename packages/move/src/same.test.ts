import { describe, expect, it } from 'vitest';
import { findDifferences } from './same';

describe('the same on both ends', () => {
  it('does not tell absent, null and empty apart, nor notations of a time, nor orders of tags', () => {
    const fields = { a: 'value', b: 'value', at: 'time', tags: 'set', environment: 'environment' } as const;
    const there = {
      a: null,
      b: {},
      at: '2026-01-31T12:00:00.000Z',
      tags: ['b', 'a'],
      environment: 'langfuse-eval',
    };
    const here = { b: null, at: '2026-01-31T13:00:00.000+01:00', tags: ['a', 'b'], environment: 'eval' };
    expect(findDifferences(fields, there, here)).toEqual([]);
  });

  it('names every field that differs', () => {
    const fields = { a: 'value', b: 'value', at: 'time', tags: 'set', n: 'value' } as const;
    const there = { a: { x: [1] }, b: '1', at: '2026-01-31T12:00:00.000Z', tags: ['a'], n: 0 };
    const here = { a: { x: [1, 2] }, b: 1, at: '2026-01-31T12:00:00.001Z', tags: ['a', 'a'], n: null };
    expect(findDifferences(fields, there, here)).toEqual(['a', 'b', 'at', 'tags', 'n']);
  });
});

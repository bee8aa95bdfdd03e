import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeChoice, encodeChoice, listConditions, markOf, setMark } from './facet-choice';

describe('a facet choice', () => {
  it('reads well in a URL', () =>
    expect(encodeChoice({ include: ['chat', 'search'], exclude: ['health'] })).toBe('chat,search,!health'));
  it('comes back from the URL whatever the values are', () => {
    const values = fc.uniqueArray(fc.string(), { minLength: 0, maxLength: 5 });
    fc.assert(
      fc.property(values, values, (include, exclude) => {
        fc.pre(include.length + exclude.length > 0);
        expect(decodeChoice(encodeChoice({ include, exclude }))).toEqual({ include, exclude });
      }),
    );
  });
  it('has one mark a value', () => {
    const chosen = setMark({ include: ['a'], exclude: ['b'] }, 'a', 'not');
    expect(chosen).toEqual({ include: [], exclude: ['b', 'a'] });
    expect(markOf(chosen ?? undefined, 'a')).toBe('not');
    expect(setMark({ include: ['a'], exclude: [] }, 'a', 'off')).toBeNull();
  });
  it('becomes conditions of the wire', () =>
    expect(
      listConditions(
        { level: { include: ['ERROR'], exclude: [] }, tags: { include: ['x'], exclude: ['y'] } },
        { minLatency: 2.5, minCost: null },
      ),
    ).toEqual([
      { type: 'stringOptions', column: 'level', operator: 'any of', value: ['ERROR'] },
      { type: 'arrayOptions', column: 'tags', operator: 'any of', value: ['x'] },
      { type: 'arrayOptions', column: 'tags', operator: 'none of', value: ['y'] },
      { type: 'number', column: 'latency', operator: '>=', value: 2.5 },
    ]));
});

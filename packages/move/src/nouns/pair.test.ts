import { describe, expect, it } from 'vitest';
import { canonical, pairUp } from './pair';

const item = (id: string, name: string) => ({ id, name });
const keyOf = ({ name }: { name: string }) => name;
type Item = ReturnType<typeof item>;
const idsOf = (there: Item[], here: Item[], known = new Map<string, string>()) =>
  pairUp(there, here, known, keyOf, keyOf).map((pair) => [pair.there.id, pair.here?.id]);

describe('pairs', () => {
  it('go by known ids first, so that a renamed thing is the same', () => {
    const known = new Map([['a', '2']]);
    expect(idsOf([item('a', 'new name')], [item('1', 'new name'), item('2', 'old name')], known)).toEqual([
      ['a', '2'],
    ]);
  });

  it('else by what they are, each partner once: what is there twice is to be here twice', () => {
    const there = [item('a', 'x'), item('b', 'x'), item('c', 'x')];
    expect(idsOf(there, [item('1', 'x'), item('2', 'x'), item('3', 'y')])).toEqual([
      ['a', '1'],
      ['b', '2'],
      ['c', undefined],
    ]);
  });

  it('do not mind the order of keys, nor nulls', () => {
    expect(canonical({ b: [1, { d: 1, c: null }], a: undefined })).toBe(canonical({ b: [1, { d: 1 }] }));
    expect(canonical({ a: [1, 2] })).not.toBe(canonical({ a: [2, 1] }));
  });
});

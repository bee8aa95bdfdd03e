import { describe, expect, it } from 'vitest';
import { listJsonRows, pageSize, planInitialOpen } from './rows';

const all = () => true;
const shape = (value: unknown, isOpen = all) =>
  listJsonRows(value, isOpen).map((row) => `${'  '.repeat(row.depth)}${row.key ?? '$'}:${row.kind}`);

describe('rows of a JSON value', () => {
  it('lists in reading order', () =>
    expect(shape({ a: [1, { b: null }], c: 'x' })).toEqual([
      '$:open',
      '  a:open',
      '    0:leaf',
      '    1:open',
      '      b:leaf',
      '  c:leaf',
    ]));
  it('never lists below a closed node', () =>
    expect(listJsonRows({ a: { b: 1 } }, (id) => id === '$').map((row) => row.id)).toEqual(['$', '$/a']));
  it('has paths a person can paste', () =>
    expect(listJsonRows({ 'a b': [{ c: 1 }] }, all).at(-1)?.path).toBe('["a b"][0].c'));
  it('keeps keys with slashes apart', () => {
    const ids = listJsonRows({ 'a/b': 1, a: { b: 2 }, 'a#0': 3 }, all).map((row) => row.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
  it('pages a long array and loses no entry', () => {
    const rows = listJsonRows(
      Array.from({ length: pageSize * 2 + 7 }, (_, i) => i),
      all,
    );
    expect(rows.filter((row) => row.kind === 'leaf').map((row) => row.value)).toEqual(
      Array.from({ length: pageSize * 2 + 7 }, (_, i) => i),
    );
    expect(rows.filter((row) => row.depth === 1).length).toBe(3);
  });
  it('lists a deep value without a stack overflow', () => {
    let value: unknown = 1;
    for (let i = 0; i < 20_000; i++) value = [value];
    expect(listJsonRows(value, (_, depth) => depth < 50_000).length).toBe(20_001);
  });
  it('opens the first page of a long list at once', () => {
    const open = planInitialOpen(Array.from({ length: 5000 }, (_, i) => i));
    expect(open).toEqual(new Set(['$', '$#0']));
  });
  it('opens small values fully and big ones in part', () => {
    expect(planInitialOpen({ a: { b: { c: 1 } } })).toEqual(new Set(['$', '$/a', '$/a/b']));
    expect(planInitialOpen({ a: Array(300).fill(1), b: { c: 1 } })).toEqual(new Set(['$', '$/b']));
  });
});

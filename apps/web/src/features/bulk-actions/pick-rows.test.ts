import { maxPickedTraces } from '@tracewell/contract';
import { expect, it } from 'vitest';
import { arePicked, maxPicked, noPicks, pickRange, toggleAll, togglePick } from './pick-rows';

const order = ['a', 'b', 'c', 'd', 'e'];
const many = Array.from({ length: maxPicked + 5 }, (_, n) => `row-${n}`);

it('picks a row and lets it go', () => {
  const picked = togglePick(noPicks, 'b');
  expect([...picked.keys]).toEqual(['b']);
  expect([...togglePick(picked, 'b').keys]).toEqual([]);
});

it('picks from the last picked row to another, either way', () => {
  expect([...pickRange(togglePick(noPicks, 'b'), order, 'd').keys]).toEqual(['b', 'c', 'd']);
  expect([...pickRange(togglePick(noPicks, 'd'), order, 'b').keys].sort()).toEqual(['b', 'c', 'd']);
});

it('picks the row alone when its range has no beginning any more', () => {
  expect([...pickRange(noPicks, order, 'd').keys]).toEqual(['d']);
  expect([...pickRange(togglePick(noPicks, 'gone'), order, 'd').keys]).toEqual(['gone', 'd']);
});

it('picks all that is there, then none', () => {
  const all = toggleAll(togglePick(noPicks, 'c'), order);
  expect([...all.keys].sort()).toEqual(order);
  expect(toggleAll(all, order).keys.size).toBe(0);
});

it('picks no more than the API takes', () => {
  expect(maxPicked).toBe(maxPickedTraces);
  const all = toggleAll(noPicks, many);
  expect(all.keys.size).toBe(maxPicked);
  expect(arePicked(all, many)).toBe(true);
  expect(togglePick(all, 'another').keys.size).toBe(maxPicked);
});

import { buildSpanTree } from '@tracewell/ui';
import { expect, it } from 'vitest';
import { findCriticalPath } from './critical-path';

/** `[id, parent, start, duration]` */
const pathOf = (...spans: [string, string | null, number, number | null][]) =>
  [
    ...findCriticalPath(
      buildSpanTree(
        spans.map(([id, parentId, startUs, durationUs]) => ({ id, parentId, startUs, durationUs })),
      ),
    ),
  ].sort();

it('takes steps in a row, and of steps at once the one waited for', () =>
  expect(
    pathOf(
      ['all', null, 0, 100],
      ['a', 'all', 0, 30],
      ['b', 'all', 0, 40],
      ['c', 'all', 40, 60],
      ['d', 'all', 45, 5],
    ),
  ).toEqual(['all', 'b', 'c']));
it('goes down only where it was waited', () =>
  expect(
    pathOf(
      ['all', null, 0, 100],
      ['a', 'all', 0, 30],
      ['a1', 'a', 0, 30],
      ['b', 'all', 0, 90],
      ['b1', 'b', 10, 20],
    ),
  ).toEqual(['all', 'b', 'b1']));
it('follows a child that outlasts its parent', () =>
  expect(
    pathOf(['all', null, 0, 100], ['a', 'all', 0, 10], ['late', 'a', 5, 95], ['b', 'all', 10, 50]),
  ).toEqual(['a', 'all', 'late']));
it('takes what still runs as deciding, and never an event', () =>
  expect(pathOf(['all', null, 0, 100], ['runs', 'all', 0, null], ['event', 'all', 100, 0])).toEqual([
    'all',
    'runs',
  ]));
it('does not overflow on a deep chain, and is empty without spans', () => {
  const deep = Array.from(
    { length: 10_000 },
    (_, i) => [`${i}`, i ? `${i - 1}` : null, i, 20_000 - 2 * i] as [string, string | null, number, number],
  );
  expect(pathOf(...deep)).toHaveLength(10_000);
  expect(pathOf()).toEqual([]);
});

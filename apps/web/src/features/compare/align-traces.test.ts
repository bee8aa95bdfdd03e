import { describe, expect, it } from 'vitest';
import { type AlignedInput, alignTraces, maxAlignmentCells } from './align-traces';

const step = (
  id: string,
  name: string,
  startOffsetUs: number,
  parent: string | null = null,
): AlignedInput => ({
  id,
  name,
  type: 'SPAN',
  parentObservationId: parent,
  startOffsetUs,
});
const read = (left: AlignedInput[], right: AlignedInput[]) =>
  alignTraces(left, right).map(
    (pair) => `${'.'.repeat(pair.depth)}${pair.left?.id ?? '-'} ${pair.right?.id ?? '-'}`,
  );

describe('two traces aligned by structure', () => {
  it('matches the same steps at the same place, whatever their ids', () =>
    expect(
      read(
        [step('a', 'agent', 0), step('b', 'plan', 1, 'a'), step('c', 'act', 2, 'a')],
        [step('x', 'agent', 0), step('z', 'act', 9, 'x'), step('y', 'plan', 4, 'x')],
      ),
    ).toEqual(['a x', '.b y', '.c z']));
  it('leaves a step that one side alone has at its place, with all below it', () =>
    expect(
      read(
        [step('a', 'plan', 0), step('b', 'act', 5)],
        [step('x', 'plan', 0), step('n', 'look', 1), step('m', 'read', 2, 'n'), step('y', 'act', 5)],
      ),
    ).toEqual(['a x', '- n', '.- m', 'b y']));
  it('does not match by name alone what is of another type', () =>
    expect(read([step('a', 'x', 0)], [{ ...step('b', 'x', 0), type: 'GENERATION' }])).toEqual([
      'a -',
      '- b',
    ]));
  it('shows lost parents and cycles as roots, once each', () =>
    expect(
      read(
        [step('a', 'lost', 0, 'gone'), step('b', 'one', 1, 'c'), step('c', 'two', 2, 'b')],
        [step('s', 'self', 0, 's')],
      ),
    ).toEqual(['a -', 'b -', '.c -', '- s']));
  it('has every observation exactly once above the limit of the table too', () => {
    const count = Math.ceil(Math.sqrt(maxAlignmentCells)) + 1;
    const left = Array.from({ length: count }, (_, index) => step(`l${index}`, `n${index % 7}`, index));
    const right = Array.from({ length: count }, (_, index) => step(`r${index}`, `n${index % 5}`, index));
    const pairs = alignTraces(left, right);
    expect(new Set(pairs.flatMap((pair) => (pair.left ? [pair.left.id] : []))).size).toBe(count);
    expect(new Set(pairs.flatMap((pair) => (pair.right ? [pair.right.id] : []))).size).toBe(count);
    expect(pairs.filter((pair) => pair.left && pair.right).length).toBeGreaterThan(0);
    for (const pair of pairs) if (pair.left && pair.right) expect(pair.left.name).toBe(pair.right.name);
  });
});

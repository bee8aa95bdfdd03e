import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankDifferences } from './rank-differences';

const totals = { inside: 100, outside: 900 };
const of = (field: string, value: string, inside: number, outside: number) => ({
  field,
  value,
  inside,
  outside,
});

describe('rankDifferences', () => {
  it('puts first what is most of the region and little of the rest, with its sign', () => {
    const fields = rankDifferences(
      [
        of('model', 'gpt-4o', 95, 90),
        of('model', 'claude', 5, 700),
        of('user', 'ann', 30, 100),
        of('environment', 'production', 80, 720),
      ],
      totals,
    );
    expect(fields.map(({ field }) => field)).toEqual(['model', 'user']);
    expect(fields[0]!.values).toMatchObject([
      { value: 'gpt-4o', insideShare: 0.95, outsideShare: 0.1 },
      { value: 'claude', insideShare: 0.05 },
    ]);
    expect(fields[0]!.values[1]!.effect).toBeLessThan(0);
  });

  it('leaves out what may be chance: a value that one trace has', () => {
    expect(rankDifferences([of('session', 's1', 1, 0), of('tag', 'x', 2, 4)], totals)).toEqual([]);
  });

  it('has nothing to say of an empty group', () => {
    expect(rankDifferences([of('a', 'b', 5, 0)], { inside: 5, outside: 0 })).toEqual([]);
    expect(rankDifferences([of('a', 'b', 0, 5)], { inside: 0, outside: 5 })).toEqual([]);
  });

  it('stays within its bounds for any counts', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), fc.nat(500), fc.nat(500), (a, b, c, d) => {
        const [field] = rankDifferences([of('f', 'v', a, b)], { inside: a + c, outside: b + d });
        if (!field) return;
        const [value] = field.values;
        expect(Math.abs(value!.effect)).toBeLessThanOrEqual(Math.PI + 1e-9);
        expect(Math.sign(value!.effect)).toBe(Math.sign(a * (b + d) - b * (a + c)));
      }),
    );
  });
});

import type { PricingTier, UsageMap } from '@tracewell/domain';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDollars, readPrice, shiftDecimal } from './money';
import { computeCost, keepProvidedCost, normaliseCost, normaliseUsage, withTotal } from './usage-cost';

const tier = (prices: Record<string, number>): PricingTier => ({
  id: 't',
  name: 'Standard',
  isDefault: true,
  priority: 0,
  conditions: [],
  prices,
});
const plain = (map: UsageMap) => ({ ...map });
const costOf = (usage: UsageMap, prices: Record<string, number>) => plain(computeCost(usage, tier(prices)));

describe('usage', () => {
  it('drops what is no count, and rounds to whole units', () => {
    expect(
      plain(
        normaliseUsage({
          input: 5,
          negative: -1,
          nothing: Number.NaN,
          endless: Infinity,
          half: 2.5,
          zero: 0,
        }),
      ),
    ).toEqual({ input: 5, half: 3, zero: 0 });
    expect(plain(normaliseUsage({ absurd: 1e300 }))).toEqual({});
  });

  it('keeps keys that mean something to JavaScript', () => {
    const usage = normaliseUsage(JSON.parse('{"__proto__": 3, "constructor": 4}'));
    expect(Object.entries(usage)).toEqual([
      ['__proto__', 3],
      ['constructor', 4],
    ]);
    expect(withTotal(usage).total).toBe(7);
  });

  it('sums all keys for a missing total only', () => {
    expect(plain(withTotal({ input: 10, output: 5, input_cached_tokens: 2 }))).toEqual({
      input: 10,
      output: 5,
      input_cached_tokens: 2,
      total: 17,
    });
    expect(plain(withTotal({ input: 10, total: 3 }))).toEqual({ input: 10, total: 3 });
    expect(plain(withTotal({}))).toEqual({});
  });
});

describe('cost from the client', () => {
  it.each([
    [
      { input: 0.1, output: 0.2 },
      { input: 0.1, output: 0.2, total: 0.3 },
    ],
    [{ input: 0.1 }, { input: 0.1, total: 0.1 }],
    [{ output: 0.2 }, { output: 0.2, total: 0.2 }],
    [{ total: 7 }, { total: 7 }],
    [
      { input: 1, output: 2, total: 9 },
      { input: 1, output: 2, total: 9 },
    ],
    [
      { input: 1, output: 2, cache: 1 },
      { input: 1, output: 2, cache: 1 },
    ],
    [{ cache: 1 }, { cache: 1 }],
  ])('%j is kept as %j', (provided, kept) => {
    expect(plain(keepProvidedCost(provided))).toEqual(kept);
  });

  it('drops what is no amount of money', () => {
    expect(plain(normaliseCost({ input: 0.1, output: -1, total: Number.NaN, other: Infinity }))).toEqual({
      input: 0.1,
    });
  });
});

describe('computed cost', () => {
  it.each([
    [
      'units times price, and their sum',
      { input: 1000, output: 500 },
      { input: 0.0000025, output: 0.00001 },
      { input: 0.0025, output: 0.005, total: 0.0075 },
    ],
    [
      'no noise of doubles',
      { input: 1, output: 2 },
      { input: 0.1, output: 0.1 },
      { input: 0.1, output: 0.2, total: 0.3 },
    ],
    ['a key without a price adds nothing', { input: 1, mystery: 9 }, { input: 2 }, { input: 2, total: 2 }],
    ['names must be the same', { Input: 1, input_text: 1 }, { input: 2 }, {}],
    [
      'a price of total counts for total',
      { input: 10, total: 20 },
      { input: 1, total: 0.5 },
      { input: 10, total: 10 },
    ],
    ['free is zero dollars', { input: 10 }, { input: 0 }, { input: 0, total: 0 }],
    ['finer than a picodollar', { input: 3 }, { input: 1.5e-13 }, { input: 0, total: 0 }],
    ['rounded half up to picodollars', { input: 5 }, { input: 1.5e-13 }, { input: 1e-12, total: 1e-12 }],
    [
      'more than doubles hold in picodollars',
      { input: 1e12, output: 1 },
      { input: 0.000003, output: 0.0000001 },
      { input: 3_000_000, output: 0.0000001, total: 3_000_000.0000001 },
    ],
  ])('%s', (_, usage, prices, cost) => {
    expect(costOf(usage, prices)).toEqual(cost);
  });

  const keys = fc.constantFrom('input', 'output', 'input_cached_tokens', 'reasoning_tokens', 'x');
  const usages = fc.dictionary(keys, fc.integer({ min: 0, max: 10_000_000 }));
  /** Dollars per million with up to four digits behind the point, as price lists have them. */
  const prices = fc.dictionary(
    keys,
    fc.integer({ min: 0, max: 10_000_000 }).map((tenThousandths) => shiftDecimal(tenThousandths, -10)),
  );

  it('is what exact arithmetic says, to the last picodollar', () => {
    fc.assert(
      fc.property(usages, prices, (usage, priceMap) => {
        let sum = 0n;
        for (const [key, units] of Object.entries(usage)) {
          const price = priceMap[key];
          if (price === undefined) continue;
          const pico = BigInt(units) * BigInt(Math.round(price * 1e12));
          sum += pico;
          expect(costOf(usage, priceMap)[key]).toBe(Number(`${pico}e-12`));
        }
        expect(costOf(usage, priceMap).total ?? 0).toBe(Number(`${sum}e-12`));
      }),
    );
  });

  it('is the same whatever the order of keys, and never negative', () => {
    fc.assert(
      fc.property(usages, prices, (usage, priceMap) => {
        const cost = costOf(usage, priceMap);
        const turned = Object.fromEntries(Object.entries(usage).reverse());
        expect(costOf(turned, priceMap)).toEqual(cost);
        for (const value of Object.values(cost)) expect(value).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('goes the fast and the exact way to the same amount', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1_000_000 }),
        fc.integer({ min: 0, max: 100_000 }),
        (units, micro) => {
          const price = shiftDecimal(micro, -9);
          // A second key finer than a picodollar sends the whole observation the exact way.
          const exact = costOf({ input: units, fine: 0 }, { input: price, fine: 1e-14 });
          expect(exact.input).toBe(costOf({ input: units }, { input: price }).input);
        },
      ),
    );
  });
});

describe('money', () => {
  it('moves the point without noise', () => {
    expect(shiftDecimal(0.15, -6)).toBe(1.5e-7);
    expect(shiftDecimal(1e-7, -6)).toBe(1e-13);
    expect(shiftDecimal(2.5, -6)).toBe(0.0000025);
  });
  it('adds as a person does', () => {
    expect(addDollars(0.1, 0.2)).toBe(0.3);
    expect(addDollars(1e-12, 2e-12)).toBe(3e-12);
  });
  it('knows which prices are whole picodollars', () => {
    expect(readPrice(1.5e-7).pico).toBe(150_000);
    expect(readPrice(1e-13).pico).toBeNull();
  });
});

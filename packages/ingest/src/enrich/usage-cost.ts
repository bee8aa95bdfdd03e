import type { PricingTier, UsageMap } from '@tracewell/domain';
import { addDollars, dollarsOf, dollarsOfFine, type Price, readFine, readPrice } from './money';

/** More units than this in one key are no count but a mistake; sums of a thousand keys still fit the table. */
export const maxUnits = 1e15;

/** Keys are the client's: without a prototype `__proto__` is a key like any other. */
export const createUsageMap = (): UsageMap => Object.create(null);

/** Whole units, as the table holds them. Negative values, values that are no numbers and absurd ones are dropped. */
export function normaliseUsage(provided: UsageMap): UsageMap {
  const usage = createUsageMap();
  for (const key in provided) {
    const value = Math.round(Number(provided[key]));
    if (value >= 0 && value <= maxUnits) usage[key] = value;
  }
  return usage;
}

/** Dollars as they came; negative values and values that are no numbers are dropped. */
export function normaliseCost(provided: UsageMap): UsageMap {
  const cost = createUsageMap();
  for (const key in provided) {
    const value = Number(provided[key]);
    if (value >= 0 && Number.isFinite(value)) cost[key] = value;
  }
  return cost;
}

export function isEmptyMap(map: UsageMap): boolean {
  for (const _ in map) return false;
  return true;
}

/** Usage with its `total`: the one that came, else the sum of all keys. Empty stays empty. */
export function withTotal(usage: UsageMap): UsageMap {
  if (usage.total !== undefined || isEmptyMap(usage)) return usage;
  let total = 0;
  for (const key in usage) total += usage[key] ?? 0;
  const whole = createUsageMap();
  for (const key in usage) whole[key] = usage[key] ?? 0;
  whole.total = total;
  return whole;
}

/**
 * The client's own cost, kept whole. A missing total is input + output, but only when the client named nothing
 * else: of other keys we cannot know whether they are part of those two.
 */
export function keepProvidedCost(provided: UsageMap): UsageMap {
  if (provided.total !== undefined) return provided;
  for (const key in provided) if (key !== 'input' && key !== 'output') return provided;
  const cost = createUsageMap();
  for (const key in provided) cost[key] = provided[key] ?? 0;
  cost.total = addDollars(provided.input ?? 0, provided.output ?? 0);
  return cost;
}

const priceTables = new WeakMap<PricingTier, Map<string, Price>>();

function pricesOf(tier: PricingTier): Map<string, Price> {
  let table = priceTables.get(tier);
  if (table === undefined) {
    table = new Map();
    for (const [key, dollars] of Object.entries(tier.prices)) {
      if (Number.isFinite(dollars) && dollars >= 0) table.set(key, readPrice(dollars));
    }
    priceTables.set(tier, table);
  }
  return table;
}

/**
 * Units × price for each key that has a price of exactly its name. `total` is the price of `total` where the
 * tier has one and the usage names it, else the sum of the keys. Keys without a price add nothing: a bucket
 * we have no price for must not look paid for. No key priced → empty, which is "unknown", not zero dollars.
 */
export function computeCost(usage: UsageMap, tier: PricingTier): UsageMap {
  const prices = pricesOf(tier);
  const cost = createUsageMap();
  let sum = 0;
  let isPriced = false;
  for (const key in usage) {
    const price = prices.get(key);
    if (price === undefined) continue;
    const amount = price.pico === null ? Number.NaN : (usage[key] ?? 0) * price.pico;
    sum += key === 'total' ? 0 : amount;
    if (!Number.isSafeInteger(amount) || !Number.isSafeInteger(sum)) return computeFineCost(usage, prices);
    cost[key] = dollarsOf(amount);
    isPriced = true;
  }
  if (isPriced && cost.total === undefined) cost.total = dollarsOf(sum);
  return cost;
}

function computeFineCost(usage: UsageMap, prices: Map<string, Price>): UsageMap {
  const cost = createUsageMap();
  let sum = 0n;
  for (const key in usage) {
    const price = prices.get(key);
    if (price === undefined) continue;
    const amount = BigInt(usage[key] ?? 0) * readFine(price.dollars);
    if (key !== 'total') sum += amount;
    cost[key] = dollarsOfFine(amount);
  }
  if (cost.total === undefined) cost.total = dollarsOfFine(sum);
  return cost;
}

import type { UsageMap } from '@tracewell/domain';

/** Twelve significant digits: what a price has, without the noise of the division. */
const round = (value: number): number => Number(value.toPrecision(12));

/**
 * US dollars per unit, by usage key, as they were applied when the observation was written: cost divided by
 * usage. Empty when the client sent the cost itself, as no price was applied then.
 */
export function unitPricesOf(row: { usage: UsageMap; cost: UsageMap; costProvided: boolean }): UsageMap {
  const prices: UsageMap = {};
  if (row.costProvided) return prices;
  for (const [key, cost] of Object.entries(row.cost)) {
    const units = row.usage[key];
    if (key !== 'total' && units) prices[key] = round(cost / units);
  }
  return prices;
}

/** The prices of the three classic keys; null where none was applied. */
export function classicPricesOf(row: Parameters<typeof unitPricesOf>[0]) {
  const { input = null, output = null } = unitPricesOf(row);
  // A price of the total is one of models that charge neither side.
  const { total: units } = row.usage;
  const { total: cost } = row.cost;
  const total =
    !row.costProvided && input === null && output === null && units && cost ? round(cost / units) : null;
  return { inputPrice: input, outputPrice: output, totalPrice: total };
}

/** Decimal text without an exponent. */
export const decimalText = (value: number | null): string | null =>
  value === null ? null : value.toFixed(15).replace(/\.?0+$/, '');

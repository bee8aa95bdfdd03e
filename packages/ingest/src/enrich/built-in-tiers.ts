import type { ModelInfo, ModelPrice, TieredPrices } from '@pydantic/genai-prices';
import type { DatedTiers, PriceValidity, PricingTier } from '@tracewell/domain';
import { shiftDecimal } from './money';
import { usageBuckets } from './usage-keys';

/** Every bucket that is part of the input, in the spelling of any instrumentation. */
const inputPattern = 'input|prompt|cache';

export interface BuiltInTiers {
  pricingTiers: PricingTier[];
  datedTiers: DatedTiers[];
}

/** The library's prices of a model as tiers: the undated ones, and those that count from a date or within hours. */
export function readTiers(definitionId: string, model: ModelInfo): BuiltInTiers {
  if (!Array.isArray(model.prices)) {
    return { pricingTiers: tiersOf(definitionId, model.prices), datedTiers: [] };
  }
  // The first counts when no other does, whatever it says of itself.
  const [first, ...later] = model.prices;
  const datedTiers = later.map(({ constraint, prices }) => ({
    validity: readValidity(constraint),
    pricingTiers: tiersOf(definitionId, prices),
  }));
  return { pricingTiers: first === undefined ? [] : tiersOf(definitionId, first.prices), datedTiers };
}

type Constraint = NonNullable<Extract<ModelInfo['prices'], unknown[]>[number]['constraint']>;

function readValidity(constraint: Constraint | undefined): PriceValidity {
  if (constraint === undefined) return { from: Number.NEGATIVE_INFINITY };
  if (constraint.type === 'start_date') {
    return { from: Date.parse(`${constraint.start_date}T00:00:00Z`) * 1000 };
  }
  return {
    dailyFromSeconds: readSecondOfDay(constraint.start_time),
    dailyUntilSeconds: readSecondOfDay(constraint.end_time),
  };
}

/** `16:30:00Z` or with an offset, as seconds after midnight UTC. */
const readSecondOfDay = (time: string): number => (Date.parse(`1970-01-02T${time}`) / 1000) % 86_400;

/** A tier per context length at which a price changes, the longest first, and Standard for all shorter ones. */
function tiersOf(definitionId: string, prices: ModelPrice): PricingTier[] {
  const starts = new Set<number>();
  for (const price of Object.values(prices)) {
    if (typeof price === 'object') for (const tier of price.tiers) starts.add(tier.start);
  }
  const standard: PricingTier = {
    id: `${definitionId}.standard`,
    name: 'Standard',
    isDefault: true,
    priority: 0,
    conditions: [],
    prices: pricesAbove(prices, 0),
  };
  const large = [...starts]
    .sort((a, b) => b - a)
    .map((start, place) => ({
      id: `${definitionId}.over-${start}`,
      name: `Large Context (>${Math.round(start / 1000)}K)`,
      isDefault: false,
      priority: place + 1,
      conditions: [
        {
          usageDetailPattern: inputPattern,
          operator: 'gt' as const,
          value: start,
          caseSensitive: false,
        },
      ],
      prices: pricesAbove(prices, start),
    }));
  return [standard, ...large];
}

/** Prices by usage key for a context that is longer than `start` tokens. */
function pricesAbove(prices: ModelPrice, start: number): Record<string, number> {
  const byKey: Record<string, number> = {};
  for (const { field, inherits, perDigits, keys } of usageBuckets) {
    const price = [field, ...inherits].map((name) => prices[name]).find((value) => value !== undefined);
    if (price === undefined) continue;
    const perUnit = shiftDecimal(priceAbove(price, start), -perDigits);
    for (const key of keys) byKey[key] = perUnit;
  }
  const { input } = byKey;
  // A model without output (embeddings) costs the same however its tokens are called.
  if (input !== undefined && !byKey.output) byKey.total = input;
  // Whisper and its like: the library prices hours, clients send seconds.
  const hours = prices.input_audio_hours ?? prices.audio_hours;
  if (hours !== undefined) {
    for (const key of ['input_audio_seconds', 'audio_seconds']) byKey[key] = priceAbove(hours, start) / 3600;
  }
  return byKey;
}

function priceAbove(price: number | TieredPrices, start: number): number {
  if (typeof price === 'number') return price;
  let value = price.base;
  let reached = -1;
  for (const tier of price.tiers) {
    if (start > 0 && tier.start <= start && tier.start > reached) {
      value = tier.price;
      reached = tier.start;
    }
  }
  return value;
}

import type { Microseconds } from './observation';

/** US dollars per unit, by usage key. A key is priced only where its name is the same, letter for letter. */
export type PriceMap = Readonly<Record<string, number>>;

export type ComparisonOperator = 'gt' | 'gte' | 'lt' | 'lte' | 'eq' | 'neq';

/** Holds when the sum of all usage keys that the regular expression finds compares so with `value`. */
export interface UsageCondition {
  usageDetailPattern: string;
  operator: ComparisonOperator;
  value: number;
  caseSensitive: boolean;
}

/** Holds when a top-level model parameter or metadata entry is one of `values`, compared as text. */
export interface AttributeCondition {
  source: 'model_parameters' | 'metadata';
  key: string;
  operator: 'in';
  values: readonly (string | number | boolean)[];
}

export type PricingCondition = UsageCondition | AttributeCondition;

export const isUsageCondition = (condition: PricingCondition): condition is UsageCondition =>
  'usageDetailPattern' in condition;

/** One set of prices of a model, and when it counts. The default tier counts when no other does. */
export interface PricingTier {
  id: string;
  name: string;
  isDefault: boolean;
  /** Tiers are tried from low to high; the default, 0, comes last all the same. */
  priority: number;
  /** All must hold. Empty for the default tier only. */
  conditions: readonly PricingCondition[];
  prices: PriceMap;
}

/** When a set of tiers counts: from a moment on, or within hours of each day (seconds after midnight, UTC). */
export type PriceValidity = { from: Microseconds } | { dailyFromSeconds: number; dailyUntilSeconds: number };

export interface DatedTiers {
  validity: PriceValidity;
  pricingTiers: readonly PricingTier[];
}

export interface TokenizerConfig {
  tokenizerModel: string;
  tokensPerMessage?: number;
  tokensPerName?: number;
}

/** What a model is called on the wire, how its tokens are counted and what they cost. */
export interface ModelDefinition {
  id: string;
  /** null: built in, for every project. */
  projectId: string | null;
  modelName: string;
  /** Found anywhere in the model's name unless it is anchored; RE2 syntax. */
  matchPattern: string;
  /** The definition is meant for observations that start at or after it. null: for all. */
  startDate: Microseconds | null;
  unit: string | null;
  /** `openai`, `claude`, or null where tokens are not counted. */
  tokenizerId: string | null;
  tokenizerConfig: TokenizerConfig | null;
  pricingTiers: readonly PricingTier[];
  /** Prices that replace `pricingTiers` at some times; of several that hold the last counts. */
  datedTiers?: readonly DatedTiers[];
}

const secondsPerDay = 86_400;

function isValidAt(validity: PriceValidity, time: Microseconds): boolean {
  if ('from' in validity) return time >= validity.from;
  const { dailyFromSeconds: from, dailyUntilSeconds: until } = validity;
  const second = (((time / 1e6) % secondsPerDay) + secondsPerDay) % secondsPerDay;
  return until < from ? second >= from || second < until : second >= from && second < until;
}

/** The tiers that count for an observation that starts at `time`. */
export function pricingTiersAt(definition: ModelDefinition, time: Microseconds): readonly PricingTier[] {
  const dated = definition.datedTiers;
  if (dated !== undefined) {
    for (let index = dated.length - 1; index >= 0; index--) {
      const candidate = dated[index];
      if (candidate !== undefined && isValidAt(candidate.validity, time)) return candidate.pricingTiers;
    }
  }
  return definition.pricingTiers;
}

import {
  type AttributeCondition,
  type ComparisonOperator,
  isUsageCondition,
  type Observation,
  type PricingTier,
  type UsageCondition,
  type UsageMap,
} from '@tracewell/domain';
import { RE2JS } from 're2js';

const comparisons: Record<ComparisonOperator, (sum: number, value: number) => boolean> = {
  gt: (sum, value) => sum > value,
  gte: (sum, value) => sum >= value,
  lt: (sum, value) => sum < value,
  lte: (sum, value) => sum <= value,
  eq: (sum, value) => sum === value,
  neq: (sum, value) => sum !== value,
};

/** Compiled once per condition; gone with the definition that holds it. */
const patterns = new WeakMap<UsageCondition, RE2JS | null>();

function patternOf(condition: UsageCondition): RE2JS | null {
  let pattern = patterns.get(condition);
  if (pattern === undefined) {
    try {
      pattern = RE2JS.compile(
        condition.usageDetailPattern,
        condition.caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE,
      );
    } catch {
      pattern = null; // refused when a definition is made; should one slip in, its tier never counts
    }
    patterns.set(condition, pattern);
  }
  return pattern;
}

function holdsForUsage(condition: UsageCondition, usage: UsageMap): boolean {
  const pattern = patternOf(condition);
  const compare = comparisons[condition.operator];
  if (pattern === null || compare === undefined) return false;
  let sum = 0;
  for (const key in usage) if (pattern.test(key)) sum += usage[key] ?? 0;
  return compare(sum, condition.value);
}

function holdsForAttribute(
  condition: AttributeCondition,
  observation: Pick<Observation, 'modelParameters' | 'metadata'>,
): boolean {
  const values = condition.source === 'model_parameters' ? observation.modelParameters : observation.metadata;
  const value = Object.hasOwn(values, condition.key) ? values[condition.key] : null;
  if (value === null || value === undefined) return false;
  const text = String(value);
  return condition.values.some((accepted) => String(accepted) === text);
}

/** Order of trial per list of tiers: the others by priority, the default last. */
const orders = new WeakMap<readonly PricingTier[], readonly PricingTier[]>();

function orderOf(tiers: readonly PricingTier[]): readonly PricingTier[] {
  let order = orders.get(tiers);
  if (order === undefined) {
    order = [...tiers].sort((a, b) => Number(a.isDefault) - Number(b.isDefault) || a.priority - b.priority);
    orders.set(tiers, order);
  }
  return order;
}

/**
 * The tier whose prices count for this usage: the first one by priority all of whose conditions hold, else the
 * default; null for a list without one.
 */
export function selectTier(
  tiers: readonly PricingTier[],
  usage: UsageMap,
  observation: Pick<Observation, 'modelParameters' | 'metadata'>,
): PricingTier | null {
  for (const tier of orderOf(tiers)) {
    if (tier.isDefault) return tier;
    const holds = tier.conditions.every((condition) =>
      isUsageCondition(condition)
        ? holdsForUsage(condition, usage)
        : holdsForAttribute(condition, observation),
    );
    if (holds && tier.conditions.length > 0) return tier;
  }
  return null;
}

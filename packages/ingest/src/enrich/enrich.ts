import type { EnrichedObservation, ModelDefinition, Observation, UsageMap } from '@tracewell/domain';
import { pricingTiersAt } from '@tracewell/domain';
import { matchModel, type PriceSnapshot } from './model-match';
import { selectTier } from './pricing-tier';
import { countUsage } from './tokens';
import { extractTools } from './tools';
import {
  computeCost,
  createUsageMap,
  isEmptyMap,
  keepProvidedCost,
  normaliseCost,
  normaliseUsage,
  withTotal,
} from './usage-cost';

/**
 * What an observation can be told more of: its model, usage, cost and tools. Pure: everything it knows of
 * prices is in the snapshot. The observation itself is not changed.
 * @param projectId whose own model definitions count
 */
export function enrichObservation(
  observation: Observation,
  snapshot: PriceSnapshot,
  projectId: string,
): EnrichedObservation {
  const definition = matchModel(snapshot, projectId, observation.model, observation.startTime);
  const providedUsage = normaliseUsage(observation.providedUsage);
  const providedCost = normaliseCost(observation.providedCost);
  const usage = isCountable(observation, definition, providedUsage, providedCost)
    ? countUsage(observation, definition)
    : withTotal(providedUsage);
  return {
    ...observation,
    ...extractTools(observation),
    providedUsage,
    providedCost,
    usage,
    modelId: definition?.id ?? '',
    ...priceUsage(observation, definition, usage, providedCost),
  };
}

/** Tokens are counted for calls of a known model that worked and brought no numbers of their own. */
function isCountable(
  { type, level }: Observation,
  definition: ModelDefinition | null,
  providedUsage: UsageMap,
  providedCost: UsageMap,
): definition is ModelDefinition {
  return (
    definition !== null &&
    (type === 'GENERATION' || type === 'EMBEDDING') &&
    level !== 'ERROR' &&
    isEmptyMap(providedUsage) &&
    isEmptyMap(providedCost)
  );
}

type Pricing = Pick<EnrichedObservation, 'cost' | 'pricingTierId' | 'pricingTierName'>;

function priceUsage(
  observation: Observation,
  definition: ModelDefinition | null,
  usage: UsageMap,
  providedCost: UsageMap,
): Pricing {
  const tier =
    definition === null || isEmptyMap(usage)
      ? null
      : selectTier(pricingTiersAt(definition, observation.startTime), usage, observation);
  const isProvided = !isEmptyMap(providedCost);
  return {
    cost: isProvided
      ? keepProvidedCost(providedCost)
      : tier === null
        ? createUsageMap()
        : computeCost(usage, tier),
    pricingTierId: tier?.id ?? '',
    pricingTierName: tier?.name ?? '',
  };
}

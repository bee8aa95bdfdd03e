import type {
  EnrichedObservation,
  ModelDefinition,
  Observation,
  PricingTier,
  UsageMap,
} from '@tracewell/domain';
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
  const tools = extractTools(observation);
  const { cost, tier } = priceUsage(observation, definition, usage, providedCost);
  // Field by field: a spread of so many costs twenty times as much. The type refuses a forgotten one.
  return {
    traceId: observation.traceId,
    id: observation.id,
    parentObservationId: observation.parentObservationId,
    isAppRoot: observation.isAppRoot,
    type: observation.type,
    name: observation.name,
    startTime: observation.startTime,
    endTime: observation.endTime,
    completionStartTime: observation.completionStartTime,
    level: observation.level,
    statusMessage: observation.statusMessage,
    environment: observation.environment,
    version: observation.version,
    release: observation.release,
    input: tools.input,
    output: observation.output,
    metadata: tools.metadata,
    trace: observation.trace,
    model: observation.model,
    modelParameters: observation.modelParameters,
    promptName: observation.promptName,
    promptVersion: observation.promptVersion,
    providedUsage,
    providedCost,
    experiment: observation.experiment,
    instrumentation: observation.instrumentation,
    modelId: definition?.id ?? '',
    usage,
    cost,
    pricingTierId: tier?.id ?? '',
    pricingTierName: tier?.name ?? '',
    toolDefinitions: tools.toolDefinitions,
    toolCalls: tools.toolCalls,
    toolCallNames: tools.toolCallNames,
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

function priceUsage(
  observation: Observation,
  definition: ModelDefinition | null,
  usage: UsageMap,
  providedCost: UsageMap,
): { cost: UsageMap; tier: PricingTier | null } {
  const tier =
    definition === null || isEmptyMap(usage)
      ? null
      : selectTier(pricingTiersAt(definition, observation.startTime), usage, observation);
  if (!isEmptyMap(providedCost)) return { cost: keepProvidedCost(providedCost), tier };
  return { cost: tier === null ? createUsageMap() : computeCost(usage, tier), tier };
}

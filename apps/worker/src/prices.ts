import type { EnrichedObservation, ModelDefinition, Observation } from '@tracewell/domain';
import { loadBuiltInPrices } from '@tracewell/ingest/enrich/built-in-prices';
import { enrichObservation } from '@tracewell/ingest/enrich/enrich';
import type { PriceSnapshot } from '@tracewell/ingest/enrich/model-match';

const noDefinitions: readonly ModelDefinition[] = [];

/** Enrichment by the prices that ship with us; definitions of a project's own come before them. */
export async function createEnricher(): Promise<
  (observation: Observation, projectId: string) => EnrichedObservation
> {
  const snapshot: PriceSnapshot = { definitionsOf: () => noDefinitions, builtIn: await loadBuiltInPrices() };
  return (observation, projectId) => enrichObservation(observation, snapshot, projectId);
}

import type { EnrichedObservation, Observation } from '@tracewell/domain';
import type { Relational } from '@tracewell/engines/relational/port';
import { loadBuiltInPrices } from '@tracewell/ingest/enrich/built-in-prices';
import { enrichObservation } from '@tracewell/ingest/enrich/enrich';
import { createDefinitionSnapshot } from '@tracewell/modules/models/index';

export interface Enricher {
  enrich(observation: Observation, projectId: string): EnrichedObservation;
  /** Before `enrich`, for the projects of a batch: see `PipelineOptions.prepare`. */
  prepare(projectIds: ReadonlySet<string>): Promise<() => void>;
}

/** Enrichment by the definitions of the project, and by the prices that ship with us where it has none. */
export async function createEnricher(options: {
  relational: Pick<Relational, 'db'>;
  onError: (error: unknown) => void;
}): Promise<Enricher> {
  const { prepare, definitionsOf } = createDefinitionSnapshot(options);
  const snapshot = { definitionsOf, builtIn: await loadBuiltInPrices() };
  return {
    enrich: (observation, projectId) => enrichObservation(observation, snapshot, projectId),
    prepare,
  };
}

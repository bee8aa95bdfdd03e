import * as operations from '@tracewell/contract';
import {
  exploreObservation,
  exploreObservationFacets,
  exploreObservationHistogram,
  exploreObservations,
  exploreScoreFacets,
  exploreScoreHistogram,
  exploreScores,
  exploreSessionFacets,
  exploreSessionHistogram,
  exploreSessions,
  exploreTrace,
  exploreTraceDifferences,
  exploreTraceFacets,
  exploreTraceHistogram,
  exploreTracePayloads,
  exploreTraces,
} from '@tracewell/modules/explore/index';
import { deleteTraces } from '@tracewell/modules/traces/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

/** Fixed paths before those with an id in their place. */
export function mountExplore(api: Api, deps: ApiDeps): void {
  api.project(operations.exploreObservations, ({ query }, access) =>
    exploreObservations(deps, access, query),
  );
  api.project(operations.exploreObservationFacets, ({ query }, access) =>
    exploreObservationFacets(deps, access, query),
  );
  api.project(operations.exploreObservationHistogram, ({ query }, access) =>
    exploreObservationHistogram(deps, access, query),
  );
  api.project(operations.exploreScores, ({ query }, access) => exploreScores(deps, access, query));
  api.project(operations.exploreScoreFacets, ({ query }, access) => exploreScoreFacets(deps, access, query));
  api.project(operations.exploreScoreHistogram, ({ query }, access) =>
    exploreScoreHistogram(deps, access, query),
  );
  api.project(operations.exploreSessions, ({ query }, access) => exploreSessions(deps, access, query));
  api.project(operations.exploreSessionFacets, ({ query }, access) =>
    exploreSessionFacets(deps, access, query),
  );
  api.project(operations.exploreSessionHistogram, ({ query }, access) =>
    exploreSessionHistogram(deps, access, query),
  );
  api.project(operations.exploreTraces, ({ query }, access) => exploreTraces(deps, access, query));
  api.project(operations.exploreTraceFacets, ({ query }, access) => exploreTraceFacets(deps, access, query));
  api.project(operations.exploreTraceHistogram, ({ query }, access) =>
    exploreTraceHistogram(deps, access, query),
  );
  api.project(operations.exploreTraceDifferences, ({ query }, access) =>
    exploreTraceDifferences(deps, access, query),
  );
  api.project(operations.exploreTrace, ({ params }, access) => exploreTrace(deps, access, params.traceId));
  api.project(operations.exploreTracePayloads, ({ params, query }, access) =>
    exploreTracePayloads(deps, access, params.traceId, query.observationIds),
  );
  api.project(operations.removeTrace, async ({ params }, access) => {
    await deleteTraces(deps, access, [params.traceId]);
    return { success: true as const };
  });
  api.project(operations.exploreObservation, ({ params }, access) =>
    exploreObservation(deps, access, params.traceId, params.observationId),
  );
}

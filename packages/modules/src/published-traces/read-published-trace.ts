import { ApiError, type ObservationDetail, type TraceDetail } from '@tracewell/contract';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { ProjectScope } from '@tracewell/query/sql/project-scope';
import { readTraceAttributes } from '@tracewell/query/traces/read-trace-attributes';
import type { ProjectAccess } from '../access/index';
import { exploreObservation, exploreTrace } from '../explore/index';

interface Deps {
  columnar: Columnar;
}

/**
 * What anybody with the link reads of a published trace: the trace and its observations. What people of the
 * project said of it (scores) and what would lead to others of its traces (user, session) is left out. One that
 * is not published, or taken back, is as unknown as one that never was. Throws `not_found`.
 */
export async function getPublishedTrace(
  deps: Deps,
  projectId: string,
  traceId: string,
): Promise<TraceDetail> {
  const access = await admitToPublished(deps, projectId, traceId);
  const trace = await exploreTrace(deps, access, traceId);
  // It may have been taken back while it was read.
  if (!trace.public) throw notPublished(traceId);
  return { ...trace, userId: '', sessionId: '', scores: [] };
}

/** Throws `not_found`. */
export async function getPublishedObservation(
  deps: Deps,
  projectId: string,
  traceId: string,
  observationId: string,
): Promise<ObservationDetail> {
  return exploreObservation(deps, await admitToPublished(deps, projectId, traceId), traceId, observationId);
}

/** Looks at the index first: an unpublished trace costs a stranger no more than that. */
async function admitToPublished(
  { columnar }: Deps,
  projectId: string,
  traceId: string,
): Promise<ProjectAccess> {
  const traces = await readTraceAttributes(columnar, new ProjectScope(projectId), [traceId]);
  if (!traces.get(traceId)?.public) throw notPublished(traceId);
  return {
    projectId,
    organizationId: '',
    scopes: new Set(['traces:read']),
    actor: { kind: 'system', id: 'published-trace' },
  };
}

const notPublished = (traceId: string) =>
  new ApiError(
    'not_found',
    `No trace ${traceId} is published here. It was taken back or never published: ask whoever sent the link.`,
  );

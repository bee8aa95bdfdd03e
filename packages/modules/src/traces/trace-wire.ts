import type { PublicTrace, TraceGroup, TraceListItem } from '@tracewell/contract';
import { formatIsoTime } from '@tracewell/domain';
import type { TraceSummary } from '@tracewell/query/traces/trace-summary';
import { parseMetadata, parsePayload } from '../payloads/index';

/** A trace in the words of the wire. */

const orNull = (text: string): string | null => text || null;
/** What stands for a measure that was not asked for. */
const notAsked = -1;

/** Payloads are as absent (`null`, `{}`) when they were not read. */
export function toPublicTrace(trace: TraceSummary): PublicTrace {
  const { io } = trace;
  return {
    id: trace.id,
    externalId: null,
    timestamp: formatIsoTime(trace.timestamp),
    name: orNull(trace.name),
    userId: orNull(trace.userId),
    sessionId: orNull(trace.sessionId),
    metadata: io ? parseMetadata(io.metadata) : {},
    release: orNull(trace.release),
    version: orNull(trace.version),
    projectId: trace.projectId,
    environment: trace.environment,
    public: trace.public,
    bookmarked: false,
    tags: trace.tags,
    input: io ? parsePayload(io.input) : null,
    output: io ? parsePayload(io.output) : null,
    createdAt: formatIsoTime(trace.createdAt),
    updatedAt: formatIsoTime(trace.updatedAt),
  };
}

export const measuresOf = (trace: TraceSummary, groups: readonly TraceGroup[]) => ({
  htmlPath: `/project/${encodeURIComponent(trace.projectId)}/traces/${encodeURIComponent(trace.id)}`,
  latency: groups.includes('metrics') ? trace.latencyUs / 1e6 : notAsked,
  totalCost: groups.includes('metrics') ? trace.totalCost : notAsked,
});

export const toListItem = (trace: TraceSummary, groups: readonly TraceGroup[]): TraceListItem => ({
  ...toPublicTrace(trace),
  ...measuresOf(trace, groups),
  observations: trace.observationIds,
  scores: trace.scores.map(({ id }) => id),
});

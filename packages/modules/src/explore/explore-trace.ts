import { ApiError, type ObservationDetail, type TraceDetail } from '@tracewell/contract';
import { formatIsoTime } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { getObservation } from '@tracewell/query/observations/get-observation';
import { ProjectScope } from '@tracewell/query/sql/project-scope';
import { getTrace } from '@tracewell/query/traces/get-trace';
import { readTraceBounds } from '@tracewell/query/traces/read-trace-attributes';
import { z } from 'zod';
import { type ProjectAccess, requireScope } from '../access/index';
import { unitPricesOf } from '../observations/index';
import { parseMetadata, parsePayload } from '../payloads/index';
import { showNode, showSummary } from './show-trace';

interface Deps {
  columnar: Columnar;
}

/** A trace with the tree of its observations, without their payloads. Throws `not_found`. */
export async function exploreTrace(
  { columnar }: Deps,
  access: ProjectAccess,
  traceId: string,
): Promise<TraceDetail> {
  requireScope(access, 'traces:read');
  const found = await getTrace(columnar, { projectId: access.projectId, traceId, scores: true });
  if (!found) throw new ApiError('not_found', `This project has no trace ${traceId}.`);
  const { trace, observations } = found;
  const firstStart = trace.firstStart ?? trace.timestamp;
  return {
    ...showSummary(trace),
    projectId: trace.projectId,
    input: trace.io?.input || null,
    output: trace.io?.output || null,
    metadata: parseMetadata(trace.io?.metadata ?? {}),
    observations: observations.map((row) => showNode(row, firstStart)),
  };
}

/** All of one observation of a trace. Throws `not_found`. */
export async function exploreObservation(
  { columnar }: Deps,
  access: ProjectAccess,
  traceId: string,
  observationId: string,
): Promise<ObservationDetail> {
  requireScope(access, 'traces:read');
  const { projectId } = access;
  const [row, bounds] = await Promise.all([
    getObservation(columnar, { projectId, traceId, observationId }),
    readTraceBounds(columnar, new ProjectScope(projectId), traceId),
  ]);
  if (!row) throw new ApiError('not_found', `Trace ${traceId} has no observation ${observationId}.`);
  return {
    ...showNode(row, bounds?.firstStart ?? row.startTime),
    traceId: row.traceId,
    input: row.input || null,
    output: row.output || null,
    metadata: parseMetadata(row.metadata),
    modelParameters: asObject(parsePayload(row.modelParameters)),
    version: row.version,
    release: row.release,
    usageProvided: row.usageProvided,
    costProvided: row.costProvided,
    pricingTierName: row.pricingTierName,
    unitPrices: unitPricesOf(row),
    toolDefinitions: parseMetadata(row.toolDefinitions),
    toolCalls: row.toolCalls.map(readToolCall),
    serviceName: row.serviceName,
    scopeName: row.scopeName,
    scopeVersion: row.scopeVersion,
    source: row.source,
    ingestionSdkName: row.ingestionSdkName,
    ingestionSdkVersion: row.ingestionSdkVersion,
    createdAt: formatIsoTime(row.createdAt),
    updatedAt: formatIsoTime(row.updatedAt),
  };
}

const asObject = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};

const toolCall = z.object({
  id: z.string().catch(''),
  name: z.string().catch(''),
  arguments: z
    .unknown()
    .transform((value) =>
      typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value),
    ),
});
/** Calls are stored as JSON texts that enrichment wrote. */
const readToolCall = (json: string) => toolCall.parse(JSON.parse(json));

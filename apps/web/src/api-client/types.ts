import type {
  apiKey,
  createApiKeyResponse,
  exploreTraceDifferences,
  exploreTracePayloads,
  listTracesResponse,
  traceFacetFields,
  traceFacetsResponse,
  traceHistogramResponse,
} from '@tracewell/contract';
import type { z } from 'zod';

export type {
  ObservationDetail,
  ObservationNode,
  SavedView,
  ScoreSummary,
  SessionResponse,
  TraceDetail,
  TraceSummary,
} from '@tracewell/contract';
export type ApiKey = z.infer<typeof apiKey>;
export type CreatedApiKey = z.infer<typeof createApiKeyResponse>;
export type TracePage = z.infer<typeof listTracesResponse>;
export type TraceFacetField = (typeof traceFacetFields)[number];
export type TraceFacets = z.infer<typeof traceFacetsResponse>;
export type TraceHistogram = z.infer<typeof traceHistogramResponse>;
export type Differences = z.infer<(typeof exploreTraceDifferences)['responses'][200]>;
export type TracePayload = z.infer<(typeof exploreTracePayloads)['responses'][200]>['data'][number];

import type {
  apiKey,
  BodyOf,
  createApiKeyResponse,
  createBulkAction,
  exploreTraceDifferences,
  exploreTracePayloads,
  listTracesResponse,
  observationFacetFields,
  scoreFacetFields,
  sessionFacetFields,
  traceFacetFields,
  traceFacetsResponse,
  traceHistogramResponse,
} from '@tracewell/contract';
import type { z } from 'zod';

export type {
  BulkAction,
  ExploredScore,
  ExploredSession,
  ObservationDetail,
  ObservationNode,
  ObservationSummary,
  PublicAnnotationQueue,
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
export type ObservationFacetField = (typeof observationFacetFields)[number];
export type ScoreFacetField = (typeof scoreFacetFields)[number];
export type SessionFacetField = (typeof sessionFacetFields)[number];
export type ValueCounts = TraceFacets;
export type HistogramOfRange = TraceHistogram;

/** Rows of a table, and where to go on. */
export interface RowPage<Row> {
  data: Row[];
  meta: { cursor?: string | undefined; limit: number };
}

/** Which rows are meant. */
export interface Selection {
  /** ISO 8601; inclusive. */
  from?: string | undefined;
  /** ISO 8601; exclusive. */
  to?: string | undefined;
  /** The search language. */
  q?: string | undefined;
}

/** Picked traces, or all that a search means. */
export type BulkTarget = BodyOf<typeof createBulkAction>['target'];
export type BulkChange = BodyOf<typeof createBulkAction>['change'];

import type { UsageMap } from './usage';

/** The kinds of observation of the field, in the spelling of the wire. */
export const observationTypes = [
  'SPAN',
  'GENERATION',
  'EVENT',
  'EMBEDDING',
  'AGENT',
  'TOOL',
  'CHAIN',
  'RETRIEVER',
  'GUARDRAIL',
  'EVALUATOR',
] as const;
export type ObservationType = (typeof observationTypes)[number];

/** From harmless to severe; a trace's level is the most severe of its observations'. */
export const observationLevels = ['DEBUG', 'DEFAULT', 'WARNING', 'ERROR'] as const;
export type ObservationLevel = (typeof observationLevels)[number];

/** Microseconds since the Unix epoch, an integer. Exact in a double until the year 2255. */
export type Microseconds = number;

/**
 * Metadata as it is kept: one entry per top-level key. A string value is kept as it came; any other value
 * as its JSON text. Built without a prototype (see `createMetadata`), as the keys are the client's.
 */
export type Metadata = Record<string, string>;

/**
 * What a span says about the trace it belongs to. A trace is never a row of its own on the OTLP path: it is
 * the aggregate of these fields over its observations, where the latest non-empty value wins.
 */
export interface TraceAttributes {
  name: string;
  userId: string;
  sessionId: string;
  tags: string[];
  /** null: this span says nothing about it. */
  public: boolean | null;
  /** JSON or plain text; '' when this span says nothing about it and the root span's input stands in. */
  input: string;
  output: string;
  metadata: Metadata;
}

/** Which dataset experiment an observation was recorded for; every field '' or empty when for none. */
export interface ExperimentAttributes {
  id: string;
  name: string;
  description: string;
  metadata: Metadata;
  datasetId: string;
  itemId: string;
  itemVersion: string;
  itemMetadata: Metadata;
  itemRootObservationId: string;
  itemExpectedOutput: string;
}

/** Who recorded it, with what. All '' when unknown. */
export interface Instrumentation {
  serviceName: string;
  serviceVersion: string;
  scopeName: string;
  scopeVersion: string;
  telemetrySdkLanguage: string;
  telemetrySdkName: string;
  telemetrySdkVersion: string;
}

/**
 * The one observation shape: what every dialect is normalised to, before enrichment. Absent strings are '',
 * absent maps empty, as in the table it is written to.
 */
export interface Observation {
  traceId: string;
  id: string;
  /** '' for a root. */
  parentObservationId: string;
  /** A root for the application although it has a remote parent. */
  isAppRoot: boolean;
  type: ObservationType;
  name: string;
  startTime: Microseconds;
  endTime: Microseconds | null;
  /** When the first token arrived. */
  completionStartTime: Microseconds | null;
  level: ObservationLevel;
  statusMessage: string;
  environment: string;
  version: string;
  release: string;
  /** JSON text when the client sent structure, else its text as it came. '' when absent. */
  input: string;
  output: string;
  metadata: Metadata;
  trace: TraceAttributes;
  /** The model as the client named it. */
  model: string;
  /** Flat: parameter → text, number or JSON text. */
  modelParameters: Record<string, string | number | boolean | null>;
  promptName: string;
  promptVersion: number | null;
  /** As the client sent them, normalised to our keys; empty when it sent none. */
  providedUsage: UsageMap;
  providedCost: UsageMap;
  experiment: ExperimentAttributes | null;
  instrumentation: Instrumentation;
}

/** What enrichment adds: from a snapshot of prices, and from the observation itself. */
export interface Enrichment {
  modelId: string;
  /** Final usage, including `total`. */
  usage: UsageMap;
  /** US dollars per usage key, including `total`. */
  cost: UsageMap;
  pricingTierId: string;
  pricingTierName: string;
  /** Tool name → JSON text of {description, parameters}. */
  toolDefinitions: Record<string, string>;
  /** JSON text of {id, name, arguments, type, index}, in call order, and the names in the same order. */
  toolCalls: string[];
  toolCallNames: string[];
}

export type EnrichedObservation = Observation & Enrichment;

/** Where a stored row came from; part of each row for audit, replay and deletion. */
export interface Provenance {
  projectId: string;
  /** `otel` or `ingestion-api`. */
  source: 'otel' | 'ingestion-api';
  /** Public key of the API key that sent it. */
  ingestionApiKey: string;
  ingestionSdkName: string;
  ingestionSdkVersion: string;
  /** When the server received the batch that holds it. */
  receivedAt: Microseconds;
  /** The stored raw batch it can be replayed from. */
  batchKey: string;
}

export const emptyTraceAttributes = (): TraceAttributes => ({
  name: '',
  userId: '',
  sessionId: '',
  tags: [],
  public: null,
  input: '',
  output: '',
  metadata: createMetadata(),
});

/** Metadata keys are the client's: without a prototype `__proto__` is a key like any other. */
export const createMetadata = (): Metadata => Object.create(null);

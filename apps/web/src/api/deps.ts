import type { Microseconds } from '@tracewell/domain';
import type { Blob } from '@tracewell/engines/blob/port';
import type { Columnar } from '@tracewell/engines/columnar/port';
import type { Relational } from '@tracewell/engines/relational/port';
import type { BatchLog } from '@tracewell/ingest/batch';
import type { BodyLimits } from '@tracewell/ingest/receive/body';
import type { Auth } from '@tracewell/modules/accounts/index';
import type { KeyLookup } from '@tracewell/modules/api-keys/index';
import type { AllowedHosts } from '@tracewell/modules/outbound/index';
import type { ScoreConfigLookup } from '@tracewell/modules/score-configs/index';
import type { Vault } from '@tracewell/modules/secrets/index';

/** All that the API stands on, handed in by the composition root. */
export interface ApiDeps {
  relational: Relational;
  columnar: Columnar;
  blob: Blob;
  batchLog: BatchLog;
  auth: Auth;
  keyLookup: KeyLookup;
  /** Seals secrets that projects entrust to us. */
  vault: Vault;
  /** Hosts of our own network that projects may have us call. */
  outboundHosts: AllowedHosts;
  /** The configs that scores are checked against at the door. */
  scoreConfigs: ScoreConfigLookup;
  /** Deletes with all that hangs on them; resolves when they are invisible. Unknown ids are no error. */
  deleteTraces(projectId: string, traceIds: readonly string[]): Promise<void>;
  deleteScores(projectId: string, scoreIds: readonly string[]): Promise<void>;
  config: ApiConfig;
  /** False while the process starts or drains. */
  isServing(): boolean;
  metrics: ApiMetrics;
  /** Called with what became a 500: the only place where its cause is kept. */
  onInternalError(error: unknown, operationId: string): void;
  now(): Microseconds;
}

export interface ApiConfig {
  version: string;
  /** Salt of the hashes of secrets. */
  salt: string;
  /** Where clients reach us, when it is not the address they used (`TRACEWELL_PUBLIC_URL`). */
  publicUrl?: string | undefined;
  /** Of the instance admin API; without one it is off. */
  adminApiKey?: string | undefined;
  limits: ApiLimits;
}

/** Bytes, each of one request body. */
export interface ApiLimits {
  /** `POST /api/public/ingestion`, as it comes and after inflating. */
  ingestion: BodyLimits;
  otlp: BodyLimits;
  /** Every other body. */
  body: BodyLimits;
}

const kibibyte = 1024;
export const defaultApiLimits: ApiLimits = {
  ingestion: { maxBytes: 4.5 * kibibyte * kibibyte, maxInflatedBytes: 4.5 * kibibyte * kibibyte },
  otlp: { maxBytes: 20 * kibibyte * kibibyte, maxInflatedBytes: 20 * kibibyte * kibibyte },
  body: { maxBytes: kibibyte * kibibyte, maxInflatedBytes: kibibyte * kibibyte },
};

export interface ApiMetrics {
  /** One per request, whatever became of it. */
  request(operationId: string, status: number, seconds: number): void;
  /** Events or spans that were taken, and that were refused at the door. */
  ingested(kind: 'otlp' | 'events', accepted: number, rejected: number): void;
}

import type { EnrichedObservation, Metadata, Microseconds, Provenance, TraceRecord } from '@tracewell/domain';

/**
 * Domain nouns as rows of `observations`, each one line of JSON. Columns at their default are left out: most
 * are, and what is not written need not be parsed.
 */

export interface RowVersion {
  /** Grows with what is known of the row; the highest is the one that is read. */
  rowVersion: number;
  createdAt: Microseconds;
  updatedAt: Microseconds;
}

type Row = Record<string, unknown>;

export function observationRow(o: EnrichedObservation, provenance: Provenance, version: RowVersion): string {
  const row: Row = {
    project_id: provenance.projectId,
    trace_id: o.traceId,
    id: o.id,
    type: o.type,
    start_time: columnarTime(o.startTime),
    level: o.level,
    environment: o.environment,
  };
  put(row, 'parent_observation_id', o.parentObservationId);
  if (o.isAppRoot) row.is_app_root = true;
  put(row, 'name', o.name);
  putTime(row, 'end_time', o.endTime);
  putTime(row, 'completion_start_time', o.completionStartTime);
  put(row, 'status_message', o.statusMessage);
  put(row, 'version', o.version);
  put(row, 'release', o.release);
  put(row, 'input', o.input);
  put(row, 'output', o.output);
  putMap(row, 'metadata', o.metadata);

  const { trace } = o;
  put(row, 'trace_name', trace.name);
  put(row, 'user_id', trace.userId);
  put(row, 'session_id', trace.sessionId);
  if (trace.tags.length > 0) row.tags = trace.tags;
  if (trace.public !== null) row.public = trace.public;
  put(row, 'trace_input', trace.input);
  put(row, 'trace_output', trace.output);
  putMap(row, 'trace_metadata', trace.metadata);

  put(row, 'model', o.model);
  put(row, 'model_id', o.modelId);
  if (!isEmpty(o.modelParameters)) row.model_parameters = JSON.stringify(o.modelParameters);
  put(row, 'prompt_name', o.promptName);
  if (o.promptVersion !== null) row.prompt_version = o.promptVersion;
  putMap(row, 'provided_usage', o.providedUsage);
  putMap(row, 'usage', o.usage);
  putMap(row, 'provided_cost', o.providedCost);
  putMap(row, 'cost', o.cost);
  put(row, 'pricing_tier_id', o.pricingTierId);
  put(row, 'pricing_tier_name', o.pricingTierName);
  putMap(row, 'tool_definitions', o.toolDefinitions);
  if (o.toolCalls.length > 0) {
    row.tool_calls = o.toolCalls;
    row.tool_call_names = o.toolCallNames;
  }

  const { experiment } = o;
  if (experiment) {
    put(row, 'experiment_id', experiment.id);
    put(row, 'experiment_name', experiment.name);
    put(row, 'experiment_description', experiment.description);
    putMap(row, 'experiment_metadata', experiment.metadata);
    put(row, 'experiment_dataset_id', experiment.datasetId);
    put(row, 'experiment_item_id', experiment.itemId);
    put(row, 'experiment_item_version', experiment.itemVersion);
    putMap(row, 'experiment_item_metadata', experiment.itemMetadata);
    put(row, 'experiment_item_root_observation_id', experiment.itemRootObservationId);
    put(row, 'experiment_item_expected_output', experiment.itemExpectedOutput);
  }

  const { instrumentation } = o;
  put(row, 'service_name', instrumentation.serviceName);
  put(row, 'service_version', instrumentation.serviceVersion);
  put(row, 'scope_name', instrumentation.scopeName);
  put(row, 'scope_version', instrumentation.scopeVersion);
  put(row, 'telemetry_sdk_language', instrumentation.telemetrySdkLanguage);
  put(row, 'telemetry_sdk_name', instrumentation.telemetrySdkName);
  put(row, 'telemetry_sdk_version', instrumentation.telemetrySdkVersion);

  putProvenance(row, provenance, version);
  return JSON.stringify(row);
}

/** What a client said of a trace as a whole; it stands beside the trace's observations, with no id of its own. */
export function traceRecordRow(trace: TraceRecord, provenance: Provenance, version: RowVersion): string {
  const row: Row = {
    project_id: provenance.projectId,
    trace_id: trace.id,
    kind: 'trace',
    start_time: columnarTime(trace.timestamp),
    level: 'DEFAULT',
    environment: trace.environment,
    public: trace.public,
  };
  put(row, 'trace_name', trace.name);
  put(row, 'user_id', trace.userId);
  put(row, 'session_id', trace.sessionId);
  put(row, 'release', trace.release);
  put(row, 'version', trace.version);
  if (trace.tags.length > 0) row.tags = trace.tags;
  put(row, 'input', trace.input);
  put(row, 'output', trace.output);
  putMap(row, 'metadata', trace.metadata);
  putProvenance(row, provenance, version);
  return JSON.stringify(row);
}

/** Takes the place of a row whose start time, and with it its key, turned out to be another. */
export function withdrawnObservationRow(
  key: {
    projectId: string;
    traceId: string;
    id: string;
    startTime: Microseconds;
    kind: 'observation' | 'trace';
  },
  rowVersion: number,
): string {
  return JSON.stringify({
    project_id: key.projectId,
    trace_id: key.traceId,
    id: key.id,
    kind: key.kind,
    start_time: columnarTime(key.startTime),
    row_version: rowVersion,
    is_deleted: 1,
  });
}

/** DateTime64(6) as it is read from JSON: seconds and six decimals. */
export function columnarTime(time: Microseconds): string {
  const seconds = Math.floor(time / 1_000_000);
  return `${seconds}.${String(time - seconds * 1_000_000).padStart(6, '0')}`;
}

export function putProvenance(row: Row, provenance: Provenance, version: RowVersion): void {
  row.source = provenance.source;
  put(row, 'ingestion_api_key', provenance.ingestionApiKey);
  put(row, 'ingestion_sdk_name', provenance.ingestionSdkName);
  put(row, 'ingestion_sdk_version', provenance.ingestionSdkVersion);
  row.batch_key = provenance.batchKey;
  row.created_at = columnarTime(version.createdAt);
  row.updated_at = columnarTime(version.updatedAt);
  row.row_version = version.rowVersion;
}

export function put(row: Row, column: string, text: string): void {
  if (text !== '') row[column] = text;
}

export function putMap(row: Row, column: string, map: Metadata | Record<string, unknown>): void {
  if (!isEmpty(map)) row[column] = map;
}

function putTime(row: Row, column: string, time: Microseconds | null): void {
  if (time !== null) row[column] = columnarTime(time);
}

function isEmpty(map: object): boolean {
  for (const _ in map) return false;
  return true;
}

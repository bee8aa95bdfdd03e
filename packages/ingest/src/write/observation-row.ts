import type { EnrichedObservation, Microseconds, Provenance, TraceRecord } from '@tracewell/domain';
import { observationsTable } from './rows/observations';

/** Domain nouns as rows of `observations`. */

export interface RowVersion {
  /** Grows with what is known of the row; the highest is the one that is read. */
  rowVersion: number;
  createdAt: Microseconds;
  updatedAt: Microseconds;
}

/** Throws `UnstorableValue` when a value of it is none that the table holds. */
export function observationRow(
  o: EnrichedObservation,
  provenance: Provenance,
  version: RowVersion,
): Uint8Array {
  const { trace, experiment, instrumentation } = o;
  // One literal with every field in its place: rows of one shape are read twice as fast as those put together.
  return observationsTable.encode({
    trace_id: o.traceId,
    id: o.id,
    parent_observation_id: o.parentObservationId,
    is_app_root: o.isAppRoot,
    type: o.type,
    name: o.name,
    start_time: o.startTime,
    end_time: o.endTime,
    completion_start_time: o.completionStartTime,
    level: o.level,
    status_message: o.statusMessage,
    environment: o.environment,
    version: o.version,
    release: o.release,
    input: o.input,
    output: o.output,
    metadata: o.metadata,
    trace_name: trace.name,
    user_id: trace.userId,
    session_id: trace.sessionId,
    tags: trace.tags,
    public: trace.public,
    trace_input: trace.input,
    trace_output: trace.output,
    trace_metadata: trace.metadata,
    model: o.model,
    model_id: o.modelId,
    model_parameters: isEmpty(o.modelParameters) ? '' : JSON.stringify(o.modelParameters),
    prompt_name: o.promptName,
    prompt_version: o.promptVersion,
    provided_usage: o.providedUsage,
    usage: o.usage,
    provided_cost: o.providedCost,
    cost: o.cost,
    pricing_tier_id: o.pricingTierId,
    pricing_tier_name: o.pricingTierName,
    tool_definitions: o.toolDefinitions,
    tool_calls: o.toolCalls,
    tool_call_names: o.toolCallNames,
    service_name: instrumentation.serviceName,
    service_version: instrumentation.serviceVersion,
    scope_name: instrumentation.scopeName,
    scope_version: instrumentation.scopeVersion,
    telemetry_sdk_language: instrumentation.telemetrySdkLanguage,
    telemetry_sdk_name: instrumentation.telemetrySdkName,
    telemetry_sdk_version: instrumentation.telemetrySdkVersion,
    source: provenance.source,
    project_id: provenance.projectId,
    ingestion_api_key: provenance.ingestionApiKey,
    ingestion_sdk_name: provenance.ingestionSdkName,
    ingestion_sdk_version: provenance.ingestionSdkVersion,
    batch_key: provenance.batchKey,
    created_at: version.createdAt,
    updated_at: version.updatedAt,
    row_version: version.rowVersion,
    experiment_id: experiment?.id,
    experiment_name: experiment?.name,
    experiment_description: experiment?.description,
    experiment_metadata: experiment?.metadata,
    experiment_dataset_id: experiment?.datasetId,
    experiment_item_id: experiment?.itemId,
    experiment_item_version: experiment?.itemVersion,
    experiment_item_metadata: experiment?.itemMetadata,
    experiment_item_root_observation_id: experiment?.itemRootObservationId,
    experiment_item_expected_output: experiment?.itemExpectedOutput,
  });
}

/** What a client said of a trace as a whole; it stands beside the trace's observations, with no id of its own. */
export function traceRecordRow(trace: TraceRecord, provenance: Provenance, version: RowVersion): Uint8Array {
  return observationsTable.encode({
    trace_id: trace.id,
    kind: 'trace',
    start_time: trace.timestamp,
    environment: trace.environment,
    public: trace.public,
    trace_name: trace.name,
    user_id: trace.userId,
    session_id: trace.sessionId,
    release: trace.release,
    version: trace.version,
    tags: trace.tags,
    input: trace.input,
    output: trace.output,
    metadata: trace.metadata,
    source: provenance.source,
    ...provenanceColumns(provenance, version),
  });
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
): Uint8Array {
  return observationsTable.encode({
    project_id: key.projectId,
    trace_id: key.traceId,
    id: key.id,
    kind: key.kind,
    start_time: key.startTime,
    row_version: rowVersion,
    is_deleted: 1,
  });
}

/** What every recorded row says of how it came. */
export const provenanceColumns = (provenance: Provenance, version: RowVersion) => ({
  project_id: provenance.projectId,
  ingestion_api_key: provenance.ingestionApiKey,
  ingestion_sdk_name: provenance.ingestionSdkName,
  ingestion_sdk_version: provenance.ingestionSdkVersion,
  batch_key: provenance.batchKey,
  created_at: version.createdAt,
  updated_at: version.updatedAt,
  row_version: version.rowVersion,
});

/** DateTime64(6) as it is read from JSON: seconds and six decimals. */
export function columnarTime(time: Microseconds): string {
  const seconds = Math.floor(time / 1_000_000);
  return `${seconds}.${String(time - seconds * 1_000_000).padStart(6, '0')}`;
}

function isEmpty(map: object): boolean {
  for (const _ in map) return false;
  return true;
}

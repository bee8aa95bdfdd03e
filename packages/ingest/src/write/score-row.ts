import type { Provenance, Score } from '@tracewell/domain';
import { columnarTime, put, putMap, putProvenance, type RowVersion } from './observation-row';

/** A score as a row of `scores`: one line of JSON. */
export function scoreRow(score: Score, provenance: Provenance, version: RowVersion): string {
  const row: Record<string, unknown> = {
    project_id: provenance.projectId,
    id: score.id,
    timestamp: columnarTime(score.timestamp),
    name: score.name,
    data_type: score.dataType,
    value: score.value,
    environment: score.environment,
  };
  put(row, 'string_value', score.stringValue);
  put(row, 'trace_id', score.traceId);
  put(row, 'observation_id', score.observationId);
  put(row, 'session_id', score.sessionId);
  put(row, 'dataset_run_id', score.datasetRunId);
  put(row, 'comment', score.comment);
  putMap(row, 'metadata', score.metadata);
  put(row, 'config_id', score.configId);
  put(row, 'queue_id', score.queueId);
  put(row, 'author_user_id', score.authorUserId);
  put(row, 'execution_trace_id', score.executionTraceId);
  putProvenance(row, provenance, version);
  // On scores `source` says who judged, not how the row arrived.
  row.source = score.source;
  return JSON.stringify(row);
}

export function withdrawnScoreRow(
  key: { projectId: string; id: string; timestamp: number },
  rowVersion: number,
): string {
  return JSON.stringify({
    project_id: key.projectId,
    id: key.id,
    timestamp: columnarTime(key.timestamp),
    row_version: rowVersion,
    is_deleted: 1,
  });
}

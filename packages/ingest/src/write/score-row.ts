import type { Provenance, Score } from '@tracewell/domain';
import { provenanceColumns, type RowVersion } from './observation-row';
import { scoresTable } from './rows/scores';

/** A score as a row of `scores`. Throws `UnstorableValue` when a value of it is none that the table holds. */
export function scoreRow(score: Score, provenance: Provenance, version: RowVersion): Uint8Array {
  return scoresTable.encode({
    id: score.id,
    timestamp: score.timestamp,
    name: score.name,
    // Who judged, not how the row arrived.
    source: score.source,
    data_type: score.dataType,
    value: score.value,
    environment: score.environment,
    string_value: score.stringValue,
    trace_id: score.traceId,
    observation_id: score.observationId,
    session_id: score.sessionId,
    dataset_run_id: score.datasetRunId,
    comment: score.comment,
    metadata: score.metadata,
    config_id: score.configId,
    queue_id: score.queueId,
    author_user_id: score.authorUserId,
    execution_trace_id: score.executionTraceId,
    ...provenanceColumns(provenance, version),
  });
}

export const withdrawnScoreRow = (
  key: { projectId: string; id: string; timestamp: number },
  rowVersion: number,
): Uint8Array =>
  scoresTable.encode({
    project_id: key.projectId,
    id: key.id,
    timestamp: key.timestamp,
    row_version: rowVersion,
    is_deleted: 1,
  });

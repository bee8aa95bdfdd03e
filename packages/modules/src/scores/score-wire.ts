import type { ScoreV1, ScoreV2, ScoreV3, scoreGroupsV3 } from '@tracewell/contract';
import { formatIsoTime } from '@tracewell/domain';
import type { StoredScore } from '@tracewell/query/scores/score-row';
import { parseMetadata } from '../payloads/index';

/** A stored score in the words of each generation of readers. */

const orNull = (text: string): string | null => text || null;

const baseOf = (score: StoredScore) => ({
  id: score.id,
  projectId: score.projectId,
  timestamp: formatIsoTime(score.timestamp),
  createdAt: formatIsoTime(score.createdAt),
  updatedAt: formatIsoTime(score.updatedAt),
  environment: score.environment,
  name: score.name,
  source: score.source,
  authorUserId: orNull(score.authorUserId),
  comment: orNull(score.comment),
  metadata: parseMetadata(score.metadata),
  configId: orNull(score.configId),
  queueId: orNull(score.queueId),
  executionTraceId: orNull(score.executionTraceId),
  observationId: orNull(score.observationId),
});

/** null for a score the first generation does not know: a correction, or one of a session or dataset run. */
export function toScoreV1(score: StoredScore): ScoreV1 | null {
  if (score.traceId === '' || score.dataType === 'CORRECTION') return null;
  const { dataType, value, stringValue } = score;
  const base = { ...baseOf(score), traceId: score.traceId };
  if (dataType === 'NUMERIC') return { ...base, dataType, value };
  if (dataType === 'TEXT') return { ...base, dataType, stringValue };
  return { ...base, dataType, value, stringValue };
}

export function toScoreV2(score: StoredScore): ScoreV2 {
  const { dataType, value, stringValue } = score;
  const base = {
    ...baseOf(score),
    traceId: orNull(score.traceId),
    sessionId: orNull(score.sessionId),
    datasetRunId: orNull(score.datasetRunId),
  };
  if (dataType === 'NUMERIC') return { ...base, dataType, value };
  if (dataType === 'TEXT') return { ...base, dataType, stringValue };
  if (dataType === 'CORRECTION') return { ...base, dataType, value: 0, stringValue };
  return { ...base, dataType, value, stringValue };
}

export type ScoreGroupV3 = (typeof scoreGroupsV3)[number];

export function toScoreV3(score: StoredScore, groups: readonly ScoreGroupV3[]): ScoreV3 {
  const { dataType, stringValue } = score;
  const base = baseOf(score);
  const core = {
    id: base.id,
    projectId: base.projectId,
    name: base.name,
    source: base.source,
    timestamp: base.timestamp,
    environment: base.environment,
    createdAt: base.createdAt,
    updatedAt: base.updatedAt,
    ...(groups.includes('details') && {
      comment: base.comment,
      configId: base.configId,
      metadata: base.metadata,
    }),
    ...(groups.includes('annotation') && { authorUserId: base.authorUserId, queueId: base.queueId }),
    ...(groups.includes('subject') && { subject: subjectOf(score) }),
  };
  if (dataType === 'NUMERIC') return { ...core, dataType, value: score.value };
  if (dataType === 'BOOLEAN') return { ...core, dataType, value: score.value === 1 };
  return { ...core, dataType, value: stringValue };
}

function subjectOf({ traceId, observationId, sessionId, datasetRunId }: StoredScore): ScoreV3['subject'] {
  if (observationId) return { kind: 'observation', id: observationId, traceId: orNull(traceId) };
  if (traceId) return { kind: 'trace', id: traceId };
  if (sessionId) return { kind: 'session', id: sessionId };
  return datasetRunId ? { kind: 'experiment', id: datasetRunId } : null;
}

import type { ObservationNode, ScoreSummary, TraceSummary } from '@tracewell/contract';
import { formatIsoTime, type Microseconds, reduceUsage } from '@tracewell/domain';
import type { ObservationRow } from '@tracewell/query/observations/observation-fields';
import type { StoredScore } from '@tracewell/query/scores/score-row';
import type { TraceSummary as StoredTrace } from '@tracewell/query/traces/trace-summary';

/** Traces, observations and scores as the screens show them. */

export const showScore = (score: StoredScore): ScoreSummary => ({
  id: score.id,
  name: score.name,
  dataType: score.dataType,
  source: score.source,
  value: score.dataType === 'TEXT' || score.dataType === 'CORRECTION' ? null : score.value,
  stringValue: score.stringValue || null,
  comment: score.comment || null,
  observationId: score.observationId || null,
  configId: score.configId || null,
  authorUserId: score.authorUserId || null,
  timestamp: formatIsoTime(score.timestamp),
});

export const showSummary = (trace: StoredTrace): TraceSummary => ({
  id: trace.id,
  timestamp: formatIsoTime(trace.timestamp),
  name: trace.name,
  userId: trace.userId,
  sessionId: trace.sessionId,
  tags: trace.tags,
  environment: trace.environment,
  version: trace.version,
  release: trace.release,
  public: trace.public,
  level: trace.level,
  latencyMs: trace.latencyUs / 1000,
  observationCount: trace.observationCount,
  errorCount: trace.levelCounts.ERROR,
  usage: reduceUsage(trace.usage),
  totalCost: trace.totalCost,
  models: trace.models,
  inputPreview: trace.inputPreview,
  outputPreview: trace.outputPreview,
  scores: trace.scores.map(showScore),
});

type NodeRow = ObservationRow<'basic' | 'time' | 'model' | 'usage' | 'prompt' | 'toolNames'>;

/** `firstStart` is where the trace's time line begins. */
export const showNode = (row: NodeRow, firstStart: Microseconds): ObservationNode => ({
  id: row.id,
  parentObservationId: row.parentObservationId || null,
  type: row.type,
  name: row.name,
  startTime: formatIsoTime(row.startTime),
  endTime: row.endTime === null ? null : formatIsoTime(row.endTime),
  startOffsetUs: row.startTime - firstStart,
  durationUs: row.endTime === null ? null : row.endTime - row.startTime,
  completionStartOffsetUs: row.completionStartTime === null ? null : row.completionStartTime - firstStart,
  level: row.level,
  statusMessage: row.statusMessage,
  environment: row.environment,
  model: row.model,
  modelId: row.modelId,
  promptName: row.promptName,
  promptVersion: row.promptVersion,
  usage: row.usage,
  cost: row.cost,
  toolCallNames: row.toolCallNames,
});

import type { Score } from '@tracewell/domain';
import { scoreSources } from '@tracewell/domain';
import type { StoredEvent } from '../decode/json-batch';
import { scoreDataTypeOf } from '../receive/score-body';
import {
  earliestTimestamp,
  type FoldEvent,
  type FoldEvents,
  firstEnvironment,
  lastOf,
  lastText,
  orderEvents,
  textOf,
} from './merge';
import { mergeMetadata } from './metadata';

/** A corrected output has no name of its own. */
export const correctionName = 'output';

/** One score of all events under its id. A category's number is its config's to say and stays 0 here. */
export function foldScore(id: string, received: Iterable<StoredEvent>): Score {
  const events = orderEvents(received, 'timestamp');
  const judgement = lastOf(events, judgementOf) ?? noJudgement;
  const source = lastText(events, 'source', 'ignored');
  return {
    id,
    timestamp: earliestTimestamp(events),
    name: judgement.dataType === 'CORRECTION' ? correctionName : lastText(events, 'name', 'ignored'),
    source: scoreSources.find((known) => known === source) ?? 'API',
    ...judgement,
    ...targetOf(events),
    environment: firstEnvironment(events),
    comment: lastText(events, 'comment', 'empties'),
    metadata: mergeMetadata(events),
    configId: lastText(events, 'configId', 'empties'),
    queueId: lastText(events, 'queueId', 'empties'),
    authorUserId: lastText(events, 'authorUserId', 'empties'),
    executionTraceId: lastText(events, 'executionTraceId', 'empties'),
  };
}

type Judgement = Pick<Score, 'dataType' | 'value' | 'stringValue'>;
const noJudgement: Judgement = { dataType: 'NUMERIC', value: 0, stringValue: '' };

/** Type and value belong together: both are of the last event that has a value. */
function judgementOf(body: FoldEvent['body']): Judgement | null {
  const value: unknown = JSON.parse(body.get('value') ?? 'null');
  const dataType = scoreDataTypeOf(value, textOf(body.get('dataType')));
  if (dataType === null) return null;
  if (typeof value === 'string') return { dataType, value: 0, stringValue: value };
  if (typeof value !== 'number') return null;
  // Adding zero makes a plain zero of a negative one.
  return {
    dataType,
    value: value + 0,
    stringValue: dataType === 'BOOLEAN' ? (value === 1 ? 'True' : 'False') : '',
  };
}

type Target = Pick<Score, 'traceId' | 'observationId' | 'sessionId' | 'datasetRunId'>;

/** A score stays on what it was first given to; only which observation of that trace may still be told. */
function targetOf(events: FoldEvents): Target {
  const text = ({ body }: FoldEvent, key: keyof Target) => textOf(body.get(key)) ?? '';
  const first = events[0]!;
  const target: Target = {
    traceId: text(first, 'traceId'),
    observationId: text(first, 'observationId'),
    sessionId: text(first, 'sessionId'),
    datasetRunId: text(first, 'datasetRunId'),
  };
  for (const event of events) {
    if (target.traceId && text(event, 'traceId') === target.traceId) {
      target.observationId = text(event, 'observationId') || target.observationId;
    }
  }
  return target;
}

import { eventTypes } from '../fold/event-types';
import { readMembers } from '../fold/json-text';
import { textOf } from '../fold/merge';
import { checkObservationBody, checkObservationType, checkTraceBody } from './json-batch-bodies';
import {
  type Body,
  checkId,
  checkTime,
  Issues,
  isAbsent,
  isObject,
  maxIdChars,
  show,
} from './json-batch-checks';
import { type EventSpan, isTooDeep, maxDepth, readEnvelope } from './json-batch-envelope';
import { checkScoreBody } from './score-body';
import { type ConfiguredScore, configuredScoreOf, findConfigIssue, type ScoreConfigs } from './score-config';

export { InvalidBatch, maxEventsPerBatch } from './json-batch-envelope';
export { type LegacyRoute, type WrappedEvent, wrapLegacyBody } from './json-batch-legacy';

/** `scores`: sent with a public key alone, which may only judge. */
export type BatchAccess = 'project' | 'scores';

export interface EventSuccess {
  id: string;
  status: 201;
}
export interface EventError {
  /** Of the event, not of the entity; `unknown` where it cannot be told. */
  id: string;
  status: number;
  message: string;
  error: string;
}

export interface JsonBatchInspection {
  successes: EventSuccess[];
  errors: EventError[];
  /** Events that were acknowledged and must become visible: without `sdk-log`, which is in neither list. */
  accepted: number;
  /** Positions of the events in `errors`, ascending. */
  rejected: number[];
  /** Accepted scores that name a config, which is still to be asked: `refuseByConfig`. */
  configured: { position: number; id: string; score: ConfiguredScore }[];
}

/**
 * Answers for each event of an inflated `POST /ingestion` body, as the 207 says it. What is accepted here, the
 * worker can decode and fold. Throws `InvalidBatch` when the envelope itself cannot be read.
 */
export function inspectJsonBatch(body: Uint8Array, access: BatchAccess): JsonBatchInspection {
  const { text, events } = readEnvelope(body);
  const inspection: JsonBatchInspection = {
    successes: [],
    errors: [],
    accepted: 0,
    rejected: [],
    configured: [],
  };
  events.forEach((span, position) => {
    const verdict = inspectEvent(text, span, access, (id, score) =>
      inspection.configured.push({ position, id, score }),
    );
    if (verdict === null) return;
    if ('error' in verdict) {
      inspection.errors.push(verdict);
      inspection.rejected.push(position);
    } else {
      inspection.successes.push(verdict);
      inspection.accepted++;
    }
  });
  return inspection;
}

/**
 * Refuses the accepted scores that break their config, as the 207 says it. One whose config cannot be known now
 * stays accepted.
 */
export function refuseByConfig(inspection: JsonBatchInspection, configs: ScoreConfigs): JsonBatchInspection {
  const refused = new Map<string, number>();
  const errors = [...inspection.errors];
  const rejected = [...inspection.rejected];
  for (const { position, id, score } of inspection.configured) {
    const config = configs.get(score.configId);
    const issue = config === undefined ? null : findConfigIssue(score, config);
    if (issue === null) continue;
    errors.push(invalidEvent(id, [`body.${issue}`]));
    rejected.push(position);
    refused.set(id, (refused.get(id) ?? 0) + 1);
  }
  // Ids are the client's and may repeat: as many successes go as scores of the id are refused.
  const successes = inspection.successes.filter(({ id }) => {
    const left = refused.get(id) ?? 0;
    if (left > 0) refused.set(id, left - 1);
    return left === 0;
  });
  return {
    successes,
    errors,
    accepted: inspection.accepted - (rejected.length - inspection.rejected.length),
    rejected: rejected.sort((a, b) => a - b),
    configured: [],
  };
}

/** null: neither accepted nor refused. */
function inspectEvent(
  text: string,
  span: EventSpan,
  access: BatchAccess,
  onConfigured: (id: string, score: ConfiguredScore) => void,
): EventSuccess | EventError | null {
  const json = text.slice(span.start, span.end);
  if (isTooDeep(span)) {
    return invalidEvent(findId(json), [
      `event: is nested deeper than ${maxDepth} levels; flatten it or send it as text`,
    ]);
  }
  let event: unknown;
  try {
    event = JSON.parse(json);
  } catch (error) {
    return invalidEvent(findId(json), [
      `event: is not valid JSON: ${(error as Error).message.slice(0, 200)}`,
    ]);
  }
  if (!isObject(event)) return invalidEvent(undefined, [`event: must be an object, is ${show(event)}`]);

  const found = findEventIssues(event);
  if (found.length > 0) return invalidEvent(event.id, found);
  if (access === 'scores' && event.type !== 'score-create') {
    return {
      id: event.id as string,
      status: 401,
      message: 'Authentication error',
      error: 'Access Scope Denied',
    };
  }
  if (event.type === 'sdk-log') return null;
  const id = event.id as string;
  const score = event.type === 'score-create' ? configuredScoreOf(event.body as Body) : null;
  if (score) onConfigured(id, score);
  return { id, status: 201 };
}

function findEventIssues(event: Body): string[] {
  const issues = new Issues('');
  checkEventId(issues, event.id);
  if (isAbsent(event.timestamp)) issues.add('timestamp', 'is missing; set the time of the event');
  checkTime(issues, 'timestamp', event.timestamp);
  const type = typeof event.type === 'string' ? eventTypes.get(event.type) : undefined;
  if (!type)
    issues.add('type', `must be one of ${[...eventTypes.keys()].join(', ')}, is ${show(event.type)}`);
  if (!isObject(event.body)) issues.add('body', `must be an object, is ${show(event.body)}`);
  if (!type || !isObject(event.body)) return issues.found;

  const inBody = new Issues('body.');
  checkId(inBody, 'id', event.body.id);
  if (!type.idOptional && (isAbsent(event.body.id) || event.body.id === '')) {
    inBody.add('id', 'is missing; name the observation that the event speaks of');
  }
  if (type.entity === 'trace') checkTraceBody(inBody, event.body);
  if (type.entity === 'score') checkScoreBody(inBody, event.body, 'batch');
  if (type.entity === 'observation') {
    if (type.observationType === null) checkObservationType(inBody, event.body);
    checkObservationBody(inBody, event.body);
  }
  return [...issues.found, ...inBody.found];
}

function checkEventId(issues: Issues, id: unknown): void {
  if (typeof id !== 'string' || id === '') {
    issues.add('id', `must be text of 1 to ${maxIdChars} characters, unique to the event, is ${show(id)}`);
  } else {
    checkId(issues, 'id', id);
    if (id.includes('\r')) issues.add('id', 'must not hold a carriage return; remove it');
  }
}

function invalidEvent(id: unknown, found: readonly string[]): EventError {
  return {
    id: typeof id === 'string' && id !== '' ? id : 'unknown',
    status: 400,
    message: 'Invalid request data',
    error: found.join('; '),
  };
}

/** The id of an event that cannot be parsed as a whole, where it can still be made out. */
function findId(json: string): unknown {
  try {
    return textOf(readMembers(json).get('id'));
  } catch {
    // Nothing is lost: the event is refused in any case, and `unknown` stands for its id.
    return undefined;
  }
}

import { type ScoreDataType, scoreDataTypes } from '@tracewell/domain';
import {
  type Body,
  checkId,
  checkMetadata,
  checkOneOf,
  checkText,
  Issues,
  isAbsent,
  isObject,
  maxLabelChars,
  maxProseChars,
  show,
} from './json-batch-checks';

/** The rules of a score as clients send it: `POST /scores` and `score-create` events differ only in `source`. */

export const maxScoreTextChars = 500;

export type ScoreDoor = 'scores' | 'batch';
const sourcesOf: Record<ScoreDoor, readonly string[]> = {
  scores: ['API', 'ANNOTATION'],
  batch: ['API', 'EVAL', 'ANNOTATION'],
};

/** What is wrong with a body of `POST /scores`, one sentence a fault; empty when nothing is. */
export function findScoreIssues(body: unknown): string[] {
  if (!isObject(body)) return ['body: must be a JSON object with name, value and a target such as traceId'];
  const issues = new Issues('');
  checkId(issues, 'id', body.id);
  checkScoreBody(issues, body, 'scores');
  return issues.found;
}

export function checkScoreBody(issues: Issues, body: Body, door: ScoreDoor): void {
  if (isAbsent(body.name) || body.name === '') issues.add('name', 'is missing; name what is judged');
  checkText(issues, 'name', body.name, maxLabelChars);
  checkTarget(issues, body);
  checkValue(issues, body);
  checkOneOf(issues, 'source', body.source, sourcesOf[door]);
  checkId(issues, 'configId', body.configId);
  checkId(issues, 'queueId', body.queueId);
  checkId(issues, 'executionTraceId', body.executionTraceId);
  checkText(issues, 'comment', body.comment, maxProseChars);
  checkMetadata(issues, 'metadata', body.metadata);
  if (!isAbsent(body.authorUserId)) {
    issues.add('authorUserId', 'is set by the server for annotations of signed-in users; leave it out');
  }
  if (body.source === 'ANNOTATION' && !isNamed(body.configId) && body.dataType !== 'CORRECTION') {
    issues.add('configId', 'is required for source ANNOTATION; name the score config it was given with');
  }
}

/** null when the value fits no type, or not the one that is named. */
export function scoreDataTypeOf(value: unknown, dataType: unknown): ScoreDataType | null {
  if (isAbsent(dataType)) {
    return typeof value === 'number' ? 'NUMERIC' : typeof value === 'string' ? 'CATEGORICAL' : null;
  }
  const known = scoreDataTypes.find((type) => type === dataType);
  return known !== undefined && valueRules[known].accepts(value) ? known : null;
}

interface ValueRule {
  accepts(value: unknown): boolean;
  rule: string;
}
const isText = (value: unknown): value is string => typeof value === 'string';
const valueRules: Record<ScoreDataType, ValueRule> = {
  NUMERIC: { accepts: (value) => typeof value === 'number', rule: 'a number' },
  BOOLEAN: { accepts: (value) => value === 0 || value === 1, rule: '0 or 1' },
  CATEGORICAL: { accepts: isText, rule: 'text' },
  TEXT: {
    accepts: (value) => isText(value) && value.length >= 1 && value.length <= maxScoreTextChars,
    rule: `text of 1 to ${maxScoreTextChars} characters`,
  },
  CORRECTION: { accepts: isText, rule: 'text' },
};

/** What a value of the type must be, in words. */
export const scoreValueRule = (dataType: ScoreDataType): string => valueRules[dataType].rule;

function checkValue(issues: Issues, { value, dataType, configId, sessionId, datasetRunId }: Body): void {
  checkOneOf(issues, 'dataType', dataType, scoreDataTypes);
  if (typeof value === 'string') checkText(issues, 'value', value, maxProseChars);
  if (typeof value === 'number') checkScoreNumber(issues, value);
  const known = scoreDataTypes.find((type) => type === dataType);
  if (known === undefined) {
    if (!isText(value) && typeof value !== 'number') {
      issues.add('value', `must be a number or text, is ${show(value)}`);
    }
    return;
  }
  const { accepts, rule } = valueRules[known];
  if (!accepts(value)) issues.add('value', `must be ${rule} for dataType ${known}, is ${show(value)}`);
  if (known !== 'CORRECTION') return;
  if (isNamed(configId)) issues.add('configId', 'does not go with dataType CORRECTION; leave it out');
  if (isNamed(sessionId) || isNamed(datasetRunId)) {
    issues.add('traceId', 'a CORRECTION is of a trace or an observation; name its traceId');
  }
}

function checkScoreNumber(issues: Issues, value: number): void {
  if (Number.isFinite(value) && Math.abs(value) <= Number.MAX_SAFE_INTEGER) return;
  const fix = 'send a larger one as text with dataType CATEGORICAL';
  issues.add('value', `must lie within ±${Number.MAX_SAFE_INTEGER}, or it would be changed; ${fix}`);
}

const targets = ['traceId', 'sessionId', 'datasetRunId'] as const;
const isNamed = (value: unknown) => !isAbsent(value) && value !== '';

function checkTarget(issues: Issues, body: Body): void {
  for (const key of targets) checkId(issues, key, body[key]);
  checkId(issues, 'observationId', body.observationId);
  const named = targets.filter((key) => isNamed(body[key]));
  if (isNamed(body.observationId) && !named.includes('traceId')) {
    issues.add('observationId', 'needs the traceId it belongs to; set both');
  } else if (named.length !== 1) {
    const given = named.length === 0 ? 'none is set' : `${named.join(' and ')} are set`;
    issues.add('traceId', `exactly one of ${targets.join(', ')} must be set, ${given}`);
  }
}

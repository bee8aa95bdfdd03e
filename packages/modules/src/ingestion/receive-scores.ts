import { randomUUID } from 'node:crypto';
import { ApiError } from '@tracewell/contract';
import { formatIsoTime, parseIsoTime } from '@tracewell/domain';
import { inflateBody } from '@tracewell/ingest/receive/body';
import { findScoreIssues } from '@tracewell/ingest/receive/score-body';
import type { ProjectAccess } from '../access/index';
import { type EventBatch, type EventDeps, receiveEvents } from './receive-events';

/** What became of a list of scores: all accepted when `errors` is empty. */
export interface ScoreListResults {
  accepted: number;
  rejected: number;
  errors: { message: string }[];
}

/** Scores in one request; the clients that send lists send at most a hundred. */
const maxScores = 1_000;

/** null when the body is one score and no list, or no JSON at all. */
export async function readScoreList(
  { limits }: Pick<EventDeps, 'limits'>,
  sent: EventBatch,
): Promise<unknown[] | null> {
  const body = await inflateBody(sent.bytes, sent.contentEncoding, limits);
  try {
    const parsed: unknown = JSON.parse(Buffer.from(body).toString('utf8'));
    return Array.isArray(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/**
 * Takes a list of scores, as SDKs of the fifth generation send them: each is accepted or refused by itself, and
 * what is accepted is durable when this resolves. A score's own `timestamp` is when it was given.
 */
export async function receiveScores(
  deps: EventDeps,
  access: ProjectAccess,
  scores: readonly unknown[],
  client: EventBatch['client'],
): Promise<ScoreListResults> {
  if (scores.length > maxScores) {
    throw new ApiError(
      'invalid_request',
      `The list holds ${scores.length} scores; send at most ${maxScores} at once.`,
    );
  }
  const errors: { message: string }[] = [];
  const batch: object[] = [];
  for (const [position, score] of scores.entries()) {
    const issues = findScoreIssues(score);
    if (issues.length > 0) {
      errors.push({ message: `scores[${position}]: ${issues.join('; ')}` });
      continue;
    }
    const { timestamp } = score as { timestamp?: unknown };
    const isTime = typeof timestamp === 'string' && parseIsoTime(timestamp) !== null;
    batch.push({
      id: randomUUID(),
      type: 'score-create',
      timestamp: isTime ? timestamp : formatIsoTime(deps.now()),
      body: score,
    });
  }
  const results = await receiveEvents(deps, access, {
    contentEncoding: undefined,
    bytes: Buffer.from(JSON.stringify({ batch })),
    client,
  });
  for (const { message, error } of results.errors) {
    errors.push({ message: [message, error].filter(Boolean).map(String).join(': ') });
  }
  return { accepted: results.successes.length, rejected: errors.length, errors };
}

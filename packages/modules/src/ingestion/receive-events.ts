import { randomUUID } from 'node:crypto';
import { ApiError, type IngestionResponse } from '@tracewell/contract';
import type { Microseconds } from '@tracewell/domain';
import type { BatchLog } from '@tracewell/ingest/batch';
import { type BodyLimits, inflateBody } from '@tracewell/ingest/receive/body';
import {
  inspectJsonBatch,
  type LegacyRoute,
  refuseByConfig,
  wrapLegacyBody,
} from '@tracewell/ingest/receive/json-batch';
import { findScoreIssues } from '@tracewell/ingest/receive/score-body';
import { type ProjectAccess, requireScope } from '../access/index';
import type { ScoreConfigLookup } from '../score-configs/index';
import type { Client } from './client';

export interface EventDeps {
  batchLog: BatchLog;
  now: () => Microseconds;
  limits: BodyLimits;
  scoreConfigs: Pick<ScoreConfigLookup, 'findNow'>;
}

export interface EventBatch {
  contentEncoding: string | undefined;
  bytes: Uint8Array;
  client: Client;
}

/**
 * Takes a batch of events: each is accepted or refused by itself, and what is accepted is durable when this
 * resolves. A public key may send scores only; its other events are refused one by one. Throws `InvalidBatch`
 * when the envelope cannot be read, `BlobUnavailable` when it cannot be kept now.
 */
export async function receiveEvents(
  deps: EventDeps,
  access: ProjectAccess,
  sent: EventBatch,
): Promise<IngestionResponse> {
  requireScope(access, 'scores:ingest');
  const receivedAt = deps.now();
  const scoresOnly = !access.scopes.has('traces:ingest');
  const body = await inflateBody(sent.bytes, sent.contentEncoding, deps.limits);
  const inspected = inspectJsonBatch(body, scoresOnly ? 'scores' : 'project');
  const configIds = new Set(inspected.configured.map(({ score }) => score.configId));
  const { successes, errors, accepted, rejected } =
    configIds.size === 0
      ? inspected
      : refuseByConfig(inspected, await deps.scoreConfigs.findNow(access.projectId, configIds));
  if (accepted > 0) {
    const isGzip = /^\s*(?:x-)?gzip\s*$/i.test(sent.contentEncoding ?? '');
    await deps.batchLog.append({
      kind: 'json-batch',
      encoding: isGzip ? 'gzip' : 'identity',
      projectId: access.projectId,
      receivedAt,
      accepted,
      rejected,
      apiKey: access.actor.kind === 'api-key' ? access.actor.id : '',
      ...sent.client,
      scoresOnly,
      body: isGzip ? sent.bytes : body,
    });
  }
  return { successes, errors };
}

/**
 * Takes one object of a route that came before batches, as a batch of one. Resolves with the id of what it
 * speaks of; throws `invalid_request` or `InvalidBatch` when it is refused.
 */
export async function receiveObject(
  deps: EventDeps,
  access: ProjectAccess,
  sent: EventBatch & { method: 'POST' | 'PATCH'; route: LegacyRoute },
): Promise<{ id: string }> {
  const body = await inflateBody(sent.bytes, sent.contentEncoding, deps.limits);
  if (sent.route === '/scores') checkScore(body);
  const stamp = { eventId: randomUUID(), time: deps.now() };
  const { batch, entityId } = wrapLegacyBody(sent.route, sent.method, body, stamp);
  const { errors } = await receiveEvents(deps, access, {
    contentEncoding: undefined,
    bytes: batch,
    client: sent.client,
  });
  const [refused] = errors;
  if (!refused) return { id: entityId };
  const { message = 'Invalid request data', error } = refused;
  throw new ApiError(
    refused.status === 401 ? 'unauthorized' : 'invalid_request',
    error ? `${message}: ${String(error)}` : message,
  );
}

/** This route is stricter than a batch about who may be the source. What is no JSON is refused when wrapped. */
function checkScore(body: Uint8Array): void {
  let score: unknown;
  try {
    score = JSON.parse(Buffer.from(body).toString('utf8'));
  } catch {
    return;
  }
  const issues = findScoreIssues(score);
  if (issues.length > 0) throw new ApiError('invalid_request', `Invalid request data: ${issues.join('; ')}`);
}

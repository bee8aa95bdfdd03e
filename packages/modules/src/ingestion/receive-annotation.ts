import { randomUUID } from 'node:crypto';
import { ApiError } from '@tracewell/contract';
import { formatIsoTime } from '@tracewell/domain';
import { inspectJsonBatch, refuseByConfig } from '@tracewell/ingest/receive/json-batch';
import { findScoreIssues } from '@tracewell/ingest/receive/score-body';
import { type ProjectAccess, requireScope } from '../access/index';
import { appendBatch } from './append-batch';
import type { EventDeps } from './receive-events';

/** A score that a person gives: by a config, or as the output that should have been. */
export interface Annotation {
  id: string;
  name: string;
  dataType: string;
  value: number | string;
  configId?: string;
  traceId: string;
  observationId?: string;
  environment: string;
  comment: string;
}

/**
 * Takes an annotation by the same log as every score: durable when this resolves. The author is written here,
 * after the checks that keep clients from saying it. Throws `invalid_request` for what breaks a rule.
 */
export async function receiveAnnotation(
  deps: Omit<EventDeps, 'limits'>,
  access: ProjectAccess,
  annotation: Annotation,
): Promise<void> {
  requireScope(access, 'scores:ingest');
  const body = { ...annotation, source: 'ANNOTATION' };
  const issues = findScoreIssues(body);
  if (issues.length > 0) throw new ApiError('invalid_request', issues.join('; '));
  const event = { id: randomUUID(), type: 'score-create', timestamp: formatIsoTime(deps.now()) };
  const inspected = inspectJsonBatch(Buffer.from(JSON.stringify({ batch: [{ ...event, body }] })), 'scores');
  const configIds = new Set(inspected.configured.map(({ score }) => score.configId));
  const { errors } =
    configIds.size === 0
      ? inspected
      : refuseByConfig(inspected, await deps.scoreConfigs.findNow(access.projectId, configIds));
  if (errors[0]) throw new ApiError('invalid_request', errors[0].error.replace(/^body\./, ''));
  const authorUserId = access.actor.kind === 'user' ? access.actor.id : undefined;
  await appendBatch(deps, access, [{ ...event, body: { ...body, authorUserId } }], true);
}

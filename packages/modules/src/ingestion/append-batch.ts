import type { ProjectAccess } from '../access/index';
import type { EventDeps } from './receive-events';

/** Keeps events that this house wrote itself, and that were checked; durable when this resolves. */
export async function appendBatch(
  deps: Pick<EventDeps, 'batchLog' | 'now'>,
  access: ProjectAccess,
  batch: readonly object[],
  scoresOnly: boolean,
): Promise<void> {
  await deps.batchLog.append({
    kind: 'json-batch',
    encoding: 'identity',
    projectId: access.projectId,
    receivedAt: deps.now(),
    accepted: batch.length,
    rejected: [],
    apiKey: access.actor.kind === 'api-key' ? access.actor.id : '',
    sdkName: 'tracewell-screens',
    sdkVersion: 'unknown',
    scoresOnly,
    body: Buffer.from(JSON.stringify({ batch })),
  });
}

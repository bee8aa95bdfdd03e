import {
  createEvent,
  createGeneration,
  createScore,
  createSpan,
  createTrace,
  ingestBatch,
  updateGeneration,
  updateSpan,
} from '@tracewell/contract';
import type { LegacyRoute } from '@tracewell/ingest/receive/json-batch';
import {
  readClient,
  readScoreList,
  receiveEvents,
  receiveObject,
  receiveScores,
} from '@tracewell/modules/ingestion/index';
import type { ApiDeps } from '../deps';
import { readBytes } from '../read-body';
import { json } from '../respond';
import type { Api } from '../serve';

export function mountIngestion(api: Api, deps: ApiDeps): void {
  const { batchLog, now, scoreConfigs } = deps;
  const limits = deps.config.limits.ingestion;
  const eventDeps = { batchLog, now, limits, scoreConfigs };

  api.project(ingestBatch, async ({ request }, access) => {
    const results = await receiveEvents(eventDeps, access, await readEvents(request));
    deps.metrics.ingested('events', results.successes.length, results.errors.length);
    return json(results, 207);
  });

  for (const operation of [
    createTrace,
    createEvent,
    createSpan,
    updateSpan,
    createGeneration,
    updateGeneration,
  ]) {
    const method = operation.method === 'PATCH' ? 'PATCH' : 'POST';
    const route = operation.path.slice('/api/public'.length) as LegacyRoute;
    api.project(operation, async ({ request }, access) => {
      const sent = { ...(await readEvents(request)), method, route } as const;
      const answer = await receiveObject(eventDeps, access, sent);
      deps.metrics.ingested('events', 1, 0);
      return answer;
    });
  }

  // One score as ever, or a list of them.
  api.project(createScore, async ({ request }, access) => {
    const sent = await readEvents(request);
    const scores = await readScoreList({ limits }, sent);
    if (scores === null) {
      const one = { ...sent, method: 'POST', route: '/scores' } as const;
      const answer = await receiveObject(eventDeps, access, one);
      deps.metrics.ingested('events', 1, 0);
      return answer;
    }
    const results = await receiveScores(eventDeps, access, scores, sent.client);
    deps.metrics.ingested('events', results.accepted, results.rejected);
    return results.rejected === 0 ? json({ message: 'Accepted' }, 202) : json(results, 207);
  });

  const readEvents = async (request: Request) => ({
    contentEncoding: request.headers.get('content-encoding') ?? undefined,
    bytes: await readBytes(request, limits.maxBytes),
    client: readClient(request.headers),
  });
}

import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, isMissing } from '@tracewell/move/client';
import { encodeSpans } from './encode-spans';
import { hashOf } from './media-reference';
import type { Dataset, DemoProject, MediaFile, ReviewQueue, ScoreConfig } from './plan';
import { SeedError } from './seed-error';

/** Told how far it came. */
export type OnProgress = (what: string, done: number, of: number) => void;

const tracesOfRequest = 20;
const scoresOfRequest = 100;
const pauseMs = 500;
/** Until what was sent last can be read. */
const maxWaits = 240;
const configsOfPage = 100;

/** Sends a demo project to a server, as SDKs would. What is configured there under the same name is used as it is. */
export async function sendDemo(client: Client, demo: DemoProject, onProgress: OnProgress): Promise<void> {
  await sendPrompts(client, demo);
  const configIds = await sendScoreConfigs(client, demo.scoreConfigs);
  await eachOf('files', demo.media, 1, ([file]) => sendFile(client, file!), onProgress);
  await eachOf(
    'traces',
    demo.traces,
    tracesOfRequest,
    (traces) => client.send('POST', '/otel/v1/traces', encodeSpans(traces), 'repeatable').then(() => {}),
    onProgress,
  );
  await eachOf(
    'scores',
    demo.scores,
    scoresOfRequest,
    (scores) => sendScores(client, scores, configIds),
    onProgress,
  );
  await sendDataset(client, demo.dataset, onProgress);
  onProgress('reading back', 0, 1);
  const spoken = [...demo.queue.items, ...demo.comments].map(({ traceId }) => traceId);
  for (const id of new Set([...spoken, demo.traces.at(-1)!.id])) await awaitTrace(client, id);
  await sendQueue(client, demo.queue, configIds);
  for (const { traceId, content } of demo.comments)
    await client.send('POST', '/comments', { objectType: 'TRACE', objectId: traceId, content }, 'once');
}

async function eachOf<Item>(
  what: string,
  items: readonly Item[],
  atOnce: number,
  send: (part: readonly Item[]) => Promise<void>,
  onProgress: OnProgress,
): Promise<void> {
  for (let at = 0; at < items.length; at += atOnce) {
    onProgress(what, at, items.length);
    await send(items.slice(at, at + atOnce));
  }
  onProgress(what, items.length, items.length);
}

async function sendPrompts(client: Client, { prompts }: DemoProject): Promise<void> {
  for (const name of new Set(prompts.map((prompt) => prompt.name))) {
    if (await client.find('/v2/prompts', { name, limit: 1 }).then(hasData)) continue;
    for (const prompt of prompts)
      if (prompt.name === name) await client.send('POST', '/v2/prompts', prompt, 'once');
  }
}

const hasData = (page: unknown): boolean => ((page as { data?: unknown[] } | null)?.data?.length ?? 0) > 0;

/** Ids by name. */
async function sendScoreConfigs(
  client: Client,
  configs: readonly ScoreConfig[],
): Promise<Map<string, string>> {
  const { data } = await client.get<{
    data: { id: string; name: string; dataType: string; isArchived: boolean }[];
  }>('/score-configs', { limit: configsOfPage });
  const ids = new Map<string, string>();
  for (const config of configs) {
    const here = data.find(
      ({ name, dataType, isArchived }) => name === config.name && dataType === config.dataType && !isArchived,
    );
    ids.set(
      config.name,
      (here ?? (await client.send<{ id: string }>('POST', '/score-configs', config, 'once'))).id,
    );
  }
  return ids;
}

async function sendFile(
  client: Client,
  { bytes, contentType, traceId, observationId }: MediaFile,
): Promise<void> {
  const sha256Hash = hashOf(bytes);
  const { mediaId, uploadUrl } = await client.send<{ mediaId: string; uploadUrl: string | null }>(
    'POST',
    '/media',
    { traceId, observationId, field: 'input', contentType, contentLength: bytes.length, sha256Hash },
    'repeatable',
  );
  // It is there already.
  if (uploadUrl === null) return;
  const answer = await fetch(new URL(uploadUrl, client.server.url), {
    method: 'PUT',
    headers: { 'content-type': contentType, 'x-amz-checksum-sha256': sha256Hash },
    body: new Uint8Array(bytes),
  });
  if (!answer.ok)
    throw new SeedError(
      `The file of trace ${traceId} was not taken: ${answer.status} ${await answer.text()}`,
    );
  await client.send(
    'PATCH',
    `/media/${mediaId}`,
    { uploadedAt: new Date().toISOString(), uploadHttpStatus: answer.status },
    'repeatable',
  );
}

async function sendScores(
  client: Client,
  scores: readonly DemoProject['scores'][number][],
  configIds: ReadonlyMap<string, string>,
): Promise<void> {
  const batch = scores.map(({ timestampMs, ...score }) => {
    const timestamp = new Date(timestampMs).toISOString();
    const configId = configIds.get(score.name);
    return {
      id: `event-${score.id}`,
      type: 'score-create',
      timestamp,
      body: { ...score, timestamp, ...(configId && { configId }) },
    };
  });
  const { errors } = await client.send<{ errors: { id: string; message: string; error?: unknown }[] }>(
    'POST',
    '/ingestion',
    { batch, metadata: { sdk_name: 'tracewell-seed' } },
    'repeatable',
  );
  const first = errors[0];
  if (first)
    throw new SeedError(
      `${errors.length} scores were not taken; ${first.id}: ${first.message} ${first.error ?? ''}`,
    );
}

async function sendDataset(client: Client, dataset: Dataset, onProgress: OnProgress): Promise<void> {
  const { name: datasetName, description, items, runs } = dataset;
  await client.send('POST', '/v2/datasets', { name: datasetName, description }, 'repeatable');
  await eachOf(
    'dataset items',
    items,
    1,
    async ([item]) =>
      void (await client.send('POST', '/dataset-items', { datasetName, ...item }, 'repeatable')),
    onProgress,
  );
  for (const { name: runName, description: runDescription, metadata, links } of runs)
    for (const { itemId: datasetItemId, traceId } of links)
      await client.send(
        'POST',
        '/dataset-run-items',
        { runName, runDescription, metadata, datasetItemId, traceId },
        'repeatable',
      );
}

async function sendQueue(
  client: Client,
  queue: ReviewQueue,
  configIds: ReadonlyMap<string, string>,
): Promise<void> {
  const { name, description, scoreConfigs, items } = queue;
  const { data } = await client.get<{ data: { id: string; name: string }[] }>('/annotation-queues', {
    limit: configsOfPage,
  });
  const scoreConfigIds = scoreConfigs.map((config) => configIds.get(config)!);
  const { id } =
    data.find((here) => here.name === name) ??
    (await client.send<{ id: string }>(
      'POST',
      '/annotation-queues',
      { name, description, scoreConfigIds },
      'once',
    ));
  const path = `/annotation-queues/${encodeURIComponent(id)}/items`;
  for (const { traceId, isDone } of items) {
    const item = await client.send<{ id: string }>(
      'POST',
      path,
      { objectId: traceId, objectType: 'TRACE', ...(isDone && { status: 'COMPLETED' }) },
      'once',
    );
    if (!item.id) throw new SeedError(`The queue did not take trace ${traceId}`);
  }
}

async function awaitTrace(client: Client, id: string): Promise<void> {
  for (let waits = 0; waits < maxWaits; waits++) {
    try {
      await client.get(`/traces/${id}`);
      return;
    } catch (error) {
      if (!isMissing(error)) throw error;
      await sleep(pauseMs);
    }
  }
  throw new SeedError(
    `Trace ${id} was accepted but cannot be read after ${(maxWaits * pauseMs) / 1_000} s. Is the worker running?`,
  );
}

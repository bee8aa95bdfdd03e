import type { AnswerOf, BodyOf, Operation } from '@tracewell/contract';
import * as operations from '@tracewell/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBatch, createExport } from './testing/recordings';
import { startTestApi, type TestApi, type TestProject } from './testing/start-test-api';

/** Datasets, items and runs over HTTP, as clients of each generation call them, on real engines. */
let api: TestApi;
let mine: TestProject;
let theirs: TestProject;

beforeAll(async () => {
  api = await startTestApi();
  mine = await api.createProject('mine');
  theirs = await api.createProject('theirs');
});
afterAll(() => api?.stop());

const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;

async function call(method: string, path: string, body?: unknown, project = mine) {
  const response =
    method === 'GET' ? await api.get(path, project) : await api.send(method, path, project, body);
  const text = await response.text();
  // biome-ignore lint/suspicious/noExplicitAny: an answer of any operation, looked into by its test
  return { status: response.status, text, body: JSON.parse(text) as any };
}

/** The body of a success, after it was found to be of the operation's shape: nothing missing, nothing beside. */
async function ask<O extends Operation>(operation: O, path: string, body?: unknown): Promise<AnswerOf<O>> {
  const answer = await call(operation.method, path, body);
  const [status] = Object.keys(operation.responses).map(Number);
  expect(answer.status, answer.text).toBe(status);
  expect(operation.responses[status!]!.parse(answer.body)).toEqual(answer.body);
  return answer.body;
}
const refusal = async (method: string, path: string, body?: unknown, project = mine) => {
  const answer = await call(method, path, body, project);
  return [answer.status, answer.body.message] as [number, string];
};

const v2 = '/api/public/v2/datasets';
const v1 = '/api/public/datasets';
const itemsPath = '/api/public/dataset-items';
const linksPath = '/api/public/dataset-run-items';
const named = (name: string, rest = '') => `${v2}/${encodeURIComponent(name)}${rest}`;
const runsOf = (name: string, run?: string) =>
  `${v1}/${encodeURIComponent(name)}/runs${run === undefined ? '' : `/${encodeURIComponent(run)}`}`;

const upsert = (body: unknown) => ask(operations.upsertDataset, v2, body);
const put = (body: Partial<BodyOf<typeof operations.upsertDatasetItem>>) =>
  ask(operations.upsertDatasetItem, itemsPath, body);
const items = (query: Record<string, string>) =>
  ask(operations.listDatasetItems, `${itemsPath}?${new URLSearchParams(query)}`);
const idsOf = async (query: Record<string, string>) => (await items(query)).data.map(({ id }) => id);
const link = (body: unknown) => ask(operations.createDatasetRunItem, linksPath, body);

describe('datasets', () => {
  it('are created, changed where something is sent, and read by name', async () => {
    const metadata = { z: 1, a: ['12', null], __proto__x: '12' };
    const created = await upsert({ name: ' folder/answers ', description: 'd', metadata });
    expect(created).toEqual({
      id: expect.any(String),
      name: 'folder/answers',
      description: 'd',
      metadata,
      inputSchema: null,
      expectedOutputSchema: null,
      projectId: mine.projectId,
      createdAt: expect.stringMatching(isoTime),
      updatedAt: created.createdAt,
    });
    expect(Object.keys(created.metadata as object)).toEqual(Object.keys(metadata));
    const changed = await upsert({ name: 'folder/answers', description: '' });
    expect(changed).toMatchObject({ id: created.id, description: '', metadata });
    expect(await ask(operations.getDataset, named('folder/answers'))).toEqual(changed);
    // Encoded once more, as some clients do, and not at all, as others.
    expect((await ask(operations.getDataset, named(encodeURIComponent('folder/answers')))).id).toBe(
      created.id,
    );
    expect((await ask(operations.getDataset, `${v2}/folder/answers`)).id).toBe(created.id);
  });

  it.each([v2, v1])(
    'created again by %s keep what is sent as null, as Python clients do for what is not given',
    async (path) => {
      const name = `created again by ${path}`;
      const schema = { type: 'object' };
      const sent = {
        description: 'd',
        metadata: { a: 1 },
        inputSchema: schema,
        expectedOutputSchema: schema,
      };
      const created = await upsert({ name, ...sent });
      const nothing = { description: null, metadata: null, inputSchema: null, expectedOutputSchema: null };
      expect((await call('POST', path, { name, ...nothing })).status).toBe(200);
      expect(await ask(operations.getDataset, named(name))).toMatchObject({ id: created.id, ...sent });
      const emptied = { description: '', metadata: {}, inputSchema: {}, expectedOutputSchema: {} };
      expect(await upsert({ name, ...emptied })).toMatchObject(emptied);
    },
  );

  it('keep a name that looks encoded apart from the one it stands for', async () => {
    const plain = await upsert({ name: 'a b' });
    const looksEncoded = await upsert({ name: 'a%20b' });
    expect((await ask(operations.getDataset, named('a%20b'))).id).toBe(looksEncoded.id);
    expect((await ask(operations.getDataset, named('a b'))).id).toBe(plain.id);
  });

  it('metadata may be any JSON, also texts that look like JSON', async () => {
    for (const metadata of ['12', 'text', 12, false, [1]]) {
      expect((await upsert({ name: 'any metadata', metadata })).metadata).toEqual(metadata);
    }
  });

  it('are listed newest first, in pages', async () => {
    for (const name of ['first of list', 'second of list']) await upsert({ name });
    const { data, meta } = await ask(operations.listDatasets, `${v2}?page=1&limit=2`);
    expect(data.map(({ name }) => name)).toEqual(['second of list', 'first of list']);
    expect(meta).toEqual({
      page: 1,
      limit: 2,
      totalItems: meta.totalItems,
      totalPages: Math.ceil(meta.totalItems / 2),
    });
    const next = await ask(operations.listDatasets, `${v2}?page=2&limit=2`);
    expect(next.data.map(({ name }) => name)).not.toContain('first of list');
  });

  it('refuses names and schemas that cannot be', async () => {
    for (const name of ['', '  ', '/a', 'a/', 'a//b', '<b>bold</b>', 'nul\0', 'x'.repeat(1_001)]) {
      const [status, message] = await refusal('POST', v2, { name });
      expect(status, name).toBe(400);
      expect(message).toContain('name');
    }
    expect(await refusal('POST', v2, {})).toEqual([400, expect.stringContaining('name')]);
    for (const schema of ['text', [], { type: 'strng' }, { pattern: '(' }, { $ref: 'https://a.example/b' }]) {
      const [status, message] = await refusal('POST', v2, { name: 'schemas', inputSchema: schema });
      expect(status, JSON.stringify(schema)).toBe(400);
      expect(message).toContain('inputSchema');
    }
    expect((await refusal('GET', named('schemas')))[0]).toBe(404);
    expect(await refusal('GET', `${v2}?limit=101`)).toEqual([400, expect.stringContaining('limit')]);
  });

  it('of other projects, and none at all, are not found', async () => {
    await upsert({ name: 'secret' });
    expect(await refusal('GET', named('secret'), undefined, theirs)).toEqual([
      404,
      'Dataset not found: this project has no dataset secret.',
    ]);
    expect((await api.request(named('secret'))).status).toBe(401);
    expect((await api.request(named('secret'), { headers: { authorization: mine.bearer } })).status).toBe(
      403,
    );
  });
});

describe('items', () => {
  it('are created with all they can have, and read back as they were given', async () => {
    const dataset = await upsert({ name: 'full' });
    const body = {
      datasetName: 'full',
      id: 'full-1',
      input: { z: 'b', a: [1, '2', null, { deep: true }] },
      expectedOutput: '12',
      metadata: { key: 'value' },
      sourceTraceId: 'trace',
      sourceObservationId: 'observation',
      status: 'ACTIVE' as const,
    };
    const created = await put(body);
    expect(created).toEqual({
      ...body,
      datasetId: dataset.id,
      createdAt: expect.stringMatching(isoTime),
      updatedAt: created.createdAt,
      mediaReferences: [],
    });
    expect(Object.keys(created.input as object)).toEqual(['z', 'a']);
    expect(await ask(operations.getDatasetItem, `${itemsPath}/full-1`)).toEqual(created);
    const bare = await put({ datasetName: 'full' });
    expect(bare).toMatchObject({ input: null, expectedOutput: null, metadata: null, status: 'ACTIVE' });
    expect(bare.id).not.toBe('');
  });

  it('are upserted by id: what is left out or null stays', async () => {
    await upsert({ name: 'upserts' });
    const created = await put({
      datasetName: 'upserts',
      id: 'u-1',
      input: 1,
      expectedOutput: 2,
      metadata: 3,
    });
    const changed = await put({ datasetName: 'upserts', id: 'u-1', input: 0, expectedOutput: null });
    expect(changed).toMatchObject({ input: 0, expectedOutput: 2, metadata: 3, createdAt: created.createdAt });
    expect(changed.updatedAt > created.updatedAt).toBe(true);
    await upsert({ name: 'upserts elsewhere' });
    expect(await refusal('POST', itemsPath, { datasetName: 'upserts elsewhere', id: 'u-1' })).toEqual([
      409,
      expect.stringContaining('u-1'),
    ]);
  });

  it('keep their versions: a dataset is read as of a moment', async () => {
    await upsert({ name: 'versions' });
    const first = await put({ datasetName: 'versions', id: 'v-1', input: 'first' });
    const second = await put({ datasetName: 'versions', id: 'v-1', input: 'second' });
    const other = await put({ datasetName: 'versions', id: 'v-2', input: 'other' });
    await ask(operations.deleteDatasetItem, `${itemsPath}/v-1`);
    const inputsAt = async (version: string) =>
      (await items({ datasetName: 'versions', version })).data.map(({ input }) => input);
    expect(await inputsAt(first.updatedAt)).toEqual(['first']);
    expect(await inputsAt(second.updatedAt)).toEqual(['second']);
    expect(await inputsAt(other.updatedAt)).toEqual(['other', 'second']);
    expect(await inputsAt('2020-01-01')).toEqual([]);
    expect(await idsOf({ datasetName: 'versions' })).toEqual(['v-2']);
    expect(await refusal('GET', `${itemsPath}?version=${first.updatedAt}`)).toEqual([
      400,
      expect.stringContaining('datasetName'),
    ]);
    expect(await refusal('GET', `${itemsPath}?datasetName=versions&version=never`)).toEqual([
      400,
      expect.stringContaining('version'),
    ]);
    const again = await put({ datasetName: 'versions', id: 'v-1', input: 'again' });
    expect(again.createdAt > first.createdAt).toBe(true);
    expect(await inputsAt(second.updatedAt)).toEqual(['second']);
  });

  it('are written by many at once, each version in turn', async () => {
    await upsert({ name: 'many writers' });
    const answers = await Promise.all(
      Array.from({ length: 12 }, (_, input) => put({ datasetName: 'many writers', id: 'm-1', input })),
    );
    expect(new Set(answers.map(({ updatedAt }) => updatedAt)).size).toBe(12);
    const latest = answers.reduce((one, other) => (one.updatedAt > other.updatedAt ? one : other));
    expect((await items({ datasetName: 'many writers' })).data).toMatchObject([{ input: latest.input }]);
  });

  it('are listed newest first in pages, active ones only, by dataset and source', async () => {
    await upsert({ name: 'list' });
    for (const id of ['l-1', 'l-2', 'l-3']) await put({ datasetName: 'list', id, sourceTraceId: `t-${id}` });
    await put({ datasetName: 'list', id: 'l-2', status: 'ARCHIVED', sourceObservationId: 'o-l-2' });
    expect(await idsOf({ datasetName: 'list' })).toEqual(['l-3', 'l-1']);
    expect((await ask(operations.getDatasetItem, `${itemsPath}/l-2`)).status).toBe('ARCHIVED');
    const page = await items({ datasetName: 'list', page: '2', limit: '1' });
    expect(page.data.map(({ id }) => id)).toEqual(['l-1']);
    expect(page.meta).toEqual({ page: 2, limit: 1, totalItems: 2, totalPages: 2 });
    expect(await idsOf({ sourceTraceId: 't-l-3' })).toEqual(['l-3']);
    await put({ datasetName: 'list', id: 'l-2', status: 'ACTIVE' });
    expect(await idsOf({ sourceObservationId: 'o-l-2' })).toEqual(['l-2']);
    expect(await refusal('GET', `${itemsPath}?datasetName=nowhere`)).toEqual([
      404,
      expect.stringContaining('Dataset not found'),
    ]);
  });

  it('lose control characters, and are refused when nested too deep', async () => {
    await upsert({ name: 'odd' });
    const item = await put({ datasetName: 'odd', input: { 'ke\0y': 'te\u001bxt\n' } });
    expect(item.input).toEqual({ key: 'text\n' });
    const deep = `{"datasetName":"odd","input":${'['.repeat(5_000)}${']'.repeat(5_000)}}`;
    const response = await api.request(itemsPath, {
      method: 'POST',
      headers: { authorization: mine.basic, 'content-type': 'application/json' },
      body: deep,
    });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('input is nested deeper');
  });

  it('may be as large as the wire allows, and no larger', async () => {
    await upsert({ name: 'large' });
    const input = 'x'.repeat(4_000_000);
    expect((await put({ datasetName: 'large', input })).input).toBe(input);
    const answer = await call('POST', itemsPath, { datasetName: 'large', input: 'x'.repeat(5_000_000) });
    expect(answer.status).toBe(413);
  });

  it('refuses what is no item', async () => {
    await upsert({ name: 'refusals' });
    for (const [body, part] of [
      [{}, 'datasetName'],
      [{ datasetName: 'refusals', id: 'x'.repeat(256) }, 'id'],
      [{ datasetName: 'refusals', id: '' }, 'id'],
      [{ datasetName: 'refusals', status: 'GONE' }, 'status'],
      [{ datasetName: 'refusals', sourceTraceId: 1 }, 'sourceTraceId'],
      [[], 'object'],
    ] as const) {
      expect(await refusal('POST', itemsPath, body)).toEqual([400, expect.stringContaining(part)]);
    }
    expect(await refusal('POST', itemsPath, { datasetName: 'nowhere' })).toEqual([
      404,
      expect.stringContaining('Dataset not found'),
    ]);
  });

  it('of other projects are not there', async () => {
    await upsert({ name: 'own' });
    await put({ datasetName: 'own', id: 'own-1', input: 'canary' });
    await call('POST', v2, { name: 'own' }, theirs);
    const same = await call('POST', itemsPath, { datasetName: 'own', id: 'own-1', input: 'theirs' }, theirs);
    expect(same.status).toBe(200);
    expect(await refusal('GET', `${itemsPath}/l-1`, undefined, theirs)).toEqual([
      404,
      'Dataset item not found: this project has no dataset item l-1.',
    ]);
    expect((await refusal('DELETE', `${itemsPath}/l-1`, undefined, theirs))[0]).toBe(404);
    expect((await ask(operations.getDatasetItem, `${itemsPath}/own-1`)).input).toBe('canary');
    expect((await call('GET', itemsPath, undefined, theirs)).body.meta.totalItems).toBe(1);
  });
});

describe('schemas', () => {
  const inputSchema = {
    type: 'object',
    required: ['question'],
    properties: { question: { type: 'string', pattern: '\\?$' } },
  };

  it('hold for every item that is written', async () => {
    const dataset = await upsert({
      name: 'strict',
      inputSchema,
      expectedOutputSchema: { type: ['string', 'null'] },
    });
    expect(dataset).toMatchObject({ inputSchema, expectedOutputSchema: { type: ['string', 'null'] } });
    await put({ datasetName: 'strict', id: 's-1', input: { question: 'why?' } });
    expect(await refusal('POST', itemsPath, { datasetName: 'strict', input: { question: 'why' } })).toEqual([
      400,
      expect.stringContaining('input/question must match pattern'),
    ]);
    expect(await refusal('POST', itemsPath, { datasetName: 'strict' })).toEqual([
      400,
      expect.stringContaining('input must be object'),
    ]);
    expect(await refusal('POST', itemsPath, { datasetName: 'strict', id: 's-1', expectedOutput: 3 })).toEqual(
      [400, expect.stringContaining('expectedOutput must be string,null')],
    );
    expect((await ask(operations.getDatasetItem, `${itemsPath}/s-1`)).expectedOutput).toBeNull();
  });

  it('are taken only when every item fits, naming those that do not', async () => {
    await upsert({ name: 'later' });
    for (let index = 0; index < 12; index++) {
      await put({
        datasetName: 'later',
        id: `later-${index}`,
        input: index === 0 ? { question: 'a?' } : index,
      });
    }
    const answer = await call('POST', v2, { name: 'later', inputSchema, description: 'new' });
    expect(answer.status).toBe(400);
    expect(answer.body.message).toContain('items.later-1: input must be object');
    expect(answer.body.message.match(/must be object/g)).toHaveLength(10);
    expect(await ask(operations.getDataset, named('later'))).toMatchObject({
      inputSchema: null,
      description: null,
    });
    for (let index = 1; index < 12; index++)
      await ask(operations.deleteDatasetItem, `${itemsPath}/later-${index}`);
    expect((await upsert({ name: 'later', inputSchema })).inputSchema).toEqual(inputSchema);
    expect((await upsert({ name: 'later', inputSchema: {} })).inputSchema).toEqual({});
  });
});

describe('runs', () => {
  it('are created by their first item, and read with all of them', async () => {
    const dataset = await upsert({ name: 'runs/of folder' });
    await put({ datasetName: 'runs/of folder', id: 'r-1', input: 1 });
    await put({ datasetName: 'runs/of folder', id: 'r-2', input: 2 });
    const first = await link({
      runName: 'run/1',
      runDescription: 'the first',
      metadata: { model: 'm' },
      datasetItemId: 'r-1',
      traceId: 'trace-1',
      observationId: 'observation-1',
    });
    expect(first).toEqual({
      id: expect.any(String),
      datasetRunId: expect.stringMatching(/^[0-9a-f]{16}$/),
      datasetRunName: 'run/1',
      datasetItemId: 'r-1',
      traceId: 'trace-1',
      observationId: 'observation-1',
      createdAt: expect.stringMatching(isoTime),
      updatedAt: first.updatedAt,
    });
    const second = await link({
      runName: 'run/1',
      runDescription: 'ignored',
      datasetItemId: 'r-2',
      traceId: 'trace-2',
      observationId: null,
      createdAt: new Date(Date.now() + 60_000).toISOString(),
    });
    expect(second).toMatchObject({ datasetRunId: first.datasetRunId, observationId: null });

    const run = await ask(operations.getDatasetRun, runsOf('runs/of folder', 'run/1'));
    expect(run).toEqual({
      id: first.datasetRunId,
      name: 'run/1',
      description: 'the first',
      metadata: { model: 'm' },
      datasetId: dataset.id,
      datasetName: 'runs/of folder',
      createdAt: expect.stringMatching(isoTime),
      updatedAt: expect.stringMatching(isoTime),
      datasetRunItems: [second, first],
    });
    const plain = (path: string) => path.replaceAll('%2F', '/');
    expect(await ask(operations.getDatasetRun, plain(runsOf('runs/of folder', 'run/1')))).toEqual(run);
    const { datasetRunItems, ...alone } = run;
    await link({ runName: 'run 2', datasetItemId: 'r-1', traceId: 'trace-3' });
    const list = await ask(operations.listDatasetRuns, runsOf('runs/of folder'));
    expect(list.data.map(({ name }) => name)).toEqual(['run 2', 'run/1']);
    expect(list.data[1]).toEqual(alone);
    expect(await ask(operations.listDatasetRuns, plain(runsOf('runs/of folder')))).toEqual(list);
    expect(list.meta).toEqual({ page: 1, limit: 50, totalItems: 2, totalPages: 1 });

    const query = new URLSearchParams({ datasetId: dataset.id, runName: 'run/1', limit: '1', page: '2' });
    const page = await ask(operations.listDatasetRunItems, `${linksPath}?${query}`);
    expect(page).toEqual({ data: [first], meta: { page: 2, limit: 1, totalItems: 2, totalPages: 2 } });
  });

  it('take a link once, however often it is sent', async () => {
    await upsert({ name: 'retries' });
    await put({ datasetName: 'retries', id: 'retry-1' });
    const body = { runName: 'r', datasetItemId: 'retry-1', traceId: 't' };
    const answers = await Promise.all([link(body), link(body), link(body)]);
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    await link({ ...body, observationId: 'o' });
    const run = await ask(operations.getDatasetRun, runsOf('retries', 'r'));
    expect(run.datasetRunItems).toHaveLength(2);
  });

  it('note metadata of any kind and the version that was run', async () => {
    await upsert({ name: 'noted' });
    const item = await put({ datasetName: 'noted', id: 'noted-1', input: 'old' });
    await put({ datasetName: 'noted', id: 'noted-1', input: 'new' });
    const body = { datasetItemId: 'noted-1', traceId: 't', metadata: 'text' };
    await link({ ...body, runName: 'r', datasetVersion: item.updatedAt });
    expect((await ask(operations.getDatasetRun, runsOf('noted', 'r'))).metadata).toEqual({
      metadata: 'text',
      dataset_version: item.updatedAt,
    });
    expect(await refusal('POST', linksPath, { ...body, runName: 'r', datasetVersion: '2020-01-01' })).toEqual(
      [404, expect.stringContaining('at 2020-01-01')],
    );
  });

  it('link by an observation alone, when it is there', async () => {
    await upsert({ name: 'by observation' });
    await put({ datasetName: 'by observation', id: 'by-1' });
    const batch = createBatch('linked');
    await api.send('POST', '/api/public/ingestion', mine, batch.body);
    await api.settle();
    const body = { runName: 'r', datasetItemId: 'by-1', observationId: batch.generationId };
    expect(await link(body)).toMatchObject({ traceId: batch.traceId, observationId: batch.generationId });
    expect(await refusal('POST', linksPath, { ...body, observationId: 'unknown' })).toEqual([
      404,
      expect.stringContaining('Observation not found'),
    ]);
  });

  it('are deleted with their items, and may begin anew', async () => {
    await upsert({ name: 'deleted' });
    await put({ datasetName: 'deleted', id: 'deleted-1' });
    const body = { runName: 'r', datasetItemId: 'deleted-1', traceId: 't', runDescription: 'old' };
    const { datasetRunId } = await link(body);
    expect(await ask(operations.deleteDatasetRun, runsOf('deleted', 'r'))).toEqual({
      message: 'Dataset run successfully deleted',
    });
    expect(await refusal('GET', runsOf('deleted', 'r'))).toEqual([
      404,
      'Dataset run not found: the dataset deleted has no run r.',
    ]);
    expect((await ask(operations.listDatasetRuns, runsOf('deleted'))).data).toEqual([]);
    await link({ ...body, traceId: 't2', runDescription: 'new' });
    expect(await ask(operations.getDatasetRun, runsOf('deleted', 'r'))).toMatchObject({
      id: datasetRunId,
      description: 'new',
      datasetRunItems: [{ traceId: 't2' }],
    });
  });

  it('lose the items that are deleted from the dataset', async () => {
    await upsert({ name: 'shrinking' });
    await put({ datasetName: 'shrinking', id: 'shrink-1' });
    await link({ runName: 'r', datasetItemId: 'shrink-1', traceId: 't' });
    expect(await ask(operations.deleteDatasetItem, `${itemsPath}/shrink-1`)).toEqual({
      message: 'Dataset item successfully deleted',
    });
    expect((await refusal('DELETE', `${itemsPath}/shrink-1`))[0]).toBe(404);
    expect((await ask(operations.getDatasetRun, runsOf('shrinking', 'r'))).datasetRunItems).toEqual([]);
  });

  it('refuses what is no link, and what is not there', async () => {
    const dataset = await upsert({ name: 'unlinked' });
    await put({ datasetName: 'unlinked', id: 'unlinked-1' });
    const body = { runName: 'r', datasetItemId: 'unlinked-1', traceId: 't' };
    for (const [wrong, part] of [
      [{ ...body, traceId: undefined }, 'traceId'],
      [{ ...body, runName: '' }, 'runName'],
      [{ ...body, datasetItemId: undefined }, 'datasetItemId'],
      [{ ...body, extra: 1 }, 'extra'],
      [{ ...body, createdAt: 'now' }, 'createdAt'],
    ] as const) {
      expect(await refusal('POST', linksPath, wrong)).toEqual([400, expect.stringContaining(part)]);
    }
    for (const [method, path, sent] of [
      ['POST', linksPath, { ...body, datasetItemId: 'unknown' }],
      ['GET', runsOf('nowhere'), undefined],
      ['GET', runsOf('nowhere', 'r'), undefined],
      ['DELETE', runsOf('unlinked', 'unknown'), undefined],
      ['GET', `${linksPath}?datasetId=${dataset.id}&runName=unknown`, undefined],
      ['GET', `${linksPath}?datasetId=unknown&runName=r`, undefined],
    ] as const) {
      expect((await refusal(method, path, sent))[0], path).toBe(404);
    }
    expect(await refusal('GET', linksPath)).toEqual([400, expect.stringContaining('datasetId')]);
  });

  it('of other projects are not there', async () => {
    const dataset = await upsert({ name: 'guarded' });
    await put({ datasetName: 'guarded', id: 'guarded-1' });
    await link({ runName: 'r', datasetItemId: 'guarded-1', traceId: 't' });
    const body = { runName: 'r', datasetItemId: 'guarded-1', traceId: 't' };
    for (const [method, path, sent] of [
      ['POST', linksPath, body],
      ['GET', runsOf('guarded'), undefined],
      ['GET', runsOf('guarded', 'r'), undefined],
      ['DELETE', runsOf('guarded', 'r'), undefined],
      ['GET', `${linksPath}?datasetId=${dataset.id}&runName=r`, undefined],
    ] as const) {
      expect((await refusal(method, path, sent, theirs))[0], path).toBe(404);
    }
  });
});

describe('the first generation', () => {
  it('has items and runs in the dataset', async () => {
    const created = await ask(operations.upsertDatasetV1, v1, { name: 'old/client', metadata: { a: 1 } });
    expect(created).toMatchObject({ name: 'old/client', items: [], runs: [], metadata: { a: 1 } });
    const item = await put({ datasetName: 'old/client', id: 'old-1', input: 'i' });
    await put({ datasetName: 'old/client', id: 'old-2', status: 'ARCHIVED' });
    await link({ runName: 'r', datasetItemId: 'old-1', traceId: 't' });
    const { data, meta } = await ask(operations.listDatasetsV1, `${v1}?limit=1`);
    expect(data).toMatchObject([{ id: created.id, items: ['old-1'], runs: ['r'] }]);
    expect(meta).toMatchObject({ page: 1, limit: 1 });
    const { items: _, runs: __, ...dataset } = created;
    expect(await ask(operations.getDatasetV1, `${v1}/${encodeURIComponent('old/client')}`)).toEqual({
      ...dataset,
      items: [item],
      runs: ['r'],
    });
    expect((await refusal('GET', `${v1}/nowhere`))[0]).toBe(404);
  });
});

describe('media', () => {
  it('of an item come with a URL each', async () => {
    await upsert({ name: 'pictures' });
    const dataset = await ask(operations.getDataset, named('pictures'));
    const bytes = Buffer.from('a picture');
    const sha256Hash = Buffer.from(await crypto.subtle.digest('SHA-256', bytes)).toString('base64');
    const upload = await call('POST', '/api/public/media', {
      datasetId: dataset.id,
      datasetItemId: 'picture-1',
      field: 'input',
      contentType: 'image/png',
      contentLength: bytes.length,
      sha256Hash,
    });
    expect(upload.status, upload.text).toBe(201);
    const { mediaId, uploadUrl } = upload.body;
    const referenceString = `@@@langfuseMedia:type=image/png|id=${mediaId}|source=bytes@@@`;
    const input = { images: [{ 'the one': referenceString }], note: `see ${referenceString}` };
    const before = await put({ datasetName: 'pictures', id: 'picture-1', input, metadata: referenceString });
    expect(before.mediaReferences).toEqual([]);

    const put_ = await api.app.request(uploadUrl, {
      method: 'PUT',
      headers: { 'content-type': 'image/png', 'x-amz-checksum-sha256': sha256Hash },
      body: bytes,
    });
    expect(put_.status, await put_.clone().text()).toBe(200);
    await call('PATCH', `/api/public/media/${mediaId}`, {
      uploadedAt: new Date().toISOString(),
      uploadHttpStatus: 200,
    });
    const { mediaReferences } = await ask(operations.getDatasetItem, `${itemsPath}/picture-1`);
    expect(mediaReferences.map(({ field, jsonPath }) => [field, jsonPath])).toEqual([
      ['input', "$['images'][0]['the one']"],
      ['metadata', '$'],
    ]);
    expect(mediaReferences[0]).toMatchObject({
      referenceString,
      media: { mediaId, contentType: 'image/png', contentLength: bytes.length },
    });
    const download = await api.app.request(mediaReferences[0]!.media.url);
    expect(await download.text()).toBe('a picture');
  });
});

describe('experiments', () => {
  const range = `fromStartTime=${new Date(Date.now() - 3_600_000).toISOString()}`;
  const attribute = (key: string, stringValue: string) => ({ key, value: { stringValue } });

  /** What a client records of one item: the root span carries the marks of the experiment. */
  async function recordItem(of: Record<string, string>, mark: string) {
    const { body, traceId, rootId } = createExport(mark, Date.now() - 5_000);
    const [root] = body.resourceSpans[0]!.scopeSpans[0]!.spans;
    const marks = { ...of, 'item.root_observation_id': rootId };
    for (const [key, value] of Object.entries(marks)) {
      root!.attributes.push(attribute(`langfuse.experiment.${key}`, value));
    }
    const answer = await api.send('POST', '/api/public/otel/v1/traces', mine, body);
    expect(answer.status).toBe(200);
    await api.settle();
    return { traceId, rootId };
  }
  const list = (query: string) => ask(operations.listExperiments, `/api/public/experiments?${range}${query}`);
  const listItems = (query: string) =>
    ask(operations.listExperimentItems, `/api/public/experiment-items?${range}${query}`);

  it('recorded by spans alone are experiments, and runs of their dataset', async () => {
    const dataset = await upsert({ name: 'recorded' });
    const item = await put({ datasetName: 'recorded', id: 'recorded-1', input: 1 });
    const of = {
      id: 'experiment-1',
      name: 'recorded run',
      description: 'by spans',
      metadata: '{"model":"m","n":{"deep":1}}',
      'dataset.id': dataset.id,
      'item.id': item.id,
      'item.version': item.updatedAt,
      'item.metadata': '{"hard":true}',
      'item.expected_output': '"42"',
    };
    const { traceId, rootId } = await recordItem(of, 'recorded');
    await api.send('POST', '/api/public/scores', mine, {
      id: 'of-run',
      name: 's',
      value: 1,
      datasetRunId: 'experiment-1',
    });
    await api.send('POST', '/api/public/scores', mine, {
      id: 'of-item',
      name: 's',
      value: 1,
      traceId,
      observationId: rootId,
    });
    await api.settle();

    const { data } = await list(`&datasetId=${dataset.id}&fields=core,metadata,scores`);
    expect(data).toEqual([
      {
        id: 'experiment-1',
        name: 'recorded run',
        description: 'by spans',
        startTime: expect.stringMatching(isoTime),
        endTime: expect.stringMatching(isoTime),
        itemCount: 1,
        datasetId: dataset.id,
        metadata: { model: 'm', n: { deep: 1 } },
        scores: [
          expect.objectContaining({ id: 'of-run', subject: { kind: 'experiment', id: 'experiment-1' } }),
        ],
      },
    ]);
    const all = await listItems(
      '&experimentId=experiment-1&fields=core,dataset,io,metadata,itemMetadata,experimentMetadata,scores',
    );
    expect(all.data).toEqual([
      {
        id: rootId,
        traceId,
        startTime: expect.stringMatching(isoTime),
        endTime: expect.stringMatching(isoTime),
        level: 'DEFAULT',
        environment: 'production',
        experimentId: 'experiment-1',
        experimentName: 'recorded run',
        experimentItemId: 'recorded-1',
        experimentDatasetId: dataset.id,
        experimentItemVersion: item.updatedAt,
        input: '{"question":"recorded?"}',
        output: '{"answer":"recorded!"}',
        expectedOutput: '"42"',
        metadata: expect.any(Object),
        experimentItemMetadata: { hard: true },
        experimentMetadata: { model: 'm', n: { deep: 1 } },
        experimentDescription: 'by spans',
        scores: [expect.objectContaining({ id: 'of-item' })],
      },
    ]);
    expect(Object.keys((await listItems('&experimentId=experiment-1')).data[0]!)).toEqual([
      'id',
      'traceId',
      'startTime',
      'endTime',
      'level',
      'environment',
      'experimentId',
      'experimentName',
      'experimentItemId',
      'experimentDatasetId',
      'experimentItemVersion',
    ]);

    // Older clients read the same as a run, and delete it.
    const run = await ask(operations.getDatasetRun, runsOf('recorded', 'recorded run'));
    expect(run).toMatchObject({
      id: 'experiment-1',
      description: 'by spans',
      metadata: { model: 'm', n: { deep: 1 } },
      datasetRunItems: [{ datasetItemId: 'recorded-1', traceId, observationId: rootId }],
    });
    expect((await ask(operations.listDatasetRuns, runsOf('recorded'))).data).toHaveLength(1);
    await ask(operations.deleteDatasetRun, runsOf('recorded', 'recorded run'));
    expect((await ask(operations.listDatasetRuns, runsOf('recorded'))).data).toEqual([]);
    expect((await list(`&datasetId=${dataset.id}`)).data).toEqual([]);
    expect((await listItems('&experimentId=experiment-1')).data).toEqual([]);
  });

  it('linked by hand are experiments, too, and those that do both are one', async () => {
    const dataset = await upsert({ name: 'both' });
    for (const id of ['both-1', 'both-2']) {
      await put({ datasetName: 'both', id, expectedOutput: { answer: id }, metadata: { of: id } });
    }
    const plain = await recordItem({}, 'plain');
    const linked = await link({
      runName: 'by hand',
      runDescription: 'linked',
      metadata: { model: 'm' },
      datasetItemId: 'both-1',
      traceId: plain.traceId,
    });
    const dual = await link({ runName: 'dual', datasetItemId: 'both-2', traceId: 'later' });
    const recorded = await recordItem(
      { id: dual.datasetRunId, name: 'dual', 'dataset.id': dataset.id, 'item.id': 'both-1' },
      'dual',
    );
    const { data } = await list(`&datasetId=${dataset.id}&fields=core,metadata`);
    expect(data.map(({ name, itemCount }) => [name, itemCount]).sort()).toEqual([
      ['by hand', 1],
      ['dual', 1],
    ]);
    expect(data.find(({ name }) => name === 'by hand')).toMatchObject({
      id: linked.datasetRunId,
      description: 'linked',
      metadata: { model: 'm' },
    });
    expect((await ask(operations.listDatasetRuns, runsOf('both'))).data).toHaveLength(2);
    const run = await ask(operations.getDatasetRun, runsOf('both', 'dual'));
    expect(run.datasetRunItems.map(({ traceId }) => traceId).sort()).toEqual(
      ['later', recorded.traceId].sort(),
    );

    const byHand = await listItems(
      `&experimentName=by+hand&fields=core,dataset,io,itemMetadata,experimentMetadata`,
    );
    expect(byHand.data).toMatchObject([
      {
        id: plain.traceId,
        traceId: plain.traceId,
        experimentId: linked.datasetRunId,
        experimentItemId: 'both-1',
        experimentDatasetId: dataset.id,
        input: '{"question":"plain?"}',
        output: '{"answer":"plain!"}',
        expectedOutput: '{"answer":"both-1"}',
        experimentItemMetadata: { of: 'both-1' },
        experimentMetadata: { model: 'm' },
        experimentDescription: 'linked',
      },
    ]);
    const filter = encodeURIComponent(
      JSON.stringify([{ type: 'string', column: 'name', operator: 'starts with', value: 'by h' }]),
    );
    expect((await list(`&filter=${filter}`)).data.map(({ name }) => name)).toEqual(['by hand']);
  });

  it('come page by page, each once', async () => {
    const dataset = await upsert({ name: 'paged' });
    const expected: string[] = [];
    for (let index = 0; index < 3; index++) {
      await put({ datasetName: 'paged', id: `paged-${index}` });
      await link({ runName: `linked ${index}`, datasetItemId: `paged-${index}`, traceId: `t-${index}` });
      await recordItem(
        {
          id: `paged-${index}`,
          name: `recorded ${index}`,
          'dataset.id': dataset.id,
          'item.id': `paged-${index}`,
        },
        `paged-${index}`,
      );
      expected.push(`linked ${index}`, `recorded ${index}`);
    }
    const seen: string[] = [];
    const seenItems: string[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const page = await list(`&datasetId=${dataset.id}&limit=2&cursor=${cursor}`);
      seen.push(...page.data.map(({ name }) => name));
      cursor = page.meta.cursor;
    }
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const page = await listItems(`&datasetId=${dataset.id}&limit=2&cursor=${cursor}`);
      seenItems.push(...page.data.map(({ experimentName }) => experimentName));
      cursor = page.meta.cursor;
    }
    expect(seen.toSorted()).toEqual(expected.toSorted());
    expect(seenItems.toSorted()).toEqual(expected.toSorted());
    // Links were made after the spans began.
    expect(seen[0]).toBe('linked 2');
  });

  it('refuses what it cannot answer', async () => {
    for (const path of ['/api/public/experiments', '/api/public/experiment-items']) {
      for (const [query, part] of [
        ['', 'fromStartTime'],
        ['?fromStartTime=yesterday', 'fromStartTime'],
        [`?${range}&fields=nonsense`, 'fields'],
        [`?${range}&limit=101`, 'limit'],
        [`?${range}&limit=0`, 'limit'],
        [`?${range}&scoreLimit=51`, 'scoreLimit'],
        [`?${range}&cursor=nonsense`, 'cursor'],
        [`?${range}&filter=nonsense`, 'filter'],
        [
          `?${range}&filter=${encodeURIComponent('[{"type":"string","column":"x","operator":"=","value":""}]')}`,
          'x',
        ],
      ] as const) {
        expect(await refusal('GET', path + query), query).toEqual([400, expect.stringContaining(part)]);
      }
      const foreign = await call('GET', `${path}?${range}`, undefined, theirs);
      expect(foreign.body).toEqual({ data: [], meta: {} });
      expect((await api.request(`${path}?${range}`)).status).toBe(401);
    }
  });
});

it('changes are audited', async () => {
  const cookie = await api.signIn(mine.ownerId);
  const seen = new Set<string>();
  for (let cursor = ''; ; ) {
    const path = `/api/v1/projects/${mine.projectId}/audit-log?limit=100${cursor && `&cursor=${cursor}`}`;
    const answer = await api.request(path, { headers: { cookie } });
    const { data, meta } = (await answer.json()) as { data: { action: string }[]; meta: { cursor?: string } };
    for (const { action } of data) seen.add(action);
    if (!meta.cursor) break;
    cursor = meta.cursor;
  }
  expect([...seen]).toEqual(
    expect.arrayContaining([
      'datasets.create',
      'datasets.update',
      'dataset-items.create',
      'dataset-items.update',
      'dataset-items.delete',
      'dataset-runs.create',
      'dataset-runs.delete',
    ]),
  );
});

it('answered nothing with an internal error', () => {
  expect(api.internalErrors).toEqual([]);
});

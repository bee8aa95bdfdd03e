import { model } from '@tracewell/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi, type TestProject } from './testing/start-test-api';

let api: TestApi;
let mine: TestProject;
let theirs: TestProject;
beforeAll(async () => {
  api = await startTestApi();
  mine = await api.createProject('mine');
  theirs = await api.createProject('theirs');
});
afterAll(() => api?.stop());

const body = { modelName: 'house-model', matchPattern: '(?i)^house$', unit: 'TOKENS' };
const put = async (id: string, more: object, project = mine) => {
  const response = await api.send('PUT', `/api/public/models/${id}`, project, { ...body, ...more });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

describe('PUT /api/public/models/{id}', () => {
  it('defines a model under an id of one’s own, and replaces it', async () => {
    const made = await put('house', { inputPrice: 1 });
    expect(made.status).toBe(200);
    expect(model.parse(made.body)).toMatchObject({ id: 'house', inputPrice: 1, isLangfuseManaged: false });
    const replaced = await put('house', { totalPrice: 3, modelName: 'renamed' });
    expect(model.parse(replaced.body)).toMatchObject({
      id: 'house',
      modelName: 'renamed',
      inputPrice: null,
      totalPrice: 3,
    });
    const read = await api.get('/api/public/models/house', mine);
    expect(await read.json()).toEqual(replaced.body);
  });

  it('prices what comes after by the newer one', async () => {
    const priced = async () => {
      const id = crypto.randomUUID().replaceAll('-', '');
      const at = new Date().toISOString();
      const event = {
        id,
        type: 'generation-create',
        timestamp: at,
        body: { id, traceId: id, startTime: at, model: 'house', usage: { input: 10, output: 0 } },
      };
      await api.send('POST', '/api/public/ingestion', mine, { batch: [event] });
      await api.settle();
      const response = await api.get(`/api/public/observations/${id}`, mine);
      return ((await response.json()) as { calculatedTotalCost: number }).calculatedTotalCost;
    };
    await put('house', { inputPrice: 1 });
    expect(await priced()).toBe(10);
    await put('house', { inputPrice: 2 });
    expect(await priced()).toBe(20);
  });

  it('takes no id that is built in or of somebody else, and no name twice', async () => {
    const list = await api.get('/api/public/models?limit=100', mine);
    const { data } = (await list.json()) as { data: { id: string; isLangfuseManaged: boolean }[] };
    const builtIn = data.find(({ isLangfuseManaged }) => isLangfuseManaged)!;
    expect(await put(encodeURIComponent(builtIn.id), { inputPrice: 1 })).toMatchObject({ status: 400 });
    await put('house', { inputPrice: 1 });
    expect(await put('house', { inputPrice: 9 }, theirs)).toMatchObject({ status: 409 });
    expect(await put('second', { inputPrice: 1 })).toMatchObject({ status: 400 });
    expect(await put('third', { modelName: 'x' })).toMatchObject({ status: 400 });
    expect(await (await api.get('/api/public/models/house', mine)).json()).toMatchObject({ inputPrice: 1 });
  });
});

it('answered nothing with an internal error', () => expect(api.internalErrors).toEqual([]));

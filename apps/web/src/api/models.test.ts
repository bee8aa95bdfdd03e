import { randomUUID } from 'node:crypto';
import type { AnswerOf, Operation } from '@tracewell/contract';
import * as operations from '@tracewell/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi, type TestProject } from './testing/start-test-api';

/** Models: a project's own definitions beside those built in, and what is priced by them. */
let api: TestApi;
let mine: TestProject;
let theirs: TestProject;

beforeAll(async () => {
  api = await startTestApi();
  mine = await api.createProject('mine');
  theirs = await api.createProject('theirs');
});
afterAll(() => api?.stop());

const path = '/api/public/models';

/** The body of a 200 of the operation's exact shape. */
async function bodyOf<O extends Operation>(operation: O, response: Response): Promise<AnswerOf<O>> {
  const text = await response.text();
  expect(response.status, text).toBe(200);
  const body = JSON.parse(text);
  expect(operation.responses[200]!.parse(body)).toEqual(body);
  return body;
}
const create = async (body: object, project = mine) =>
  bodyOf(operations.createModel, await api.send('POST', path, project, body));
const list = async (query = '', project = mine) =>
  bodyOf(operations.listModels, await api.get(`${path}${query}`, project));
async function refusal(answer: Response | Promise<Response>): Promise<[number, string]> {
  const response = await answer;
  return [response.status, ((await response.json()) as { message: string }).message];
}

const tier = (part: object) => ({
  name: 'Standard',
  isDefault: true,
  priority: 0,
  conditions: [],
  prices: { input: 1, output: 2 },
  ...part,
});
const longContext = tier({
  name: 'Long',
  isDefault: false,
  priority: 1,
  conditions: [{ usageDetailPattern: '^input', operator: 'gt', value: 1000, caseSensitive: false }],
  prices: { input: 2, output: 4 },
});
const fast = tier({
  name: 'Fast',
  isDefault: false,
  priority: 2,
  conditions: [{ source: 'model_parameters', key: 'speed', operator: 'in', values: ['fast', 1] }],
  prices: { input: 10, output: 20 },
});

describe('definitions of models', () => {
  it('are made with flat prices', async () => {
    const made = await create({
      modelName: 'flat',
      matchPattern: '(?i)^(acme/)?flat$',
      startDate: '2024-05-01',
      unit: 'TOKENS',
      inputPrice: 0.000001,
      outputPrice: 0.000002,
      tokenizerId: 'openai',
      tokenizerConfig: { tokenizerModel: 'gpt-4o', tokensPerMessage: 3, tokensPerName: 1 },
    });
    expect(made).toMatchObject({
      modelName: 'flat',
      startDate: '2024-05-01T00:00:00.000Z',
      unit: 'TOKENS',
      inputPrice: 0.000001,
      outputPrice: 0.000002,
      totalPrice: null,
      isLangfuseManaged: false,
      tokenizerConfig: { tokenizerModel: 'gpt-4o', tokensPerMessage: 3, tokensPerName: 1 },
      prices: { input: { price: 0.000001 }, output: { price: 0.000002 } },
      pricingTiers: [
        {
          id: `${made.id}_tier_default`,
          name: 'Standard',
          isDefault: true,
          priority: 0,
          conditions: [],
          prices: { input: 0.000001, output: 0.000002 },
        },
      ],
    });
    expect(await bodyOf(operations.getModel, await api.get(`${path}/${made.id}`, mine))).toEqual(made);
    expect(await create({ modelName: 'whole', matchPattern: '^whole$', totalPrice: 3 })).toMatchObject({
      totalPrice: 3,
      inputPrice: null,
      unit: null,
      startDate: null,
      tokenizerId: null,
      tokenizerConfig: null,
    });
  });

  it('are made with tiers', async () => {
    const { pricingTiers, inputPrice } = await create({
      modelName: 'tiered',
      matchPattern: '^tiered$',
      pricingTiers: [longContext, tier({}), fast],
    });
    expect(pricingTiers.map(({ name, priority }) => [name, priority])).toEqual([
      ['Standard', 0],
      ['Long', 1],
      ['Fast', 2],
    ]);
    expect(pricingTiers[2]!.conditions).toEqual([
      { source: 'model_parameters', key: 'speed', operator: 'in', values: ['fast', '1'] },
    ]);
    expect(inputPrice).toBe(1);
  });

  const flat = { modelName: 'm', matchPattern: '^m$', inputPrice: 1 };
  it.each<[object, string]>([
    [{ ...flat, modelName: undefined }, 'modelName'],
    [{ ...flat, matchPattern: '(' }, 'matchPattern'],
    [{ ...flat, matchPattern: '^(?!x)' }, 'RE2'],
    [{ ...flat, startDate: 'soon' }, 'startDate'],
    [{ ...flat, unit: 'BANANAS' }, 'unit'],
    [{ ...flat, inputPrice: -1 }, 'inputPrice'],
    [{ ...flat, inputPrice: undefined }, 'inputPrice'],
    [{ ...flat, totalPrice: 1 }, 'totalPrice'],
    [{ ...flat, pricingTiers: [tier({})] }, 'pricingTiers'],
    [{ ...flat, tokenizerId: 'gemma' }, 'tokenizerId'],
    [{ ...flat, tokenizerConfig: 'gpt-4' }, 'tokenizerConfig'],
    [{ ...flat, modelName: 'a\0' }, 'modelName'],
    ...(
      [
        [[longContext], 'exactly one'],
        [[tier({}), tier({ name: 'b' })], 'exactly one'],
        [[tier({ priority: 1 })], 'priority 0'],
        [[tier({ conditions: longContext.conditions })], 'conditions'],
        [[tier({}), { ...longContext, conditions: [] }], 'at least one'],
        [[tier({}), { ...longContext, name: 'Standard' }], 'stands twice'],
        [[tier({}), { ...longContext, priority: 0 }], 'stands twice'],
        [[tier({}), { ...longContext, prices: { input: 1 } }], 'same usage keys'],
        [[tier({ prices: {} })], 'usage keys'],
        [[tier({ prices: { input: -1 } })], 'prices'],
        [
          [
            tier({}),
            {
              ...longContext,
              conditions: [{ usageDetailPattern: '[', operator: 'gt', value: 1, caseSensitive: true }],
            },
          ],
          'usageDetailPattern',
        ],
        [
          [
            tier({}),
            { ...longContext, conditions: [{ source: 'user', key: 'a', operator: 'in', values: ['b'] }] },
          ],
          'conditions',
        ],
      ] as [object[], string][]
    ).map(([pricingTiers, said]): [object, string] => [
      { ...flat, inputPrice: undefined, pricingTiers },
      said,
    ]),
  ])('refuse %j', async (body, said) => {
    expect(await refusal(api.send('POST', path, mine, body))).toEqual([400, expect.stringContaining(said)]);
  });

  it('have names that stand once in a project', async () => {
    await create({ ...flat, modelName: 'once' });
    expect(await refusal(api.send('POST', path, mine, { ...flat, modelName: 'once' }))).toEqual([
      400,
      expect.stringContaining('already exists'),
    ]);
    await create({ ...flat, modelName: 'once' }, theirs);
  });

  it('are listed by name with those built in', async () => {
    const first = await list('?limit=100');
    const { totalItems, totalPages } = first.meta;
    expect(totalPages).toBe(Math.ceil(totalItems / 100));
    const all = [...first.data];
    for (let page = 2; page <= totalPages; page++) all.push(...(await list(`?limit=100&page=${page}`)).data);
    expect(all).toHaveLength(totalItems);
    expect(new Set(all.map(({ id }) => id)).size).toBe(totalItems);
    const names = all.map(({ modelName }) => modelName);
    expect(names).toEqual([...names].sort());
    expect(
      all.filter(({ isLangfuseManaged }) => !isLangfuseManaged).map(({ modelName }) => modelName),
    ).toEqual(['flat', 'once', 'tiered', 'whole']);
    const gpt = all.find(({ modelName }) => modelName === 'gpt-4o')!;
    expect(gpt).toMatchObject({ isLangfuseManaged: true, inputPrice: 0.0000025, outputPrice: 0.00001 });
    expect(await bodyOf(operations.getModel, await api.get(`${path}/${gpt.id}`, mine))).toEqual(gpt);
    expect((await list(`?page=${totalPages + 1}&limit=100`)).data).toEqual([]);
  });

  it('go when they are deleted, those of the project alone', async () => {
    const { id } = await create({ ...flat, modelName: 'short-lived' }, theirs);
    const remove = (project: TestProject, model: string) =>
      api.request(`${path}/${model}`, { method: 'DELETE', headers: { authorization: project.basic } });
    expect((await refusal(remove(mine, id)))[0]).toBe(404);
    expect((await refusal(api.get(`${path}/${id}`, mine)))[0]).toBe(404);
    expect((await refusal(remove(mine, 'builtin.openai.gpt-4o')))[0]).toBe(404);
    expect(await bodyOf(operations.deleteModel, await remove(theirs, id))).toEqual({
      message: 'Model successfully deleted',
    });
    expect((await refusal(api.get(`${path}/${id}`, theirs)))[0]).toBe(404);
    const { rows } = await api.relational.pool.query(
      `SELECT action FROM audit_log WHERE resource_type = 'model' AND resource_id = $1 ORDER BY created_at`,
      [id],
    );
    expect(rows.map(({ action }: { action: string }) => action)).toEqual(['models.create', 'models.delete']);
    expect((await api.request(path)).status).toBe(401);
    expect((await api.request(path, { headers: { authorization: mine.bearer } })).status).toBe(403);
  });
});

describe('what is priced', () => {
  const generation = (traceId: string, model: string, part: object = {}) => ({
    id: randomUUID(),
    type: 'generation-create',
    timestamp: new Date().toISOString(),
    body: {
      id: `${traceId}-generation`,
      traceId,
      name: 'g',
      startTime: new Date().toISOString(),
      model,
      usageDetails: { input: 100, output: 10 },
      ...part,
    },
  });
  async function price(project: TestProject, model: string, part: object = {}) {
    const traceId = randomUUID();
    const answer = await api.send('POST', '/api/public/ingestion', project, {
      batch: [generation(traceId, model, part)],
    });
    expect(((await answer.json()) as operations.IngestionResponse).errors).toEqual([]);
    await api.settle();
    const read = await api.get(`/api/public/observations/${traceId}-generation`, project);
    const { calculatedTotalCost, usagePricingTierName, modelId } = (await read.json()) as Record<
      string,
      unknown
    >;
    return { cost: calculatedTotalCost, tier: usagePricingTierName, modelId };
  }

  it('goes by the definition of the project before the one built in, and only there', async () => {
    const before = await price(mine, 'gpt-4o');
    expect(before).toEqual({ cost: 0.00035, tier: 'Standard', modelId: 'builtin.openai.gpt-4o' });
    const own = await create({
      modelName: 'our gpt',
      matchPattern: '^gpt-4o$',
      pricingTiers: [tier({}), longContext, fast],
    });
    expect(await price(mine, 'gpt-4o')).toEqual({ cost: 120, tier: 'Standard', modelId: own.id });
    expect(await price(mine, 'gpt-4o', { usageDetails: { input: 2000, output: 10 } })).toMatchObject({
      cost: 4040,
      tier: 'Long',
    });
    expect(await price(mine, 'gpt-4o', { modelParameters: { speed: 'fast' } })).toMatchObject({
      cost: 1200,
      tier: 'Fast',
    });
    expect(await price(theirs, 'gpt-4o')).toEqual(before);
    await api.request(`${path}/${own.id}`, { method: 'DELETE', headers: { authorization: mine.basic } });
    expect(await price(mine, 'gpt-4o')).toEqual(before);
  });
});

describe('GET /api/v1/projects/{projectId}/model-match', () => {
  const match = async (query: string) =>
    bodyOf(
      operations.matchModelName,
      await api.get(`/api/v1/projects/${mine.projectId}/model-match?${query}`, mine),
    );

  it('says which definition a name meets, and why', async () => {
    expect(await match('modelName=gpt-4o-mini')).toMatchObject({
      model: { modelName: 'gpt-4o-mini', isLangfuseManaged: true },
      reason: expect.stringContaining('built-in gpt-4o-mini'),
      candidates: [{ isBuiltIn: true, verdict: 'chosen' }],
    });
    expect(await match('modelName=no-such-model')).toMatchObject({
      model: null,
      reason: expect.stringContaining('no price'),
      candidates: [],
    });
    const body = { matchPattern: '^gpt-4o-mini$', inputPrice: 1 };
    await create({ ...body, modelName: 'undated' });
    await create({ ...body, modelName: 'from 2024', startDate: '2024-01-01T00:00:00Z' });
    await create({ ...body, modelName: 'from 2025', startDate: '2025-01-01T00:00:00Z' });
    const verdicts = ({ candidates }: Awaited<ReturnType<typeof match>>) =>
      candidates.map(({ modelName, verdict }) => [modelName, verdict]);
    const during2024 = await match('modelName=gpt-4o-mini&startTime=2024-06-01T00:00:00Z');
    expect(during2024.model?.modelName).toBe('from 2024');
    expect(verdicts(during2024)).toEqual([
      ['from 2025', 'starts-later'],
      ['from 2024', 'chosen'],
      ['undated', 'older-start'],
      ['gpt-4o-mini', 'own-goes-first'],
    ]);
    expect((await match('modelName=gpt-4o-mini')).model?.modelName).toBe('from 2025');
    expect((await match('modelName=gpt-4o-mini&startTime=2020-01-01T00:00:00Z')).model?.modelName).toBe(
      'undated',
    );
  });

  it('refuses what it cannot look for', async () => {
    const at = `/api/v1/projects/${mine.projectId}/model-match`;
    expect((await refusal(api.get(at, mine)))[0]).toBe(400);
    expect((await refusal(api.get(`${at}?modelName=a&startTime=now`, mine)))[0]).toBe(400);
    expect((await refusal(api.get(`${at}?modelName=a`, theirs)))[0]).toBe(403);
    expect((await refusal(api.request(`${at}?modelName=a`)))[0]).toBe(401);
  });
});

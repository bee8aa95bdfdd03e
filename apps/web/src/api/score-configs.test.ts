import type { Operation } from '@tracewell/contract';
import * as operations from '@tracewell/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi, type TestProject } from './testing/start-test-api';

/** Score configs, and the scores that are given with them: refused where their sender sees it. */
let api: TestApi;
let mine: TestProject;
let theirs: TestProject;

beforeAll(async () => {
  api = await startTestApi();
  mine = await api.createProject('mine');
  theirs = await api.createProject('theirs');
});
afterAll(() => api?.stop());

const path = '/api/public/score-configs';
type Config = operations.PublicScoreConfig;

/** The body of a 200 of the operation's exact shape. */
async function bodyOf(operation: Operation, response: Response): Promise<unknown> {
  const text = await response.text();
  expect(response.status, text).toBe(200);
  const body = JSON.parse(text);
  expect(operation.responses[200]!.parse(body)).toEqual(body);
  return body;
}
const create = async (body: object, project = mine) =>
  (await bodyOf(operations.createScoreConfig, await api.send('POST', path, project, body))) as Config;
const patch = async (id: string, body: object) =>
  (await bodyOf(
    operations.updateScoreConfig,
    await api.send('PATCH', `${path}/${id}`, mine, body),
  )) as Config;
async function refusal(answer: Response | Promise<Response>): Promise<[number, string]> {
  const response = await answer;
  return [response.status, ((await response.json()) as { message: string }).message];
}

describe('score configs', () => {
  it('are created with what their type needs, and told whole', async () => {
    const numeric = await create({ name: 'Quality (1-5)', dataType: 'NUMERIC', minValue: 1, maxValue: 5 });
    expect(numeric).toMatchObject({
      name: 'Quality (1-5)',
      projectId: mine.projectId,
      dataType: 'NUMERIC',
      isArchived: false,
      minValue: 1,
      maxValue: 5,
      categories: null,
      description: null,
    });
    expect(numeric.createdAt).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    const categories = [
      { label: 'good', value: 1 },
      { label: 'bad', value: 0.5 },
    ];
    expect(
      await create({ name: 'Ton_1', dataType: 'CATEGORICAL', categories, description: 'd' }),
    ).toMatchObject({
      categories,
      description: 'd',
    });
    expect(await create({ name: 'ok', dataType: 'BOOLEAN' })).toMatchObject({
      categories: [
        { label: 'True', value: 1 },
        { label: 'False', value: 0 },
      ],
    });
    expect(await create({ name: 'Größe', dataType: 'TEXT', minValue: null })).toMatchObject({
      categories: null,
    });
    expect(await bodyOf(operations.getScoreConfig, await api.get(`${path}/${numeric.id}`, mine))).toEqual(
      numeric,
    );
  });

  it.each<[object, string]>([
    [{ dataType: 'NUMERIC' }, 'name'],
    [{ name: '', dataType: 'NUMERIC' }, 'name'],
    [{ name: 'x'.repeat(36), dataType: 'NUMERIC' }, 'name'],
    [{ name: 'a/b', dataType: 'NUMERIC' }, 'name'],
    [{ name: 'a\0', dataType: 'NUMERIC' }, 'name'],
    [{ name: 'n' }, 'dataType'],
    [{ name: 'n', dataType: 'CORRECTION' }, 'dataType'],
    [{ name: 'n', dataType: 'NUMERIC', minValue: 1, maxValue: 1 }, 'maxValue'],
    [{ name: 'n', dataType: 'NUMERIC', minValue: '1' }, 'minValue'],
    [{ name: 'n', dataType: 'TEXT', minValue: 1 }, 'minValue'],
    [{ name: 'n', dataType: 'NUMERIC', categories: [{ label: 'a', value: 1 }] }, 'categories'],
    [{ name: 'n', dataType: 'CATEGORICAL' }, 'categories'],
    [{ name: 'n', dataType: 'CATEGORICAL', categories: [] }, 'categories'],
    [{ name: 'n', dataType: 'CATEGORICAL', categories: [{ label: '', value: 1 }] }, 'categories'],
    [
      {
        name: 'n',
        dataType: 'CATEGORICAL',
        categories: [
          { label: 'a', value: 1 },
          { label: 'a', value: 2 },
        ],
      },
      'label',
    ],
    [
      {
        name: 'n',
        dataType: 'CATEGORICAL',
        categories: [
          { label: 'a', value: 1 },
          { label: 'b', value: 1 },
        ],
      },
      'value',
    ],
  ])('refuse %j and say what is wrong', async (body, thing) => {
    const [status, message] = await refusal(api.send('POST', path, mine, body));
    expect(status).toBe(400);
    expect(message).toContain(thing);
  });

  it('change in part, and hold together as a whole', async () => {
    const { id, createdAt } = await create({ name: 'range', dataType: 'NUMERIC', minValue: 0, maxValue: 10 });
    expect(await patch(id, { maxValue: 20, description: 'wider' })).toMatchObject({
      minValue: 0,
      maxValue: 20,
      description: 'wider',
      createdAt,
    });
    expect(await patch(id, { minValue: null, name: null, isArchived: true })).toMatchObject({
      name: 'range',
      minValue: null,
      maxValue: 20,
      isArchived: true,
    });
    const send = (body: object) => refusal(api.send('PATCH', `${path}/${id}`, mine, body));
    expect(await send({})).toEqual([400, expect.stringContaining('at least one of')]);
    expect(await send({ dataType: 'TEXT' })).toEqual([400, expect.stringContaining('at least one of')]);
    expect(await send({ minValue: 30 })).toEqual([400, expect.stringContaining('maxValue')]);
    expect(await send({ categories: [{ label: 'a', value: 1 }] })).toEqual([
      400,
      expect.stringContaining('categories'),
    ]);
  });

  it('are listed in pages, newest first, with what changed them in the audit log', async () => {
    const [first, second] = [
      await create({ name: 'one', dataType: 'TEXT' }, theirs),
      await create({ name: 'two', dataType: 'TEXT' }, theirs),
    ];
    const list = async (query: string) =>
      (await bodyOf(operations.listScoreConfigs, await api.get(`${path}${query}`, theirs))) as {
        data: Config[];
        meta: object;
      };
    expect(await list('')).toEqual({
      data: [second, first],
      meta: { page: 1, limit: 50, totalItems: 2, totalPages: 1 },
    });
    expect(await list('?limit=1&page=2')).toEqual({
      data: [first],
      meta: { page: 2, limit: 1, totalItems: 2, totalPages: 2 },
    });
    expect((await list('?page=9')).data).toEqual([]);
    expect((await api.get(`${path}?limit=101`, theirs)).status).toBe(400);
    const { rows } = await api.relational.pool.query(
      `SELECT action, resource_id AS id, actor_id AS actor FROM audit_log WHERE project_id = $1 AND resource_type = 'score-config' ORDER BY created_at`,
      [theirs.projectId],
    );
    expect(rows).toEqual(
      [first, second].map(({ id }) => ({ action: 'score-configs.create', id, actor: theirs.publicKey })),
    );
  });

  it('of another project do not exist, and nobody unknown is let in', async () => {
    const { id } = await create({ name: 'secret', dataType: 'TEXT' }, theirs);
    for (const unknown of [id, 'nothing', '%C3%A9']) {
      const get = await refusal(api.get(`${path}/${unknown}`, mine));
      expect(get[0]).toBe(404);
      const change = await refusal(api.send('PATCH', `${path}/${unknown}`, mine, { name: 'mine' }));
      expect(change[0]).toBe(404);
    }
    expect((await api.get(`${path}/%00`, mine)).status).toBe(400);
    expect((await api.request(path)).status).toBe(401);
    expect((await api.request(path, { headers: { authorization: mine.bearer } })).status).toBe(403);
  });
});

describe('a score with a config', () => {
  let numeric: Config;
  let tone: Config;
  let isRight: Config;
  let prose: Config;
  beforeAll(async () => {
    numeric = await create({ name: 'Of numbers', dataType: 'NUMERIC', minValue: 0, maxValue: 1 });
    tone = await create({
      name: 'Of tone',
      dataType: 'CATEGORICAL',
      categories: [
        { label: 'kind', value: 2 },
        { label: 'rude', value: -1 },
      ],
    });
    isRight = await create({ name: 'Is right', dataType: 'BOOLEAN' });
    prose = await create({ name: 'Of prose', dataType: 'TEXT' });
  });
  const give = (score: object, project = mine) =>
    api.send('POST', '/api/public/scores', project, { traceId: 'judged', name: 'given', ...score });

  it('is refused with a 400 that names the rule when it breaks it', async () => {
    const cases: [object, string][] = [
      [{ configId: 'none', value: 1 }, 'no score config "none"'],
      [{ configId: numeric.id, value: 1.5 }, 'at most 1'],
      [{ configId: numeric.id, value: -0.1 }, 'at least 0'],
      [{ configId: numeric.id, value: 'high' }, 'must be a number'],
      [{ configId: numeric.id, value: 1, dataType: 'BOOLEAN' }, 'must be NUMERIC'],
      [{ configId: tone.id, value: 'meh' }, '"kind", "rude"'],
      [{ configId: tone.id, value: 1 }, 'must be text'],
      [{ configId: isRight.id, value: 2 }, '0 or 1'],
      [{ configId: prose.id, value: '' }, '1 to 500'],
    ];
    for (const [score, said] of cases) {
      const [status, message] = await refusal(give(score));
      expect([status, message]).toEqual([400, expect.stringContaining(said)]);
    }
    const theirsToo = await refusal(give({ configId: numeric.id, value: 1 }, theirs));
    expect(theirsToo).toEqual([400, expect.stringContaining('no score config')]);
  });

  it('is refused in a batch by itself, and its neighbours are taken', async () => {
    const event = (id: string, body: object) => ({
      id,
      type: 'score-create',
      timestamp: new Date().toISOString(),
      body: { id: `score-${id}`, traceId: 'judged', name: 'given', ...body },
    });
    const batch = [
      event('e1', { configId: numeric.id, value: 7 }),
      event('e2', { configId: numeric.id, value: 0.7 }),
      event('e3', { configId: 'none', value: 1 }),
      event('e4', { value: 9 }),
      event('e5', { value: true }),
    ];
    const response = await api.send('POST', '/api/public/ingestion', mine, { batch });
    expect(response.status).toBe(207);
    const { successes, errors } = (await response.json()) as operations.IngestionResponse;
    expect(successes).toEqual([
      { id: 'e2', status: 201 },
      { id: 'e4', status: 201 },
    ]);
    expect(errors.map(({ id, status }) => [id, status])).toEqual([
      ['e5', 400],
      ['e1', 400],
      ['e3', 400],
    ]);
    expect(errors.map(({ error }) => String(error)).join('\n')).toContain('body.value: must be at most 1');
    await api.settle();
    expect((await api.get('/api/public/v2/scores/score-e2', mine)).status).toBe(200);
    expect((await api.get('/api/public/v2/scores/score-e1', mine)).status).toBe(404);
  });

  it('takes its name, its type and the number of its category from the config', async () => {
    const scores = [
      { id: 'c1', configId: tone.id, value: 'rude' },
      { id: 'c2', configId: isRight.id, value: 1 },
      { id: 'c3', configId: prose.id, value: 'well said' },
      { id: 'c4', configId: numeric.id, value: 0.25 },
    ];
    for (const score of scores) expect((await give(score)).status).toBe(200);
    await api.settle();
    const read = async (id: string) =>
      (await (await api.get(`/api/public/v2/scores/${id}`, mine)).json()) as object;
    expect(await read('c1')).toMatchObject({
      name: 'Of tone',
      dataType: 'CATEGORICAL',
      value: -1,
      stringValue: 'rude',
      configId: tone.id,
    });
    expect(await read('c2')).toMatchObject({
      name: 'Is right',
      dataType: 'BOOLEAN',
      value: 1,
      stringValue: 'True',
    });
    expect(await read('c3')).toMatchObject({ name: 'Of prose', dataType: 'TEXT', stringValue: 'well said' });
    expect(await read('c4')).toMatchObject({ name: 'Of numbers', dataType: 'NUMERIC', value: 0.25 });
  });

  it('is refused as soon as its config was archived here, and taken when it is back', async () => {
    const { id } = await create({ name: 'shelved', dataType: 'NUMERIC' });
    expect((await give({ configId: id, value: 1 })).status).toBe(200);
    await patch(id, { isArchived: true });
    expect(await refusal(give({ configId: id, value: 1 }))).toEqual([
      400,
      expect.stringContaining('archived'),
    ]);
    await patch(id, { isArchived: false });
    expect((await give({ configId: id, value: 1 })).status).toBe(200);
  });
});

import type { AnswerOf, Operation } from '@tracewell/contract';
import * as operations from '@tracewell/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Recorded, record } from './testing/recordings';
import { startTestApi, type TestApi, type TestProject } from './testing/start-test-api';

/** Comments, on things of every kind. */
let api: TestApi;
let mine: TestProject;
let theirs: TestProject;
let recorded: Recorded;
let promptId: string;

beforeAll(async () => {
  api = await startTestApi();
  mine = await api.createProject('mine');
  theirs = await api.createProject('theirs');
  recorded = await record(api, mine, 'mine');
  const prompt = { type: 'text', name: 'commented', prompt: 'text' };
  const made = await api.send('POST', '/api/public/v2/prompts', mine, prompt);
  expect(made.ok, await made.clone().text()).toBe(true);
  promptId = ((await made.json()) as { id: string }).id;
});
afterAll(() => api?.stop());

const path = '/api/public/comments';

/** The body of a 200 of the operation's exact shape. */
async function bodyOf<O extends Operation>(operation: O, response: Response): Promise<AnswerOf<O>> {
  const text = await response.text();
  expect(response.status, text).toBe(200);
  const body = JSON.parse(text);
  expect(operation.responses[200]!.parse(body)).toEqual(body);
  return body;
}
const post = (body: object, project = mine) =>
  api.send('POST', path, project, { projectId: project.projectId, content: 'said', ...body });
const create = async (body: object) => (await bodyOf(operations.createComment, await post(body))).id;
const list = async (query: string, project = mine) =>
  bodyOf(operations.listComments, await api.get(`${path}${query}`, project));
async function refusal(answer: Response | Promise<Response>): Promise<[number, string]> {
  const response = await answer;
  return [response.status, ((await response.json()) as { message: string }).message];
}

describe('comments', () => {
  it('are written on a trace, an observation, a session and a prompt, and read back', async () => {
    const on = {
      TRACE: recorded.otel.traceId,
      OBSERVATION: recorded.batch.generationId,
      SESSION: 'mine-session',
      PROMPT: promptId,
    };
    for (const [objectType, objectId] of Object.entries(on)) {
      const id = await create({ objectType, objectId, content: `  on a ${objectType}\n` });
      const comment = await bodyOf(operations.getComment, await api.get(`${path}/${id}`, mine));
      expect(comment).toMatchObject({
        id,
        projectId: mine.projectId,
        objectType,
        objectId,
        content: `on a ${objectType}`,
        authorUserId: null,
      });
      expect(comment.createdAt).toMatch(/\.\d{3}Z$/);
      const { data, meta } = await list(`?objectType=${objectType}&objectId=${objectId}`);
      expect(data).toEqual([comment]);
      expect(meta.totalItems).toBe(1);
    }
    const { rows } = await api.relational.pool.query(
      `SELECT count(*)::int AS entries FROM audit_log WHERE action = 'comments.create' AND project_id = $1`,
      [mine.projectId],
    );
    expect(rows).toEqual([{ entries: 4 }]);
  });

  it('are listed the oldest first, in pages, of an author, and of one project', async () => {
    const on = { objectType: 'TRACE', objectId: recorded.batch.traceId };
    const made: string[] = [];
    for (const content of ['one', 'two', 'three']) {
      made.push(await create({ ...on, content, authorUserId: mine.ownerId }));
    }
    const query = `?authorUserId=${mine.ownerId}`;
    const all = await list(query);
    expect(all.data.map(({ id }) => id)).toEqual(made);
    expect(await list(`${query}&limit=2&page=2`)).toEqual({
      data: [all.data[2]],
      meta: { page: 2, limit: 2, totalItems: 3, totalPages: 2 },
    });
    expect((await list('?authorUserId=nobody')).data).toEqual([]);
    expect((await list('', theirs)).data).toEqual([]);
    expect((await refusal(api.get(`${path}/${made[0]}`, theirs)))[0]).toBe(404);
  });

  it.each<[object, number, string]>([
    [{ objectType: 'TRACE', objectId: 'no-such-trace' }, 404, 'no-such-trace'],
    [{ objectType: 'OBSERVATION', objectId: 'no-such' }, 404, 'no-such'],
    [{ objectType: 'SESSION', objectId: 'no-such' }, 404, 'no-such'],
    [{ objectType: 'PROMPT', objectId: 'no-such' }, 404, 'no-such'],
    [{ objectType: 'SCORE', objectId: 'x' }, 400, 'objectType'],
    [{ objectType: 'TRACE' }, 400, 'objectId'],
    [{ objectType: 'TRACE', objectId: 'x', content: ' \n ' }, 400, 'content'],
    [{ objectType: 'TRACE', objectId: 'x', content: 'x'.repeat(5001) }, 400, 'content'],
    [{ objectType: 'TRACE', objectId: 'x', content: 'a\0' }, 400, 'content'],
    [{ objectType: 'TRACE', objectId: 'x', colour: 'red' }, 400, 'colour'],
    [{ objectType: 'TRACE', objectId: 'x', authorUserId: 'nobody' }, 400, 'authorUserId'],
  ])('refuse %j', async (body, status, said) => {
    expect(await refusal(post(body))).toEqual([status, expect.stringContaining(said)]);
  });

  it('are not written on what is of another project, nor by its people', async () => {
    const on = { objectType: 'TRACE', objectId: recorded.otel.traceId };
    expect((await refusal(post(on, theirs)))[0]).toBe(404);
    expect((await refusal(post({ objectType: 'PROMPT', objectId: promptId }, theirs)))[0]).toBe(404);
    expect(await refusal(post({ ...on, authorUserId: theirs.ownerId }))).toEqual([
      400,
      expect.stringContaining('authorUserId'),
    ]);
  });

  it.each([
    ['?objectId=x', 'objectType'],
    ['?objectType=NOTHING', 'objectType'],
    ['?limit=101', 'limit'],
    ['?colour=red', 'colour'],
  ])('refuse to be listed by %s', async (query, said) => {
    expect(await refusal(api.get(`${path}${query}`, mine))).toEqual([400, expect.stringContaining(said)]);
  });

  it('filter lists of what they are on', async () => {
    const commented = recorded.batch.traceId;
    const other = recorded.otel.traceId;
    const ask = (at: string, conditions: object[], project = mine) =>
      api.get(`${at}?filter=${encodeURIComponent(JSON.stringify(conditions))}`, project);
    const ids = async (at: string, ...conditions: object[]) => {
      const response = await ask(at, conditions);
      const text = await response.text();
      expect(response.status, text).toBe(200);
      return (JSON.parse(text) as { data: { id: string }[] }).data.map(({ id }) => id).sort();
    };
    const count = (operator: string, value: number) => ({
      type: 'number',
      column: 'commentCount',
      operator,
      value,
    });
    const content = (operator: string, value: string) => ({
      type: 'string',
      column: 'commentContent',
      operator,
      value,
    });
    const on = { objectType: 'TRACE', objectId: commented };
    await create({ ...on, content: 'first % thing' });
    await create({ ...on, content: 'last thing' });
    const traces = '/api/public/traces';
    const { data } = await list(`?objectType=TRACE&objectId=${commented}&limit=100`);
    const others = (await list(`?objectType=TRACE&objectId=${other}`)).meta.totalItems;
    expect(await ids(traces, count('=', data.length))).toEqual([commented]);
    expect(await ids(traces, count('>', others))).toEqual([commented]);
    expect(await ids(traces, count('<', data.length))).toEqual([other]);
    expect(await ids(traces, count('>=', 0))).toEqual([commented, other].sort());
    expect(await ids(traces, count('>', 1000))).toEqual([]);
    expect(await ids(traces, content('contains', ' % '))).toEqual([commented]);
    expect(await ids(traces, content('does not contain', ' % '))).toEqual([other]);
    expect(await ids(traces, content('starts with', 'last'))).toEqual([commented]);
    expect(await ids(traces, content('ends with', 'thing'), count('<', 1))).toEqual([]);
    expect(await ids(traces, content('=', 'thing'))).toEqual([]);
    const generation = recorded.batch.generationId;
    await create({ objectType: 'OBSERVATION', objectId: generation });
    expect(await ids('/api/public/observations', count('>', 0))).toEqual([generation]);
    expect(await ids('/api/public/v2/observations', count('>', 0))).toEqual([generation]);
    expect(await ids('/api/public/v2/observations', count('=', 0))).not.toContain(generation);
    const wrong = { type: 'string', column: 'commentCount', operator: '=', value: '1' };
    expect(await refusal(ask(traces, [wrong]))).toEqual([400, expect.stringContaining('commentCount')]);
    expect(await refusal(ask(traces, [content('matches', 'x')]))).toEqual([
      400,
      expect.stringContaining('commentContent'),
    ]);
  });

  it('are for nobody unknown', async () => {
    expect((await api.request(path)).status).toBe(401);
    expect((await api.request(path, { headers: { authorization: mine.bearer } })).status).toBe(403);
    expect((await api.get(`${path}/%00`, mine)).status).toBe(400);
  });
});

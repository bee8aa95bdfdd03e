import type { AnswerOf, Operation } from '@tracewell/contract';
import * as operations from '@tracewell/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi, type TestProject } from './testing/start-test-api';

/** Annotation queues, what is in them, and who works on them. */
let api: TestApi;
let mine: TestProject;
let theirs: TestProject;
let configId: string;
let theirConfigId: string;

beforeAll(async () => {
  api = await startTestApi();
  mine = await api.createProject('mine');
  theirs = await api.createProject('theirs');
  configId = await createConfig(mine);
  theirConfigId = await createConfig(theirs);
});
afterAll(() => api?.stop());

async function createConfig(project: TestProject): Promise<string> {
  const body = { name: 'tone', dataType: 'BOOLEAN' };
  return (
    (await (await api.send('POST', '/api/public/score-configs', project, body)).json()) as { id: string }
  ).id;
}

const path = '/api/public/annotation-queues';

/** The body of a 200 of the operation's exact shape. */
async function bodyOf<O extends Operation>(operation: O, response: Response): Promise<AnswerOf<O>> {
  const text = await response.text();
  expect(response.status, text).toBe(200);
  const body = JSON.parse(text);
  expect(operation.responses[200]!.parse(body)).toEqual(body);
  return body;
}
const createQueue = async (name: string, part: object = {}) =>
  bodyOf(
    operations.createAnnotationQueue,
    await api.send('POST', path, mine, { name, scoreConfigIds: [configId], ...part }),
  );
const createItem = async (queueId: string, objectId: string, part: object = {}) =>
  bodyOf(
    operations.createAnnotationQueueItem,
    await api.send('POST', `${path}/${queueId}/items`, mine, { objectId, objectType: 'TRACE', ...part }),
  );
async function refusal(answer: Response | Promise<Response>): Promise<[number, string]> {
  const response = await answer;
  return [response.status, ((await response.json()) as { message: string }).message];
}

describe('annotation queues', () => {
  it('are made with score configs, read, and listed in pages, newest first', async () => {
    const first = await createQueue('first', { description: 'all of it' });
    expect(first).toMatchObject({ name: 'first', description: 'all of it', scoreConfigIds: [configId] });
    const second = await createQueue('second', { scoreConfigIds: [configId, configId] });
    expect(second).toMatchObject({ description: null, scoreConfigIds: [configId] });
    expect(await bodyOf(operations.getAnnotationQueue, await api.get(`${path}/${first.id}`, mine))).toEqual(
      first,
    );
    const list = async (query: string, project = mine) =>
      bodyOf(operations.listAnnotationQueues, await api.get(`${path}${query}`, project));
    expect((await list('')).data).toEqual([second, first]);
    expect(await list('?limit=1&page=2')).toEqual({
      data: [first],
      meta: { page: 2, limit: 1, totalItems: 2, totalPages: 2 },
    });
    expect((await list('', theirs)).data).toEqual([]);
  });

  it('refuse what is wrong, and a name that is taken', async () => {
    await createQueue('taken');
    const cases: [object, string][] = [
      [{ name: 'taken' }, 'already has'],
      [{ name: '' }, 'name'],
      [{ scoreConfigIds: [] }, 'scoreConfigIds'],
      [{ scoreConfigIds: undefined }, 'scoreConfigIds'],
      [{ scoreConfigIds: ['none'] }, 'no score config none'],
      [{ scoreConfigIds: [configId, theirConfigId] }, theirConfigId],
      [{ colour: 'red' }, 'colour'],
    ];
    for (const [part, said] of cases) {
      const answer = api.send('POST', path, mine, { name: 'n', scoreConfigIds: [configId], ...part });
      expect(await refusal(answer)).toEqual([400, expect.stringContaining(said)]);
    }
  });
});

describe('items of a queue', () => {
  it('are put in, completed, made pending again, and taken out', async () => {
    const { id: queueId } = await createQueue('of items');
    const item = await createItem(queueId, 'trace-1');
    expect(item).toMatchObject({
      queueId,
      objectId: 'trace-1',
      objectType: 'TRACE',
      status: 'PENDING',
      completedAt: null,
    });
    const done = await createItem(queueId, 'session-1', { objectType: 'SESSION', status: 'COMPLETED' });
    expect(done.completedAt).toMatch(/\.\d{3}Z$/);
    const at = `${path}/${queueId}/items/${item.id}`;
    const patch = async (body: object) =>
      bodyOf(operations.updateAnnotationQueueItem, await api.send('PATCH', at, mine, body));
    const completed = await patch({ status: 'COMPLETED' });
    expect(completed).toMatchObject({ status: 'COMPLETED', completedAt: expect.stringMatching(/Z$/) });
    // Completing it twice does not move the time.
    expect(await patch({ status: 'COMPLETED' })).toEqual(completed);
    expect(await patch({})).toEqual(completed);
    expect(await bodyOf(operations.getAnnotationQueueItem, await api.get(at, mine))).toEqual(completed);
    expect(await patch({ status: 'PENDING' })).toMatchObject({ status: 'PENDING', completedAt: null });
    const removed = await api.request(at, { method: 'DELETE', headers: { authorization: mine.basic } });
    expect((await bodyOf(operations.deleteAnnotationQueueItem, removed)).success).toBe(true);
    expect((await refusal(api.get(at, mine)))[0]).toBe(404);
    const { rows } = await api.relational.pool.query(
      `SELECT action FROM audit_log WHERE resource_id = $1 ORDER BY created_at`,
      [item.id],
    );
    expect(rows.map(({ action }: { action: string }) => action.split('.')[1])).toEqual([
      'create-item',
      'update-item',
      'update-item',
      'delete-item',
    ]);
  });

  it('are listed newest first, by status and page', async () => {
    const { id: queueId } = await createQueue('of many');
    const one = await createItem(queueId, 'o1', { objectType: 'OBSERVATION' });
    const two = await createItem(queueId, 'o2', { status: 'COMPLETED' });
    const three = await createItem(queueId, 'o3');
    const list = async (query: string) =>
      bodyOf(operations.listAnnotationQueueItems, await api.get(`${path}/${queueId}/items${query}`, mine));
    expect((await list('')).data).toEqual([three, two, one]);
    expect((await list('?status=COMPLETED')).data).toEqual([two]);
    expect(await list('?status=PENDING&limit=1&page=2')).toEqual({
      data: [one],
      meta: { page: 2, limit: 1, totalItems: 2, totalPages: 2 },
    });
    expect((await refusal(api.get(`${path}/${queueId}/items?status=DONE`, mine)))[0]).toBe(400);
  });

  it('refuse what is wrong', async () => {
    const { id: queueId } = await createQueue('of refusals');
    const send = (body: object) => refusal(api.send('POST', `${path}/${queueId}/items`, mine, body));
    const item = { objectId: 'o', objectType: 'TRACE' };
    expect(await send({ ...item, objectType: 'PROMPT' })).toEqual([
      400,
      expect.stringContaining('objectType'),
    ]);
    expect(await send({ objectType: 'TRACE' })).toEqual([400, expect.stringContaining('objectId')]);
    expect(await send({ ...item, status: 'DONE' })).toEqual([400, expect.stringContaining('status')]);
    expect(await send({ ...item, colour: 'red' })).toEqual([400, expect.stringContaining('colour')]);
  });
});

describe('assignments to a queue', () => {
  const assign = (queueId: string, userId: string, method = 'POST', project = mine) =>
    api.send(method, `${path}/${queueId}/assignments`, project, { userId });
  const assigned = async (queueId: string) =>
    (
      await api.relational.pool.query(
        `SELECT user_id AS id FROM annotation_queue_assignments WHERE queue_id = $1`,
        [queueId],
      )
    ).rows.map(({ id }: { id: string }) => id);

  it('are made and taken back, any number of times', async () => {
    const { id: queueId } = await createQueue('of people');
    for (let times = 0; times < 2; times++) {
      const made = await assign(queueId, mine.ownerId);
      expect(await bodyOf(operations.createAnnotationQueueAssignment, made)).toEqual({
        userId: mine.ownerId,
        queueId,
        projectId: mine.projectId,
      });
    }
    expect(await assigned(queueId)).toEqual([mine.ownerId]);
    for (let times = 0; times < 2; times++) {
      const gone = await assign(queueId, mine.ownerId, 'DELETE');
      expect(await bodyOf(operations.deleteAnnotationQueueAssignment, gone)).toEqual({ success: true });
    }
    expect(await assigned(queueId)).toEqual([]);
  });

  it('are for people of the project alone', async () => {
    const { id: queueId } = await createQueue('of strangers');
    const outsider = await api.createMember(mine, 'NONE');
    for (const userId of ['nobody', theirs.ownerId, outsider]) {
      expect(await refusal(assign(queueId, userId))).toEqual([404, expect.stringContaining(userId)]);
    }
    expect((await refusal(api.send('POST', `${path}/${queueId}/assignments`, mine, {})))[0]).toBe(400);
  });
});

it('keeps every queue to its project', async () => {
  const { id: queueId } = await createQueue('secret');
  const { id: itemId } = await createItem(queueId, 'o');
  const other = await createQueue('other');
  const body = { objectId: 'o', objectType: 'TRACE' };
  const items = `${path}/${queueId}/items`;
  const answers = [
    api.get(`${path}/${queueId}`, theirs),
    api.get(items, theirs),
    api.send('POST', items, theirs, body),
    api.get(`${items}/${itemId}`, theirs),
    api.send('PATCH', `${items}/${itemId}`, theirs, { status: 'COMPLETED' }),
    api.send('DELETE', `${items}/${itemId}`, theirs, {}),
    api.send('POST', `${path}/${queueId}/assignments`, theirs, { userId: theirs.ownerId }),
    api.send('DELETE', `${path}/${queueId}/assignments`, theirs, { userId: theirs.ownerId }),
    api.get(`${path}/none/items`, mine),
    // The item of another queue.
    api.get(`${path}/${other.id}/items/${itemId}`, mine),
  ];
  for (const answer of answers) expect((await refusal(answer))[0]).toBe(404);
  expect((await api.get(`${items}/${itemId}`, mine)).status).toBe(200);
  expect((await api.request(path)).status).toBe(401);
  expect((await api.request(path, { headers: { authorization: mine.bearer } })).status).toBe(403);
});

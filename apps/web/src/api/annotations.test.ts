import type { DiscussionComment, ScoreV3, TraceDetail } from '@tracewell/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Recorded, record } from './testing/recordings';
import { startTestApi, type TestApi, type TestProject } from './testing/start-test-api';

/** Where people write on recorded data, and what of it strangers may read. */
let api: TestApi;
let mine: TestProject;
let theirs: TestProject;
let recorded: Recorded;
let owner: string;
let memberId: string;
let member: string;
let viewer: string;
let stranger: string;

beforeAll(async () => {
  api = await startTestApi();
  mine = await api.createProject('mine');
  theirs = await api.createProject('theirs');
  recorded = await record(api, mine, 'mine');
  owner = await api.signIn(mine.ownerId);
  memberId = await api.createMember(mine, 'MEMBER');
  member = await api.signIn(memberId);
  viewer = await api.signIn(await api.createMember(mine, 'VIEWER'));
  stranger = await api.signIn(theirs.ownerId);
});
afterAll(() => api?.stop());

const base = () => `/api/v1/projects/${mine.projectId}`;
async function call<Body = { message: string }>(
  cookie: string,
  method: string,
  place: string,
  body?: object,
) {
  const response = await api.request(place, {
    method,
    headers: {
      ...(cookie && { cookie }),
      'content-type': 'application/json',
      origin: 'http://localhost:3000',
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });
  return { status: response.status, body: (await response.json()) as Body };
}
const onTrace = () => `objectType=TRACE&objectId=${recorded.otel.traceId}`;
const discussion = async (cookie: string) =>
  (await call<{ data: DiscussionComment[] }>(cookie, 'GET', `${base()}/comments?${onTrace()}`)).body.data;
const scoresOf = async () => {
  const answer = await api.get(`/api/public/v3/scores?fields=details,annotation,subject&limit=100`, mine);
  return ((await answer.json()) as { data: ScoreV3[] }).data;
};

describe('comments on a screen', () => {
  it('carry their author, and are changed and deleted by nobody else', async () => {
    const target = { objectType: 'TRACE', objectId: recorded.otel.traceId };
    const content = `@[MEMBER](user:${memberId}) look`;
    const written = await call<{ id: string }>(owner, 'POST', `${base()}/comments`, { ...target, content });
    expect(written.status).toBe(201);
    const place = `${base()}/comments/${written.body.id}`;
    expect(await discussion(owner)).toMatchObject([
      { content, author: { name: 'Owner of mine' }, isOwn: true },
    ]);
    expect(await discussion(member)).toMatchObject([{ content, isOwn: false }]);

    const refused = await call(member, 'PATCH', place, { content: 'mine now' });
    expect([refused.status, refused.body.message]).toEqual([403, expect.stringContaining('somebody else')]);
    expect((await call(member, 'DELETE', place)).status).toBe(403);
    expect((await call(viewer, 'POST', `${base()}/comments`, { ...target, content })).status).toBe(403);
    expect((await call(owner, 'PATCH', place, { content: 'changed' })).status).toBe(200);
    expect(await discussion(member)).toMatchObject([{ content: 'changed' }]);

    const counts = `${base()}/traces/${recorded.otel.traceId}/comment-counts`;
    expect((await call(viewer, 'GET', counts)).body).toEqual({ trace: 1, observations: {} });
    expect((await call(owner, 'DELETE', place)).status).toBe(200);
    expect(await discussion(owner)).toEqual([]);
    expect((await call(owner, 'DELETE', place)).status).toBe(404);
  });

  it('offer members of the organization alone, by the beginning of a word', async () => {
    const find = async (search: string) =>
      (await call<{ data: { name: string }[] }>(member, 'GET', `${base()}/mentionable?search=${search}`)).body
        .data;
    expect((await find('')).map(({ name }) => name).sort()).toEqual(['MEMBER', 'Owner of mine', 'VIEWER']);
    expect((await find('mem')).map(({ name }) => name)).toEqual(['MEMBER']);
    expect(await find('%25')).toEqual([]);
  });

  it('are counted on observations', async () => {
    const [objectId] = (await treeOf()).observations.map(({ id }) => id);
    const body = { objectType: 'OBSERVATION', objectId, content: 'here' };
    expect((await call(member, 'POST', `${base()}/comments`, body)).status).toBe(201);
    const counts = `${base()}/traces/${recorded.otel.traceId}/comment-counts`;
    expect((await call(viewer, 'GET', counts)).body).toEqual({ trace: 0, observations: { [objectId!]: 1 } });
  });
});

const treeOf = async () =>
  (await call<TraceDetail>(owner, 'GET', `${base()}/traces/${recorded.otel.traceId}`)).body;

describe('annotations', () => {
  const createConfig = async (config: object) => {
    const made = await api.send('POST', '/api/public/score-configs', mine, config);
    return ((await made.json()) as { id: string }).id;
  };

  it('are scores of their author by a config, and the same id again changes them', async () => {
    const configId = await createConfig({ name: 'quality', dataType: 'NUMERIC', minValue: 0, maxValue: 5 });
    const body = { traceId: recorded.otel.traceId, configId, value: 4, comment: 'good' };
    const given = await call<{ id: string }>(member, 'POST', `${base()}/annotations`, body);
    expect(given.status, JSON.stringify(given.body)).toBe(201);
    const { id } = given.body;
    await api.settle();
    const find = async () => (await scoresOf()).find((score) => score.id === id);
    const first = { name: 'quality', value: 4, comment: 'good', source: 'ANNOTATION', configId };
    expect(await find()).toMatchObject({ ...first, authorUserId: memberId });
    expect((await treeOf()).scores.find((score) => score.id === id)).toMatchObject({
      authorUserId: memberId,
    });

    const stolen = await call(owner, 'POST', `${base()}/annotations`, { ...body, id, value: 1 });
    expect([stolen.status, stolen.body.message]).toEqual([403, expect.stringContaining('somebody else')]);
    await call(member, 'POST', `${base()}/annotations`, { ...body, id, value: 2, comment: '' });
    await api.settle();
    expect(await find()).toMatchObject({ value: 2, comment: null });
    expect((await call(member, 'DELETE', `${base()}/scores/${id}`)).status).toBe(200);
    expect(await find()).toBeUndefined();
  });

  it('refuse what the config, the project or the role does not allow', async () => {
    const configId = await createConfig({ name: 'bounded', dataType: 'NUMERIC', minValue: 0, maxValue: 5 });
    const post = (cookie: string, body: object) =>
      call(cookie, 'POST', `${base()}/annotations`, {
        traceId: recorded.otel.traceId,
        configId,
        value: 1,
        ...body,
      });
    expect((await post(member, { value: 9 })).status).toBe(400);
    expect((await post(member, { value: 'nine' })).status).toBe(400);
    expect((await post(member, { configId: 'none' })).status).toBe(404);
    expect((await post(member, { traceId: 'none' })).status).toBe(404);
    expect((await post(member, { observationId: 'none' })).status).toBe(404);
    expect((await post(member, { authorUserId: 'another' })).status).toBe(400);
    expect((await post(viewer, {})).status).toBe(403);
    expect((await post(stranger, {})).status).toBeGreaterThanOrEqual(403);
  });

  it('say what an output should have been', async () => {
    const [observation] = (await treeOf()).observations;
    const target = { traceId: recorded.otel.traceId, observationId: observation!.id };
    const given = await call<{ id: string }>(member, 'POST', `${base()}/corrections`, {
      ...target,
      value: 'so',
    });
    expect(given.status, JSON.stringify(given.body)).toBe(201);
    await api.settle();
    expect((await scoresOf()).find(({ id }) => id === given.body.id)).toMatchObject({
      name: 'output',
      dataType: 'CORRECTION',
      value: 'so',
      authorUserId: memberId,
    });
  });
});

describe('tags', () => {
  it('are added and taken away, to the last that the application said', async () => {
    for (const traceId of [recorded.otel.traceId, recorded.batch.traceId]) {
      const read = async () => (await call<TraceDetail>(owner, 'GET', `${base()}/traces/${traceId}`)).body;
      const tag = (cookie: string, body: object) =>
        call<{ tags: string[] }>(cookie, 'PATCH', `${base()}/traces/${traceId}/tags`, body);
      const before = await read();
      expect((await tag(viewer, { add: ['x'] })).status).toBe(403);
      expect((await tag(member, {})).status).toBe(400);
      expect((await tag(member, { add: ['zz added'] })).body.tags).toContain('zz added');
      await api.settle();
      const { tags, name, timestamp, public: isPublic } = await read();
      expect(tags).toEqual([...before.tags, 'zz added'].sort());
      expect([name, timestamp, isPublic]).toEqual([before.name, before.timestamp, before.public]);
      expect((await tag(member, { remove: tags })).body.tags).toEqual([]);
      await api.settle();
      expect((await read()).tags).toEqual([]);
      const facets = await call(owner, 'GET', `${base()}/traces/facets?field=tags`);
      expect(JSON.stringify(facets.body)).not.toContain('""');
    }
  });
});

describe('a published trace', () => {
  const published = (traceId: string) => `/api/v1/published/${mine.projectId}/traces/${traceId}`;
  const setPublic = (cookie: string, isPublic: boolean) =>
    call(cookie, 'PUT', `${base()}/traces/${recorded.otel.traceId}/public`, { public: isPublic });

  it('is read without signing in, itself alone, until it is taken back', async () => {
    const { traceId } = recorded.otel;
    const unpublished = await record(api, mine, 'unpublished');
    const before = await treeOf();
    const [observation] = before.observations;
    expect((await call('', 'GET', published(traceId))).status).toBe(404);
    expect((await setPublic(viewer, true)).status).toBe(403);
    expect((await setPublic(stranger, true)).status).toBeGreaterThanOrEqual(403);
    expect((await setPublic(member, true)).status).toBe(200);
    await api.settle();

    const open = await call<TraceDetail>('', 'GET', published(traceId));
    expect(open.status).toBe(200);
    expect(open.body).toMatchObject({ id: traceId, public: true, scores: [], userId: '', sessionId: '' });
    const inside = `${published(traceId)}/observations/${observation!.id}`;
    expect((await call('', 'GET', inside)).status).toBe(200);
    // Nothing but the flag changed.
    const { scores: _, ...after } = await treeOf();
    expect(after).toMatchObject({
      ...after,
      name: before.name,
      timestamp: before.timestamp,
      tags: before.tags,
    });
    expect(after.environment).toBe(before.environment);

    for (const place of [
      published(unpublished.otel.traceId),
      `${published(traceId)}/observations/${unpublished.otel.generationId}`,
      `${published(unpublished.otel.traceId)}/observations/${unpublished.otel.generationId}`,
      `${published(traceId)}/observations/${recorded.batch.generationId}`,
      `/api/v1/published/${theirs.projectId}/traces/${traceId}`,
    ]) {
      expect([place, (await call('', 'GET', place)).status]).toEqual([place, 404]);
    }
    for (const place of [
      `/traces/${traceId}`,
      '/traces',
      '/observations',
      `/comments?${onTrace()}`,
      `/traces/${traceId}/comment-counts`,
      '/mentionable',
      '/annotation-configs',
    ]) {
      expect([place, (await call('', 'GET', `${base()}${place}`)).status]).toEqual([place, 401]);
    }
    expect((await setPublic(member, false)).status).toBe(200);
    await api.settle();
    expect((await call('', 'GET', published(traceId))).status).toBe(404);
    expect((await call('', 'GET', inside)).status).toBe(404);
  });
});

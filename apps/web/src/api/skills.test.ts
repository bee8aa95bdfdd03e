import { createHash } from 'node:crypto';
import * as operations from '@tracewell/contract';
import { skillBlobs } from '@tracewell/schema/postgres/skills';
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

const path = '/api/public/unstable/skills';
const hashOf = (text: string) => createHash('sha256').update(text).digest('base64');
const manifest = (name: string, description = 'helps') => ({
  path: 'SKILL.md',
  content: `---\nname: ${name}\ndescription: ${description}\n---\n# ${name}`,
});

async function send(method: string, at: string, body?: unknown, project: TestProject = mine) {
  const response =
    method === 'GET' ? await api.get(path + at, project) : await api.send(method, path + at, project, body);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}
async function version(method: string, at: string, body?: unknown, project: TestProject = mine) {
  const answer = await send(method, at, body, project);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return operations.skillVersion.parse(answer.body);
}

describe('a skill', () => {
  it('is its SKILL.md and the files beside it, in versions', async () => {
    const run = { path: 'scripts/run.py', content: 'print("ä")' };
    const first = await version('POST', '', { files: [manifest('pdf'), run], commitMessage: 'first' });
    expect(first).toMatchObject({
      name: 'pdf',
      description: 'helps',
      frontmatter: { name: 'pdf', description: 'helps' },
      version: 1,
      tags: [],
      labels: ['latest'],
      commitMessage: 'first',
      createdBy: 'API',
      projectId: mine.projectId,
    });
    expect(first.files[1]).toMatchObject({
      path: 'scripts/run.py',
      contentType: 'text/x-python',
      contentLength: 11,
      sha256Hash: hashOf(run.content),
    });
    const again = { path: 'scripts/moved.py', sha256Hash: hashOf(run.content) };
    const second = await version('POST', '', { files: [manifest('pdf', 'helps more'), again] });
    expect(second).toMatchObject({ version: 2, commitMessage: null, description: 'helps more' });
    expect(second.files[1]?.blobId).toBe(first.files[1]?.blobId);
    expect((await version('GET', '/pdf?version=1')).labels).toEqual([]);
    expect((await version('GET', '/pdf?label=latest')).version).toBe(2);
  });

  it('is found by label, which stands on one version at a time', async () => {
    for (const description of ['one', 'two'])
      await version('POST', '', { files: [manifest('labelled', description)] });
    expect((await send('GET', '/labelled')).status).toBe(404);
    await version('PATCH', '/labelled/versions/1', { labels: ['production', 'beta'] });
    expect(await version('GET', '/labelled')).toMatchObject({ version: 1, labels: ['production', 'beta'] });
    const moved = await version('PATCH', '/labelled/versions/2', { labels: ['production', 'production'] });
    expect(moved.labels).toEqual(['production', 'latest']);
    expect(await version('GET', '/labelled?label=beta')).toMatchObject({ version: 1, labels: ['beta'] });
    expect((await send('PATCH', '/labelled/versions/1', { labels: ['latest'] })).status).toBe(400);
    expect((await send('GET', '/labelled?label=beta&version=1')).status).toBe(400);
    expect((await send('PATCH', '/labelled/versions/9', { labels: [] })).status).toBe(404);
  });

  it('has tags of its own, and is listed by them', async () => {
    await version('POST', '', { files: [manifest('tagged', '50% off_')] });
    expect(await version('PATCH', '/tagged', { tags: ['a', 'b', 'a'] })).toMatchObject({
      tags: ['a', 'b'],
      version: 1,
    });
    const list = async (query: string) => {
      const answer = await send('GET', `?${query}`);
      return operations.listSkills.responses[200].parse(answer.body);
    };
    const names = async (query: string) => (await list(query)).data.map(({ name }) => name);
    expect(await names('tag=a')).toEqual(['tagged']);
    expect(await names('name=tagged')).toEqual(['tagged']);
    expect(await names('search=50%25')).toEqual(['tagged']);
    expect(await names('search=OFF_')).toEqual(['tagged']);
    expect(await names('search=o_f')).toEqual([]);
    expect(await names('fromUpdatedAt=2040-01-01T00:00:00Z')).toEqual([]);
    const { data, meta } = await list('limit=1&page=1');
    expect(meta).toMatchObject({ limit: 1, hasNextPage: true });
    expect(data[0]).toMatchObject({ name: 'tagged', latestVersion: 1, productionVersion: null });
    expect((await list('name=labelled')).data[0]).toMatchObject({ latestVersion: 2, productionVersion: 2 });
    expect(await version('PATCH', '/tagged', { tags: [] })).toMatchObject({ tags: [] });
  });

  it('gives out the contents of its files by hash', async () => {
    const file = { path: 'a b/ö.txt', content: 'content + / =' };
    await version('POST', '', { files: [manifest('files'), file] });
    const hashes = [hashOf(file.content), hashOf(manifest('files').content)];
    const at = `/files/content?${new URLSearchParams({ sha256Hashes: hashes.join(',') })}`;
    expect((await send('GET', at)).body).toEqual({
      data: [
        { sha256Hash: hashes[0], content: file.content },
        { sha256Hash: hashes[1], content: manifest('files').content },
      ],
    });
    expect((await send('GET', at, undefined, theirs)).status).toBe(404);
    expect((await send('GET', '/files/content?sha256Hashes=short')).status).toBe(400);
    expect((await send('GET', '/files/content')).status).toBe(400);
  });

  it('goes version by version, with what no version needs', async () => {
    const project = await api.createProject('short');
    const one = { files: [manifest('gone'), { path: 'x', content: 'only here' }] };
    await version('POST', '', one, project);
    await version('POST', '', { files: [manifest('gone')] }, project);
    expect(await send('DELETE', '/gone/versions/1', {}, project)).toEqual({
      status: 200,
      body: { deleted: true },
    });
    expect((await send('DELETE', '/gone/versions/1', {}, project)).status).toBe(404);
    // A number is never given twice.
    expect((await version('POST', '', one, project)).version).toBe(3);
    await send('DELETE', '/gone/versions/2', {}, project);
    await send('DELETE', '/gone/versions/3', {}, project);
    expect((await send('GET', '?name=gone', undefined, project)).body).toMatchObject({ data: [] });
    const blobs = await api.relational.db.select().from(skillBlobs);
    expect(blobs.filter(({ projectId }) => projectId === project.projectId)).toEqual([]);
  });

  it('takes versions at once, and counts each', async () => {
    const made = await Promise.all(
      Array.from({ length: 5 }, () => version('POST', '', { files: [manifest('busy')] })),
    );
    expect(made.map((each) => each.version).sort()).toEqual([1, 2, 3, 4, 5]);
  });

  it.each([
    [{ files: [] }, 'files'],
    [{ files: [{ path: 'a.md', content: 'x' }] }, 'SKILL.md'],
    [{ files: [{ path: 'SKILL.md', content: 'x' }] }, 'front matter'],
    [{ files: [manifest('a'), manifest('a')] }, 'once'],
    [{ files: [manifest('a'), { path: '../x', content: '' }] }, 'relative'],
    [{ files: [manifest('a'), { path: '/x', content: '' }] }, 'relative'],
    [{ files: [manifest('a'), { path: 'x', sha256Hash: hashOf('never sent') }] }, 'Send its content'],
    [{ files: [manifest('a'), { path: 'x', content: 'nul\0' }] }, 'NUL'],
  ])('is not made of %j', async (body, words) => {
    const answer = await send('POST', '', body);
    expect(answer.status).toBe(400);
    expect(JSON.stringify(answer.body)).toContain(words);
    expect(['invalid_body', 'invalid_request']).toContain(answer.body.code);
  });

  it('of another project is not there, and neither are its files', async () => {
    await version('POST', '', { files: [manifest('private'), { path: 'x', content: 'secret' }] });
    for (const [method, at, body] of [
      ['GET', '/private?version=1', undefined],
      ['PATCH', '/private', { tags: [] }],
      ['PATCH', '/private/versions/1', { labels: [] }],
      ['DELETE', '/private/versions/1', {}],
    ] as const) {
      expect(await send(method, at, body, theirs)).toMatchObject({
        status: 404,
        body: { code: 'resource_not_found' },
      });
    }
    const stolen = { files: [manifest('theft'), { path: 'x', sha256Hash: hashOf('secret') }] };
    expect((await send('POST', '', stolen, theirs)).status).toBe(400);
  });
});

it('answered nothing with an internal error', () => expect(api.internalErrors).toEqual([]));

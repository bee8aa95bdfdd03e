import type { AnswerOf, Operation, Prompt } from '@tracewell/contract';
import * as operations from '@tracewell/contract';
import { openPostgres } from '@tracewell/engines/relational/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi } from './create-api';
import { pathOfRequest } from './names-with-slashes';
import { createExport } from './testing/recordings';
import { startTestApi, type TestApi, type TestProject } from './testing/start-test-api';

/** Prompts over HTTP, as clients of each generation call them, on real engines. */
let api: TestApi;
let mine: TestProject;
let theirs: TestProject;

beforeAll(async () => {
  api = await startTestApi();
  mine = await api.createProject('mine');
  theirs = await api.createProject('theirs');
});
afterAll(() => api?.stop());

const v2 = '/api/public/v2/prompts';
const at = (name: string, rest = '') => `${v2}/${encodeURIComponent(name)}${rest}`;

async function call(method: string, path: string, body?: unknown, project = mine) {
  const response =
    method === 'GET' ? await api.get(path, project) : await api.send(method, path, project, body);
  const text = await response.text();
  // biome-ignore lint/suspicious/noExplicitAny: an answer of any operation, looked into by its test
  return { status: response.status, text, body: (text === '' ? null : JSON.parse(text)) as any };
}

/** The body of a success, after it was found to be of the operation's shape: nothing missing, nothing beside. */
async function ask<O extends Operation>(operation: O, path: string, body?: unknown): Promise<AnswerOf<O>> {
  const answer = await call(operation.method, path, body);
  const [status] = Object.keys(operation.responses).map(Number);
  expect(answer.status, answer.text).toBe(status);
  expect(operation.responses[status!]!.parse(answer.body)).toEqual(answer.body);
  return answer.body;
}
const create = (body: Record<string, unknown>) => ask(operations.createPrompt, v2, body);
const fetchPrompt = (name: string, query = '') => ask(operations.getPrompt, at(name, query));
const refusal = async (method: string, path: string, body?: unknown, project = mine) => {
  const answer = await call(method, path, body, project);
  return [answer.status, answer.body.message, answer.body.error] as const;
};

describe('versions and labels', () => {
  it('creates a text prompt with everything, and reads it back as it was given', async () => {
    const config = { z: 1, a: { model: 'x', list: [1, '2', null] }, text: '12' };
    const created = await create({
      name: 'greeting',
      prompt: 'Hello {{name}}',
      labels: ['production', 'eu'],
      tags: ['b', 'a', 'b'],
      config,
      commitMessage: 'first',
    });
    expect(created).toEqual({
      id: expect.any(String),
      projectId: mine.projectId,
      createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/),
      updatedAt: created.createdAt,
      createdBy: 'API',
      name: 'greeting',
      version: 1,
      type: 'text',
      prompt: 'Hello {{name}}',
      config,
      labels: ['production', 'eu', 'latest'],
      tags: ['b', 'a'],
      commitMessage: 'first',
      isActive: true,
      resolutionGraph: null,
    });
    expect(Object.keys(created.config as object)).toEqual(['z', 'a', 'text']);
    expect(await fetchPrompt('greeting')).toEqual(created);
    expect(await fetchPrompt('greeting', '?version=1&label=')).toEqual(created);
    expect(await fetchPrompt('greeting', '?label=eu')).toEqual(created);
  });

  it('keeps texts and configs that look like something else', async () => {
    for (const [index, text] of ['12', '{"a":1}', 'null', '', '"quoted"', 'ü 🙂'].entries()) {
      const { prompt, config } = await create({ name: 'lookalike', prompt: text, config: text });
      expect([prompt, config]).toEqual([text, text]);
      expect((await fetchPrompt('lookalike', `?version=${index + 1}`)).prompt).toBe(text);
    }
    expect((await create({ name: 'lookalike', prompt: 'x', config: null })).config).toEqual({});
  });

  it('moves labels to the version that got them last, and latest to the newest', async () => {
    await create({ name: 'moving', prompt: 'one', labels: ['production'] });
    await create({ name: 'moving', prompt: 'two', labels: ['staging'] });
    expect(await fetchPrompt('moving')).toMatchObject({ version: 1, labels: ['production'] });
    expect(await fetchPrompt('moving', '?label=latest')).toMatchObject({ version: 2, isActive: false });
    const third = await create({ name: 'moving', prompt: 'three', labels: ['production', 'staging'] });
    expect(third).toMatchObject({ version: 3, labels: ['production', 'staging', 'latest'] });
    expect(await fetchPrompt('moving', '?version=1')).toMatchObject({ labels: [], isActive: false });

    const updated = await ask(operations.updatePromptVersion, at('moving', '/versions/2'), {
      newLabels: ['production', 'canary', 'canary'],
    });
    expect(updated).toMatchObject({ version: 2, prompt: 'two', labels: ['production', 'canary'] });
    expect(updated.updatedAt > updated.createdAt).toBe(true);
    expect((await fetchPrompt('moving')).version).toBe(2);
    expect((await fetchPrompt('moving', '?version=3')).labels).toEqual(['staging', 'latest']);
    const again = await ask(operations.updatePromptVersion, at('moving', '/versions/2'), {
      newLabels: ['production'],
    });
    expect(again).toEqual(updated);
  });

  it('shows a moved label to the next fetch of another process', async () => {
    const relational = openPostgres({ url: api.engines.urls.relational });
    const elsewhere = createApi({ ...api.deps, relational });
    const versionElsewhere = async () => {
      const response = await elsewhere.request(at('shared'), { headers: { authorization: mine.basic } });
      return ((await response.json()) as Prompt).version;
    };
    for (const prompt of ['one', 'two']) await create({ name: 'shared', prompt, labels: [prompt] });
    for (const version of [1, 2, 1, 2, 1]) {
      await ask(operations.updatePromptVersion, at('shared', `/versions/${version}`), {
        newLabels: ['production'],
      });
      expect(await versionElsewhere()).toBe(version);
    }
    await relational.close();
  });

  it('gives tags to all versions, and keeps them when none are given', async () => {
    await create({ name: 'tagged', prompt: '1', tags: ['old'] });
    expect((await create({ name: 'tagged', prompt: '2' })).tags).toEqual(['old']);
    await create({ name: 'tagged', prompt: '3', tags: ['new'] });
    expect((await fetchPrompt('tagged', '?version=1')).tags).toEqual(['new']);
    expect((await create({ name: 'tagged', prompt: '4', tags: [] })).tags).toEqual([]);
  });

  it('numbers versions that are created at once, each its own, one of them the latest', async () => {
    const created = await Promise.all(
      Array.from({ length: 8 }, (_, index) => create({ name: 'rush', prompt: `${index}`, labels: ['x'] })),
    );
    expect(created.map(({ version }) => version).sort()).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    for (const label of ['latest', 'x']) {
      expect((await fetchPrompt('rush', `?label=${label}`)).version).toBe(8);
    }
  });

  it('takes chats with placeholders and keeps messages as they came', async () => {
    const prompt = [
      { type: 'chatmessage', role: 'system', content: 'Be {{tone}}', name: 'x' },
      { type: 'placeholder', name: 'history' },
      { role: 'user', content: '{{question}}' },
    ];
    const created = await create({ name: 'chat', type: 'chat', prompt, labels: ['production'] });
    expect(created).toMatchObject({ type: 'chat', prompt });
    expect((await fetchPrompt('chat')).prompt).toEqual(prompt);
    // What a client read is what it may send: some have words of their own for the type of a message.
    const again = prompt.map((message) => ({ type: 'message', ...message }));
    const { type: _, ...last } = again[2]!;
    expect((await create({ name: 'chat', type: 'chat', prompt: again })).prompt).toEqual([
      ...prompt.slice(0, 2),
      last,
    ]);
  });
});

describe('names', () => {
  it.each(['folder/deep/name', 'with space & ?x=1#y', '100%', 'a%2Fb', 'ü🙂', "it's", 'a/versions/3', '...'])(
    'serves %j',
    async (name) => {
      await create({ name, prompt: 'x', labels: ['production'] });
      expect((await fetchPrompt(name)).name).toBe(name);
      await ask(operations.updatePromptVersion, at(name, '/versions/1'), { newLabels: ['n'] });
      expect((await fetchPrompt(name, '?label=n')).name).toBe(name);
    },
  );

  it('takes slashes that a client did not encode', async () => {
    await create({ name: 'plain/slashes/here', prompt: 'x', labels: ['production'] });
    await ask(operations.getPrompt, `${v2}/plain/slashes/here`);
    const path = `${v2}/plain/slashes/here/versions/1`;
    expect((await ask(operations.updatePromptVersion, path, { newLabels: ['y'] })).labels).toContain('y');
    expect((await call('DELETE', `${v2}/plain/slashes/here`)).status).toBe(204);
    expect((await call('PUT', `${v2}/plain/slashes/here`)).status).toBe(405);
  });

  it('leaves every other path as it is', () => {
    for (const path of [`${v2}`, `${v2}/`, '/api/public/traces/a/b', `${v2}-other/a/b`]) {
      expect(pathOfRequest(new Request(`http://x${path}?a=/b`))).toBe(path);
    }
  });
});

describe('refused prompts', () => {
  const text = { name: 'valid', prompt: 'x' };
  it.each([
    [{ ...text, name: '' }, 'a prompt needs a name'],
    [{ ...text, name: '/a' }, 'slash'],
    [{ ...text, name: 'a/' }, 'slash'],
    [{ ...text, name: 'a//b' }, 'slash'],
    [{ ...text, name: 'a|b' }, '|'],
    [{ ...text, name: 'a <b>c</b>' }, 'HTML'],
    [{ ...text, name: 'new' }, 'must not be one of'],
    [{ ...text, name: '..' }, 'must not be one of'],
    [{ ...text, name: 'a\0' }, 'NUL'],
    [{ ...text, name: 'x'.repeat(501) }, '500'],
    [{ ...text, name: 7 }, 'name'],
    [{ prompt: 'x' }, 'name'],
    [{ ...text, labels: ['Upper'] }, 'lower-case'],
    [{ ...text, labels: ['x'.repeat(37)] }, '36'],
    [{ ...text, labels: [''] }, 'labels'],
    [{ ...text, labels: 'production' }, 'labels'],
    [{ ...text, commitMessage: 'x'.repeat(501) }, '500'],
    [{ ...text, type: 'poem' }, 'type must be text or chat'],
    [{ ...text, prompt: [{ role: 'user', content: 'x' }] }, '"type": "chat"'],
    [{ ...text, type: 'chat' }, 'prompt'],
    [{ ...text, type: 'chat', prompt: [{ role: 'user' }] }, 'a message is'],
    [{ ...text, type: 'chat', prompt: [{ type: 'placeholder' }] }, 'a message is'],
    [{ ...text, type: 'chat', prompt: [{ type: 'placeholder', role: 'a', content: '' }] }, 'a message is'],
    [
      {
        ...text,
        type: 'chat',
        prompt: [
          { role: 'user', content: '{{ history }}' },
          { type: 'placeholder', name: 'history' },
        ],
      },
      "'history' both as a variable and as a placeholder",
    ],
    [{ ...text, prompt: 'a @@@langfusePrompt:name=valid|version=1@@@' }, 'refers to itself'],
    [[], 'Invalid'],
  ])('%j', async (body, words) => {
    const [status, message] = await refusal('POST', v2, body);
    expect(status, message).toBe(400);
    expect(message).toContain(words);
  });

  it('is no JSON, or nested without end', async () => {
    const post = (body: string) =>
      api.request(v2, { method: 'POST', headers: { authorization: mine.basic }, body });
    expect((await post('{')).status).toBe(400);
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
    expect((await post(`{"name":"deep","prompt":"x","config":${deep}}`)).status).toBe(400);
    const chat = `[{"role":"user","content":"x","extra":${deep}}]`;
    expect((await post(`{"name":"deep","type":"chat","prompt":${chat}}`)).status).toBe(400);
  });

  it('keeps the type of its first version', async () => {
    await create({ name: 'typed', prompt: 'x' });
    const body = { name: 'typed', type: 'chat', prompt: [{ role: 'user', content: 'x' }] };
    expect(await refusal('POST', v2, body)).toEqual([
      400,
      expect.stringContaining("'typed' is of type text"),
      'InvalidRequestError',
    ]);
  });

  it('cannot be given the label latest', async () => {
    await create({ name: 'labelled', prompt: 'x' });
    const path = at('labelled', '/versions/1');
    expect((await refusal('PATCH', path, { newLabels: ['latest'] }))[1]).toContain('latest');
    expect((await refusal('PATCH', path, { newLabels: 'a' }))[0]).toBe(400);
    expect((await refusal('PATCH', path, {}))[0]).toBe(400);
    expect((await refusal('PATCH', at('labelled', '/versions/one'), { newLabels: [] }))[0]).toBe(400);
    expect(await refusal('PATCH', at('labelled', '/versions/9'), { newLabels: ['a'] })).toEqual([
      404,
      "Prompt not found: 'labelled' with version 9",
      'LangfuseNotFoundError',
    ]);
  });
});

describe('a fetch that finds nothing', () => {
  it.each([
    ['?version=9', "Prompt not found: 'greeting' with version 9"],
    ['?label=none', "Prompt not found: 'greeting' with label 'none'"],
  ])('%s', async (query, message) => {
    expect(await refusal('GET', at('greeting', query))).toEqual([404, message, 'LangfuseNotFoundError']);
  });

  it('says which label it looked for when none was named', async () => {
    expect((await refusal('GET', at('nobody')))[1]).toBe(
      "Prompt not found: 'nobody' with label 'production'",
    );
    expect((await refusal('DELETE', at('nobody')))[0]).toBe(404);
    expect((await refusal('GET', at('a\0b')))[0]).toBe(400);
  });

  it('refuses a version and a label at once, and what is neither', async () => {
    expect((await refusal('GET', at('greeting', '?version=1&label=eu')))[1]).toContain('not both');
    for (const query of [
      '?version=x',
      '?version=0',
      '?version=1.5',
      '?version=99999999999',
      '?resolve=maybe',
    ]) {
      expect((await refusal('GET', at('greeting', query)))[0], query).toBe(400);
    }
  });

  it('belongs to another project', async () => {
    expect((await refusal('GET', at('greeting'), undefined, theirs))[0]).toBe(404);
    expect((await refusal('DELETE', at('greeting'), undefined, theirs))[0]).toBe(404);
    const patch = await refusal('PATCH', at('greeting', '/versions/1'), { newLabels: ['a'] }, theirs);
    expect(patch[0]).toBe(404);
    expect((await call('GET', v2, undefined, theirs)).body.data).toEqual([]);
  });

  it('has no key, or a public one', async () => {
    const anonymous = await api.request(at('greeting'));
    expect([anonymous.status, ((await anonymous.json()) as { error: string }).error]).toEqual([
      401,
      'UnauthorizedError',
    ]);
    const bearer = await api.request(at('greeting'), { headers: { authorization: mine.bearer } });
    expect([bearer.status, ((await bearer.json()) as { error: string }).error]).toEqual([
      403,
      'ForbiddenError',
    ]);
  });
});

describe('the list', () => {
  let other: TestProject;
  beforeAll(async () => {
    other = await api.createProject('listed');
    const made = (body: Record<string, unknown>) => call('POST', v2, body, other);
    for (let index = 0; index < 12; index++) {
      await made({ name: `p${String(index).padStart(2, '0')}`, prompt: 'x', tags: [`t${index % 2}`] });
    }
    await made({ name: 'p00', prompt: 'y', labels: ['production'], config: { second: true }, tags: ['t0'] });
    await made({ name: 'B/folder', type: 'chat', prompt: [] });
  });
  const list = async (query: string) => {
    const { status, body, text } = await call('GET', `${v2}${query}`, undefined, other);
    expect(status, text).toBe(200);
    expect(operations.listPrompts.responses[200].parse(body)).toEqual(body);
    return body as AnswerOf<typeof operations.listPrompts>;
  };

  it('shows ten names a page, ordered', async () => {
    const first = await list('');
    expect(first.data.map(({ name }) => name)).toEqual([
      'B/folder',
      ...Array.from({ length: 9 }, (_, index) => `p0${index}`),
    ]);
    expect(first.meta).toEqual({ page: 1, limit: 10, totalItems: 13, totalPages: 2 });
    expect(first.pagination).toEqual(first.meta);
    expect((await list('?page=2')).data.map(({ name }) => name)).toEqual(['p09', 'p10', 'p11']);
    expect(await list('?page=9&limit=5')).toMatchObject({
      data: [],
      meta: { totalItems: 13, totalPages: 3 },
    });
    expect(first.data[1]).toEqual({
      name: 'p00',
      type: 'text',
      versions: [1, 2],
      labels: ['production', 'latest'],
      tags: ['t0'],
      lastUpdatedAt: expect.any(String),
      lastConfig: { second: true },
    });
  });

  it('filters versions, and shows what is left', async () => {
    const names = async (query: string) => (await list(`${query}&limit=100`)).data.map(({ name }) => name);
    expect(await names('?name=p03')).toEqual(['p03']);
    expect(await names('?name=p0')).toEqual([]);
    expect(await names('?tag=t1')).toHaveLength(6);
    expect(await names('?label=production')).toEqual(['p00']);
    expect((await list('?version=1&name=p00')).data[0]).toMatchObject({
      versions: [1],
      labels: [],
      lastConfig: {},
    });
    const { lastUpdatedAt } = (await list('?name=p05')).data[0]!;
    expect(await names(`?fromUpdatedAt=${lastUpdatedAt}`)).toContain('p05');
    expect(await names(`?toUpdatedAt=${lastUpdatedAt}`)).not.toContain('p05');
    expect(await names(`?toUpdatedAt=${lastUpdatedAt}&name=`)).toContain('p04');
  });

  it.each(['?limit=101', '?limit=0', '?page=0', '?version=x', '?fromUpdatedAt=yesterday'])(
    'refuses %s',
    async (query) => {
      expect((await call('GET', `${v2}${query}`)).status).toBe(400);
    },
  );
});

describe('composition', () => {
  const to = (name: string, selector = 'label=production') => `@@@langfusePrompt:name=${name}|${selector}@@@`;
  const text = (name: string, prompt: string, more: Record<string, unknown> = {}) =>
    create({ name, prompt, labels: ['production'], ...more });

  it('resolves texts and chats, and follows a label that moves', async () => {
    const tone = await text('c/tone', 'kind');
    const rules = await text('c/rules', `Be ${to('c/tone')}.`);
    const chat = await create({
      name: 'c/chat',
      type: 'chat',
      labels: ['production'],
      prompt: [{ role: 'system', content: `${to('c/rules', 'version=1')} ${to('c/tone')}` }],
    });
    // What was created is shown as it was written.
    expect(chat).toMatchObject({
      prompt: [{ content: expect.stringContaining('@@@') }],
      resolutionGraph: null,
    });
    const node = ({ id, name, version }: Prompt) => ({ id, name, version });
    expect(await fetchPrompt('c/chat')).toMatchObject({
      prompt: [{ role: 'system', content: 'Be kind. kind' }],
      resolutionGraph: {
        root: node(chat),
        dependencies: { [chat.id]: [node(rules), node(tone)], [rules.id]: [node(tone)] },
      },
    });
    expect(await fetchPrompt('c/chat', '?resolve=false')).toEqual(chat);

    await create({ name: 'c/tone', prompt: 'rude' });
    expect((await fetchPrompt('c/rules')).prompt).toBe('Be kind.');
    await ask(operations.updatePromptVersion, at('c/tone', '/versions/2'), { newLabels: ['production'] });
    expect((await fetchPrompt('c/rules')).prompt).toBe('Be rude.');
  });

  it('refuses references that lead nowhere, to a chat, or back', async () => {
    await create({ name: 'd/chat', type: 'chat', prompt: [] });
    const post = (prompt: string, name = 'd/x') =>
      refusal('POST', v2, { name, prompt, labels: ['production'] });
    expect(await post(to('d/none'))).toEqual([
      400,
      expect.stringContaining("'d/none' with label 'production', which does not exist"),
      'InvalidRequestError',
    ]);
    expect((await post(to('d/chat', 'version=1')))[1]).toContain('is a chat');
    await text('d/a', 'a');
    await text('d/b', to('d/a'));
    expect((await post(to('d/b'), 'd/a'))[1]).toContain(
      "Circular dependency: 'd/a' version 2 → 'd/b' version 1 → 'd/a' version 2",
    );
    // Nothing of what was refused is there.
    expect((await fetchPrompt('d/a')).version).toBe(1);
    expect((await call('GET', at('d/x', '?version=1'))).status).toBe(404);
  });

  it('refuses a label move that would close a circle', async () => {
    await text('e/a', 'a');
    await text('e/b', to('e/a'));
    // Not the version that b refers to: no circle yet.
    await create({ name: 'e/a', prompt: to('e/b'), labels: ['draft'] });
    expect(await refusal('PATCH', at('e/a', '/versions/2'), { newLabels: ['production'] })).toEqual([
      400,
      expect.stringContaining("'e/a' version 2 → 'e/b' version 1 → 'e/a' version 2"),
      'InvalidRequestError',
    ]);
    expect((await fetchPrompt('e/b')).prompt).toBe('a');
  });

  it('refuses to go deeper than five levels', async () => {
    await text('f/0', 'end');
    for (let level = 1; level <= 5; level++) await text(`f/${level}`, `${level} ${to(`f/${level - 1}`)}`);
    expect((await fetchPrompt('f/5')).prompt).toBe('5 4 3 2 1 end');
    const [status, message] = await refusal('POST', v2, { name: 'f/6', prompt: to('f/5') });
    expect([status, message]).toEqual([400, expect.stringContaining('deeper than 5 levels')]);
  });

  it('keeps what others depend on', async () => {
    await text('g/a', 'one');
    await create({ name: 'g/a', prompt: 'two' });
    await create({ name: 'g/a', prompt: 'three', labels: ['other'] });
    await text('g/by-label', to('g/a'));
    await text('g/by-version', to('g/a', 'version=2'));
    await text('g/by-latest', to('g/a', 'label=latest'));
    for (const query of ['', '?version=1', '?label=production', '?version=2']) {
      const [status, message] = await refusal('DELETE', at('g/a', query));
      expect([status, message], query).toEqual([400, expect.stringMatching(/depend on .*'g\/by-/)]);
    }
    // The label latest goes on to the newest that is left.
    expect((await call('DELETE', at('g/a', '?label=other'))).status).toBe(204);
    expect(await fetchPrompt('g/a', '?label=latest')).toMatchObject({ version: 2 });
    expect((await fetchPrompt('g/by-latest')).prompt).toBe('two');
    for (const name of ['g/by-label', 'g/by-version', 'g/by-latest', 'g/a']) {
      expect((await call('DELETE', at(name))).status).toBe(204);
    }
  });

  it('answers 409 when a reference broke in spite of all', async () => {
    await text('h/a', 'a');
    await text('h/b', to('h/a'));
    await api.relational.pool.query(`DELETE FROM prompts WHERE name = 'h/a'`);
    expect(await refusal('GET', at('h/b'))).toEqual([
      409,
      expect.stringContaining("'h/a' with label 'production', which does not exist"),
      'LangfuseConflictError',
    ]);
    expect((await fetchPrompt('h/b', '?resolve=false')).prompt).toContain('@@@');
  });
});

describe('deleting', () => {
  it('takes a version, a label, or all, and answers 204 without a body', async () => {
    for (const label of ['one', 'two', 'three'])
      await create({ name: 'gone', prompt: label, labels: [label] });
    expect(await call('DELETE', at('gone', '?version=3'))).toMatchObject({ status: 204, text: '' });
    expect((await fetchPrompt('gone', '?label=latest')).version).toBe(2);
    expect((await refusal('DELETE', at('gone', '?version=3')))[0]).toBe(404);
    expect(await refusal('DELETE', at('gone', '?version=1&label=two'))).toEqual([
      404,
      "Prompt not found: 'gone' with version 1 and label 'two'",
      'LangfuseNotFoundError',
    ]);
    expect((await call('DELETE', at('gone', '?label=two'))).status).toBe(204);
    expect((await call('DELETE', at('gone'))).status).toBe(204);
    expect((await call('GET', at('gone', '?version=1'))).status).toBe(404);
    // The name is free again, also for another type.
    expect(await create({ name: 'gone', type: 'chat', prompt: [] })).toMatchObject({ version: 1 });
  });
});

describe('the first generation', () => {
  const v1 = '/api/public/prompts';
  it('activates, and reads the active version by name in the query', async () => {
    const first = await ask(operations.createPromptV1, v1, { name: 'v1/x', prompt: 'one', isActive: true });
    expect(first).toMatchObject({ version: 1, isActive: true, labels: ['production', 'latest'] });
    const second = await ask(operations.createPromptV1, v1, { name: 'v1/x', prompt: 'two', isActive: false });
    expect(second).toMatchObject({ version: 2, isActive: false });
    expect(await ask(operations.getPromptV1, `${v1}?name=v1%2Fx`)).toMatchObject({ version: 1 });
    expect(await ask(operations.getPromptV1, `${v1}?name=v1/x&version=2`)).toMatchObject({ prompt: 'two' });
    expect((await refusal('GET', `${v1}?name=v1/none`))[0]).toBe(404);
    expect((await refusal('GET', v1))[0]).toBe(400);
    expect((await refusal('POST', v1, { name: 'v1/x', prompt: 'x', isActive: 'yes' }))[0]).toBe(400);
  });
});

describe('prompt links', () => {
  it('are shown with the id of the version, in reads of each generation', async () => {
    const mark = 'linked';
    for (const prompt of ['1', '2', '3']) await create({ name: `${mark}-prompt`, prompt });
    const { id } = await fetchPrompt(`${mark}-prompt`, '?version=3');
    const { body, traceId, generationId } = createExport(mark);
    const response = await api.send('POST', '/api/public/otel/v1/traces', mine, body);
    expect(response.status).toBe(200);
    await api.settle();
    const expected = { promptId: id, promptName: `${mark}-prompt`, promptVersion: 3 };
    const read = async (path: string) => (await call('GET', `/api/public/${path}`)).body;
    expect(await read(`observations/${generationId}`)).toMatchObject(expected);
    const v1List = await read(`observations?traceId=${traceId}&type=GENERATION`);
    expect(v1List.data).toMatchObject([expected]);
    const v2List = await read(`v2/observations?traceId=${traceId}&fields=core,prompt`);
    expect(v2List.data).toHaveLength(2);
    expect(v2List.data).toContainEqual(expect.objectContaining(expected));
    expect(v2List.data).toContainEqual(expect.objectContaining({ promptId: null, promptName: null }));
    const trace = await read(`traces/${traceId}`);
    expect(trace.observations).toContainEqual(expect.objectContaining(expected));
    // The link outlives the prompt, without an id.
    await call('DELETE', at(`${mark}-prompt`));
    expect(await read(`observations/${generationId}`)).toMatchObject({ ...expected, promptId: null });
  });
});

describe('people', () => {
  it('need a right of their own to move a protected label; programs deploy', async () => {
    const labels = `/api/v1/projects/${mine.projectId}/protected-prompt-labels`;
    const as = async (role: 'ADMIN' | 'MEMBER') => {
      const cookie = await api.signIn(await api.createMember(mine, role));
      return (method: string, path: string) => api.request(path, { method, headers: { cookie } });
    };
    const [admin, member] = [await as('ADMIN'), await as('MEMBER')];
    expect((await member('PUT', `${labels}/production`)).status).toBe(403);
    expect((await admin('PUT', `${labels}/Nope`)).status).toBe(400);
    expect((await admin('PUT', `${labels}/production`)).status).toBe(200);
    expect(await (await member('GET', labels)).json()).toEqual({ data: ['production'] });

    const { accessOfMember } = await import('@tracewell/modules/access/index');
    const prompts = await import('@tracewell/modules/prompts/index');
    const accessOf = (role: 'ADMIN' | 'MEMBER') =>
      accessOfMember({ kind: 'person', userId: role, email: 'x@x.test', name: role }, { ...mine, role });
    const body = { name: 'guarded', prompt: 'x', labels: ['production'] };
    await expect(prompts.createPrompt(api.deps, accessOf('MEMBER'), body)).rejects.toThrow('protected');
    expect(await prompts.createPrompt(api.deps, accessOf('ADMIN'), body)).toMatchObject({
      createdBy: 'ADMIN',
    });
    await prompts.createPrompt(api.deps, accessOf('MEMBER'), { ...body, labels: ['free'] });
    const version = { name: 'guarded', version: 2 };
    const move = { newLabels: ['production'] };
    await expect(prompts.updatePromptVersion(api.deps, accessOf('MEMBER'), version, move)).rejects.toThrow(
      'protected',
    );
    await expect(prompts.deletePrompt(api.deps, accessOf('MEMBER'), 'guarded', {})).rejects.toThrow(
      'protected',
    );
    await ask(operations.updatePromptVersion, at('guarded', '/versions/2'), move);

    expect((await admin('DELETE', `${labels}/production`)).status).toBe(200);
    await prompts.deletePrompt(api.deps, accessOf('MEMBER'), 'guarded', {});
  });

  it('find who did what in the audit log', async () => {
    const { rows } = await api.relational.pool.query(
      `SELECT action, actor_id AS actor, before, after FROM audit_log
       WHERE coalesce(after->>'name', before->>'name') = 'moving' ORDER BY created_at`,
    );
    expect(rows.map(({ action }) => action)).toEqual([
      'prompts.create',
      'prompts.create',
      'prompts.create',
      'prompts.update',
    ]);
    expect(rows.at(-1)).toMatchObject({
      actor: mine.publicKey,
      before: { version: 2, labels: [] },
      after: { version: 2, labels: ['production', 'canary'] },
    });
  });
});

it('answered nothing with an internal error', () => {
  expect(api.internalErrors).toEqual([]);
});

import * as operations from '@tracewell/contract';
import { maxEnabledRules } from '@tracewell/modules/evaluation-rules/write-rule';
import { evaluationRules } from '@tracewell/schema/postgres/evaluators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
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

const byId = '/api/public/v2/evaluators';
const byName = '/api/public/unstable/evaluators';
const rules = '/api/public/v2/evaluation-rules';
const namedRules = '/api/public/unstable/evaluation-rules';

async function send(method: string, path: string, body?: unknown, project: TestProject = mine) {
  const response =
    method === 'GET' ? await api.get(path, project) : await api.send(method, path, project, body);
  return { status: response.status, body: (await response.json()) as Record<string, never> };
}
/** The body of a success, which must be what the operation says. */
async function must<Schema extends z.ZodType>(
  schema: Schema,
  method: string,
  path: string,
  body?: unknown,
  project: TestProject = mine,
): Promise<z.output<Schema>> {
  const answer = await send(method, path, body, project);
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return schema.parse(answer.body);
}

const judge = (name: string, prompt: unknown = 'Is {{output}} right for {{input}}?') => ({
  name,
  type: 'llm_as_judge',
  prompt,
  outputDefinition: { dataType: 'NUMERIC', minValue: 0, maxValue: 1, scoreValueInstructions: 'how right' },
});
const mapping = [
  { variable: 'input', source: 'input' },
  { variable: 'output', source: 'output', jsonPath: '$.answer' },
];
const create = (name: string, more: object = {}) =>
  must(operations.evaluator, 'POST', byId, { ...judge(name), ...more });

describe('evaluators by id', () => {
  it('are created at version 1, whatever they are called, and read back', async () => {
    const first = await create('same', { description: 'why', variableMapping: mapping });
    const second = await create('same');
    expect(second.id).not.toBe(first.id);
    expect(first).toMatchObject({
      name: 'same',
      description: 'why',
      version: 1,
      status: 'active',
      createdBy: null,
      prompt: [{ role: 'user', content: 'Is {{output}} right for {{input}}?' }],
      variables: ['output', 'input'],
      variableMapping: mapping,
      modelConfig: null,
      outputDefinition: {
        dataType: 'NUMERIC',
        minValue: 0,
        maxValue: 1,
        scoreValueInstructions: 'how right',
      },
      evaluationRuleAssignments: [],
    });
    expect(first).not.toHaveProperty('outputDefinition.scoreReasoningInstructions');
    expect(await must(operations.evaluator, 'GET', `${byId}/${first.id}`)).toEqual(first);
  });

  it('judge by code as well, and by chat', async () => {
    const code = await must(operations.evaluator, 'POST', byId, {
      name: 'code',
      type: 'code',
      sourceCode: 'return 1',
      sourceCodeLanguage: 'TYPESCRIPT',
    });
    expect(code).toMatchObject({ type: 'code', sourceCode: 'return 1', sourceCodeLanguage: 'TYPESCRIPT' });
    const chat = [
      { role: 'system', content: 'You judge.' },
      { role: 'user', content: '{{input}}' },
    ];
    expect(await create('chat', { prompt: chat })).toMatchObject({ prompt: chat, variables: ['input'] });
  });

  it('get a next version by a whole new definition, and none by a new name', async () => {
    const { id, versionId } = await create('old');
    const path = `${byId}/${id}`;
    const renamed = await must(operations.evaluator, 'PATCH', path, { name: 'new', description: 'd' });
    expect(renamed).toMatchObject({ name: 'new', description: 'd', version: 1, versionId });
    const changed = await must(operations.evaluator, 'PATCH', path, {
      ...judge('newer', '{{x}}'),
      outputDefinition: { dataType: 'BOOLEAN' },
    });
    expect(changed).toMatchObject({ id, name: 'newer', description: 'd', version: 2, variables: ['x'] });
    expect(changed).toHaveProperty('outputDefinition', { dataType: 'BOOLEAN' });

    const page = operations.listEvaluatorVersions.responses[200];
    const newest = await must(page, 'GET', `${path}/versions?limit=1`);
    expect(newest.data.map(({ version }) => version)).toEqual([2]);
    const oldest = await must(page, 'GET', `${path}/versions?limit=1&cursor=${newest.meta.cursor}`);
    expect(oldest.data.map(({ version }) => version)).toEqual([1]);
    expect(oldest.meta).toEqual({});
  });

  it('are counted up one by one, however many change one at once', async () => {
    const { id } = await create('busy');
    await Promise.all(
      Array.from({ length: 6 }, () => must(operations.evaluator, 'PATCH', `${byId}/${id}`, judge('busy'))),
    );
    const { data } = await must(
      operations.listEvaluatorVersions.responses[200],
      'GET',
      `${byId}/${id}/versions`,
    );
    expect(data.map(({ version }) => version)).toEqual([7, 6, 5, 4, 3, 2, 1]);
  });

  it.each([
    [{}, 'at least one field'],
    [{ type: 'llm_as_judge' }, ''],
    [{ prompt: 'alone' }, ''],
    [{ type: 'code', sourceCode: 'x', sourceCodeLanguage: 'PYTHON' }, 'The type of an evaluator stays'],
  ])('are not changed by %j', async (body, words) => {
    const { id } = await create('kept');
    const answer = await send('PATCH', `${byId}/${id}`, body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_body' } });
    expect(JSON.stringify(answer.body)).toContain(words);
    expect(await must(operations.evaluator, 'GET', `${byId}/${id}`)).toMatchObject({
      name: 'kept',
      version: 1,
    });
  });

  it.each([
    [{ ...judge('x'), variableMapping: mapping.slice(0, 1) }, 'output'],
    [{ ...judge('x'), variableMapping: [...mapping, mapping[0]] }, 'twice'],
    [{ ...judge('x'), outputDefinition: { dataType: 'NUMERIC', minValue: 2, maxValue: 1 } }, 'minValue'],
    [{ ...judge('x'), outputDefinition: { dataType: 'CATEGORICAL', categories: ['a'] } }, 'categories'],
    [
      {
        ...judge('x'),
        prompt: [
          { role: 'user', content: 'a' },
          { role: 'system', content: 'b' },
        ],
      },
      'prompt',
    ],
    [{ ...judge(' ') }, 'name'],
    [{ ...judge('nul\0') }, 'name'],
    [{ name: 'x' }, 'type'],
  ])('are not created from %j', async (body, words) => {
    const answer = await send('POST', byId, body);
    expect(answer).toMatchObject({ status: 400, body: { code: 'invalid_body' } });
    expect(JSON.stringify(answer.body)).toContain(words);
  });

  it('are listed newest first, page by cursor', async () => {
    const project = await api.createProject('pages');
    for (const name of ['a', 'b', 'c']) await must(operations.evaluator, 'POST', byId, judge(name), project);
    const page = operations.listEvaluators.responses[200];
    const first = await must(page, 'GET', `${byId}?limit=2`, undefined, project);
    const rest = await must(page, 'GET', `${byId}?limit=2&cursor=${first.meta.cursor}`, undefined, project);
    expect([...first.data, ...rest.data].map(({ name }) => name)).toEqual(['c', 'b', 'a']);
    expect(rest.meta).toEqual({});
    for (const query of ['limit=101', 'limit=0', 'limit=x', 'cursor=nonsense']) {
      const answer = await send('GET', `${byId}?${query}`);
      expect(answer.status, query).toBe(400);
      expect(['invalid_query', 'invalid_request']).toContain(answer.body.code);
    }
  });

  it('of another project are not there', async () => {
    const { id } = await create('secret');
    for (const [method, body] of [
      ['GET', undefined],
      ['PATCH', { name: 'x' }],
      ['DELETE', {}],
    ] as const) {
      const answer = await send(method, `${byId}/${id}`, body, theirs);
      expect(answer).toMatchObject({ status: 404, body: { code: 'resource_not_found' } });
    }
    expect((await send('GET', `${byId}/${id}/versions`, undefined, theirs)).status).toBe(404);
    expect((await send('GET', `${byName}/${id}`, undefined, theirs)).status).toBe(404);
  });

  it('ask who it is in their own words', async () => {
    const response = await api.request(byId);
    expect([response.status, await response.json()]).toMatchObject([401, { code: 'authentication_failed' }]);
  });
});

describe('evaluators by name', () => {
  const nested = {
    dataType: 'CATEGORICAL',
    reasoning: { description: 'why' },
    score: { description: 'which', categories: ['good', 'bad'], shouldAllowMultipleMatches: false },
  };
  const define = (name: string, more: object = {}) =>
    must(operations.namedEvaluator, 'POST', byName, {
      name,
      prompt: 'Judge {{output}}',
      outputDefinition: nested,
      ...more,
    });

  it('are one evaluator with versions', async () => {
    const first = await define('tone');
    expect(first).toMatchObject({
      type: 'llm_as_judge',
      version: 1,
      prompt: 'Judge {{output}}',
      variables: ['output'],
      mapping: null,
      outputDefinition: nested,
      modelConfig: null,
      evaluationRuleCount: 0,
    });
    const second = await define('tone', { type: 'llm_as_judge', modelConfig: { provider: 'p', model: 'm' } });
    expect(second).toMatchObject({ id: first.id, version: 2, modelConfig: { provider: 'p', model: 'm' } });
    const { data, meta } = await must(
      operations.listNamedEvaluators.responses[200],
      'GET',
      `${byName}?limit=100`,
    );
    expect(data.filter(({ name }) => name === 'tone')).toEqual([second]);
    expect(meta).toMatchObject({ page: 1, limit: 100, totalItems: data.length });
  });

  it('are the evaluators that others know by id', async () => {
    const { id } = await define('both');
    expect(await must(operations.evaluator, 'GET', `${byId}/${id}`)).toMatchObject({
      name: 'both',
      outputDefinition: {
        dataType: 'CATEGORICAL',
        scoreReasoningInstructions: 'why',
        scoreValueInstructions: 'which',
        categories: ['good', 'bad'],
        shouldAllowMultipleMatches: false,
      },
    });
    expect(await send('DELETE', `${byName}/${id}`, {})).toMatchObject({
      status: 200,
      body: { message: 'Evaluator successfully deleted' },
    });
    expect((await send('GET', `${byId}/${id}`)).status).toBe(404);
  });

  it('tell what is wrong with a mapping by a code', async () => {
    for (const [sent, code] of [
      [[], 'missing_variable_mapping'],
      [[{ variable: 'other', source: 'input' }], 'invalid_variable_mapping'],
      [[{ variable: 'output', source: 'output', jsonPath: 'answer' }], 'invalid_json_path'],
      [[{ variable: 'output', source: 'nowhere' }], 'invalid_body'],
    ] as const) {
      const answer = await send('POST', byName, {
        name: 'x',
        prompt: '{{output}}',
        outputDefinition: nested,
        mapping: sent,
      });
      expect(answer).toMatchObject({ status: 400, body: { code } });
    }
  });
});

describe('evaluation rules by id', () => {
  const rule = operations.evaluationRule;

  it('say what is judged and by whom', async () => {
    const [a, b] = [await create('a', { variableMapping: mapping }), await create('b')];
    const made = await must(rule, 'POST', rules, {
      name: 'all answers',
      enabled: true,
      filter: [
        { type: 'stringOptions', column: 'type', operator: 'any of', value: ['GENERATION'] },
        { type: 'null', column: 'parentObservationId', operator: 'is null' },
      ],
      evaluatorAssignments: [{ evaluatorId: b.id, variableMapping: mapping }, { evaluatorId: a.id }],
    });
    expect(made).toMatchObject({
      sampling: 1,
      enabled: true,
      evaluatorAssignments: [
        { evaluatorId: b.id, variableMapping: mapping },
        { evaluatorId: a.id, variableMapping: null },
      ],
    });
    expect(made.filter[1]).toEqual({
      type: 'null',
      column: 'parentObservationId',
      operator: 'is null',
      value: '',
    });
    expect((await must(operations.evaluator, 'GET', `${byId}/${a.id}`)).evaluationRuleAssignments).toEqual([
      { evaluationRuleId: made.id },
    ]);
    expect((await must(operations.evaluator, 'GET', `${byId}/${b.id}`)).evaluationRuleAssignments).toEqual([
      { evaluationRuleId: made.id, variableMappingOverride: mapping },
    ]);
    expect(await must(rule, 'GET', `${rules}/${made.id}`)).toEqual(made);
    const listed = await must(operations.listEvaluationRules.responses[200], 'GET', `${rules}?limit=1`);
    expect(listed.data).toEqual([made]);
  });

  it('change field by field, and are disabled without an evaluator', async () => {
    const { id: evaluatorId } = await create('c');
    const { id } = await must(rule, 'POST', rules, {
      name: 'r',
      enabled: true,
      sampling: 0.5,
      evaluatorAssignments: [{ evaluatorId }],
    });
    const path = `${rules}/${id}`;
    expect(await must(rule, 'PATCH', path, { name: 's' })).toMatchObject({
      name: 's',
      sampling: 0.5,
      enabled: true,
    });
    expect(await must(rule, 'PATCH', path, { evaluatorAssignments: [] })).toMatchObject({ enabled: false });
    expect(await send('PATCH', path, { enabled: true })).toMatchObject({ status: 400 });
    const again = { evaluatorAssignments: [{ evaluatorId }], enabled: true };
    expect(await must(rule, 'PATCH', path, again)).toMatchObject({ enabled: true });

    await must(operations.deleteEvaluator.responses[200], 'DELETE', `${byId}/${evaluatorId}`, {});
    expect(await must(rule, 'GET', path)).toMatchObject({ enabled: false, evaluatorAssignments: [] });
    expect(await send('DELETE', path, {})).toEqual({ status: 200, body: { id } });
    expect((await send('DELETE', path, {})).status).toBe(404);
  });

  it.each([
    [{ enabled: true, evaluatorAssignments: [] }, 400],
    [{ enabled: true, evaluatorAssignments: [{ evaluatorId: 'nobody' }] }, 404],
    [{ enabled: false, evaluatorAssignments: [], sampling: 1.5 }, 400],
    [{ enabled: false, evaluatorAssignments: [], sampling: null }, 400],
    [
      {
        enabled: false,
        evaluatorAssignments: [],
        filter: [{ type: 'string', column: 'x', operator: '=', value: '' }],
      },
      400,
    ],
  ])('are not made of %j', async (body, status) => {
    const answer = await send('POST', rules, { name: 'wrong', ...body });
    expect(answer.status, JSON.stringify(answer.body)).toBe(status);
    expect(['invalid_body', 'resource_not_found']).toContain(answer.body.code);
  });

  it('never use an evaluator of another project', async () => {
    const { id: evaluatorId } = await create('mine alone');
    const body = { name: 'theft', enabled: true, evaluatorAssignments: [{ evaluatorId }] };
    expect((await send('POST', rules, body, theirs)).status).toBe(404);
    const { id } = await must(rule, 'POST', rules, body);
    for (const [method, sent] of [
      ['GET', undefined],
      ['PATCH', { name: 'x' }],
      ['DELETE', {}],
    ] as const) {
      expect((await send(method, `${rules}/${id}`, sent, theirs)).status).toBe(404);
    }
  });

  it('are enabled up to a limit', async () => {
    const project = await api.createProject('full');
    const { id: evaluatorId } = await must(operations.evaluator, 'POST', byId, judge('x'), project);
    await api.relational.db.insert(evaluationRules).values(
      Array.from({ length: maxEnabledRules }, (_, index) => ({
        id: `full-${index}`,
        projectId: project.projectId,
        name: `rule ${index}`,
        enabled: true,
        sampling: 1,
        filter: [],
      })),
    );
    const body = { name: 'one more', enabled: true, evaluatorAssignments: [{ evaluatorId }] };
    expect(await send('POST', rules, body, project)).toMatchObject({
      status: 409,
      body: { code: 'conflict' },
    });
    expect((await send('POST', rules, { ...body, enabled: false }, project)).status).toBe(200);
    expect((await send('PATCH', `${rules}/full-0`, { enabled: false }, project)).status).toBe(200);
    expect((await send('POST', rules, body, project)).status).toBe(200);
  });
});

describe('evaluation rules by name', () => {
  const named = operations.namedEvaluationRule;

  it('name their evaluators and have a target', async () => {
    const evaluator = await create('by name');
    const made = await must(named, 'POST', namedRules, {
      name: 'experiments',
      evaluator: { name: 'by name' },
      target: 'experiment',
      enabled: true,
      filter: [{ type: 'stringOptions', column: 'datasetId', operator: 'any of', value: ['d'] }],
      mapping,
    });
    const reference = { id: evaluator.id, name: 'by name', type: 'llm_as_judge' };
    expect(made).toMatchObject({
      evaluator: reference,
      evaluators: [{ evaluator: reference, mapping }],
      target: 'experiment',
      status: 'active',
      pausedReason: null,
      sampling: 1,
      mapping,
    });
    expect(made.filter).toHaveLength(1);
    expect((await must(operations.evaluationRule, 'GET', `${rules}/${made.id}`)).filter).toHaveLength(2);

    const path = `${namedRules}/${made.id}`;
    const changed = await must(named, 'PATCH', path, {
      target: 'observation',
      enabled: false,
      sampling: 0.1,
      name: null,
    });
    expect(changed).toMatchObject({
      target: 'observation',
      status: 'inactive',
      sampling: 0.1,
      name: 'experiments',
    });
    const shorter = [mapping[0], { variable: 'output', source: 'metadata' }];
    expect(await must(named, 'PATCH', path, { mapping: shorter })).toMatchObject({ mapping: shorter });
    expect(await must(named, 'GET', path)).toMatchObject({ id: made.id, mapping: shorter });
    expect(await send('DELETE', path, {})).toMatchObject({
      status: 200,
      body: { message: 'Evaluation rule successfully deleted' },
    });
  });

  it('are the only ones of their name', async () => {
    await create('unique');
    const body = {
      name: 'taken',
      evaluators: [{ evaluator: { name: 'unique' }, mapping: null }],
      target: 'observation',
      enabled: true,
    };
    await must(named, 'POST', namedRules, body);
    expect(await send('POST', namedRules, body)).toMatchObject({
      status: 409,
      body: { code: 'name_conflict' },
    });
    expect(
      await send('POST', namedRules, {
        ...body,
        name: 'other',
        evaluators: [{ evaluator: { name: 'none' } }],
      }),
    ).toMatchObject({ status: 404, body: { code: 'resource_not_found' } });
    expect(
      await send('POST', namedRules, { ...body, name: 'other', evaluator: { name: 'unique' } }),
    ).toMatchObject({ status: 400, body: { code: 'invalid_body' } });
    expect(
      await send('POST', namedRules, {
        ...body,
        name: 'o',
        filter: [{ type: 'string', column: 'name', operator: '=', value: 'x' }],
      }),
    ).toMatchObject({
      status: 400,
      body: { code: 'invalid_filter_value', details: { column: 'name', allowedValues: ['stringOptions'] } },
    });
    const { data, meta } = await must(
      operations.listNamedEvaluationRules.responses[200],
      'GET',
      `${namedRules}?page=1&limit=2`,
    );
    expect(data).toHaveLength(2);
    expect(meta.totalPages).toBe(Math.ceil(meta.totalItems / 2));
  });
});

describe('what happened', () => {
  it('is in the audit log', async () => {
    const cookie = await api.signIn(mine.ownerId);
    const response = await api.request(`/api/v1/projects/${mine.projectId}/audit-log?limit=200`, {
      headers: { cookie },
    });
    const { data } = (await response.json()) as { data: { action: string; actorId: string }[] };
    const changes = data.filter(({ action }) => action.startsWith('eval'));
    expect(new Set(changes.map(({ action }) => action))).toEqual(
      new Set(
        ['evaluators', 'evaluation-rules'].flatMap((noun) =>
          ['create', 'update', 'delete'].map((verb) => `${noun}.${verb}`),
        ),
      ),
    );
    expect(changes.every(({ actorId }) => actorId === mine.publicKey)).toBe(true);
  });

  it('was never an internal error', () => expect(api.internalErrors).toEqual([]));
});

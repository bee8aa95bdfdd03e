import type { AnswerOf, Operation } from '@tracewell/contract';
import * as operations from '@tracewell/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Recorded, record } from './testing/recordings';
import { startTestApi, type TestApi, type TestProject } from './testing/start-test-api';

/**
 * A table: what each generation of readers asks, and what it is told of the same recordings. One file, as all
 * of it reads from one set of engines.
 */
let api: TestApi;
let mine: TestProject;
let recorded: Recorded;

beforeAll(async () => {
  api = await startTestApi();
  mine = await api.createProject('mine');
  recorded = await record(api, mine, 'mine');
});
afterAll(() => api?.stop());

/** The body of a 200, after it was found to be of the operation's shape: nothing missing, nothing beside. */
async function read<O extends Operation>(operation: O, path: string): Promise<AnswerOf<O>> {
  const response = await api.get(path, mine);
  const text = await response.text();
  expect(response.status, text).toBe(200);
  const body = JSON.parse(text);
  expect(operation.responses[200]!.parse(body)).toEqual(body);
  return body;
}
const refusal = async (path: string) => {
  const response = await api.get(path, mine);
  return { status: response.status, ...((await response.json()) as { message: string; error?: unknown }) };
};

describe('GET /api/public/projects', () => {
  it('names the project of the key and its organization', async () => {
    expect(await read(operations.listProjects, '/api/public/projects')).toEqual({
      data: [
        {
          id: mine.projectId,
          name: 'Project mine',
          organization: { id: mine.organizationId, name: 'Organization mine' },
          metadata: {},
        },
      ],
    });
  });
});

describe('GET /api/public/traces', () => {
  it('shows what spans and events said of their traces, newest first', async () => {
    const { data, meta } = await read(operations.listTraces, '/api/public/traces');
    expect(meta).toEqual({ page: 1, limit: 50, totalItems: 2, totalPages: 1 });
    expect(data.map(({ id }) => id)).toEqual([recorded.otel.traceId, recorded.batch.traceId]);
    expect(data[0]).toMatchObject({
      externalId: null,
      name: 'mine-trace',
      userId: 'mine-user',
      sessionId: 'mine-session',
      tags: ['mine-tag', 'second'],
      release: 'mine-release',
      version: 'mine-version',
      environment: 'production',
      public: false,
      bookmarked: false,
      projectId: mine.projectId,
      htmlPath: `/project/${mine.projectId}/traces/${recorded.otel.traceId}`,
      input: { question: 'mine?' },
      output: { answer: 'mine!' },
      latency: 2.5,
    });
    expect(data[0]!.timestamp).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(new Set(data[0]!.observations)).toEqual(
      new Set([recorded.otel.rootId, recorded.otel.generationId]),
    );
    expect(data[0]!.scores).toHaveLength(5);
    expect(data[0]!.totalCost).toBeGreaterThan(0);
    expect(data[1]).toMatchObject({
      name: 'mine-batch-trace',
      public: true,
      input: { text: 'mine' },
      output: 'plain',
      metadata: { key: 'mine', nested: { deep: [1, 2] } },
      environment: 'default',
      release: null,
      version: null,
    });
  });

  it('puts placeholders where a group was not asked for', async () => {
    const { data } = await read(operations.listTraces, '/api/public/traces?fields=core&limit=1');
    expect(data[0]).toMatchObject({
      input: null,
      output: null,
      metadata: {},
      observations: [],
      scores: [],
      latency: -1,
      totalCost: -1,
    });
  });

  it.each([
    ['userId=mine-user', 2],
    ['userId=nobody', 0],
    ['name=mine-trace', 1],
    ['sessionId=mine-session', 2],
    ['tags=mine-tag,second', 1],
    ['tags=mine-tag&tags=second', 1],
    ['environment=default', 1],
    ['environment=default&environment=production', 2],
    ['release=mine-release&version=mine-version', 1],
    ['fromTimestamp=2100-01-01T00:00:00Z', 0],
    ['toTimestamp=2100-01-01T00:00:00%2B02:00', 2],
    ['limit=&page=', 2],
    [
      `filter=${encodeURIComponent('[{"type":"stringOptions","column":"name","operator":"any of","value":["mine-trace"]}]')}`,
      1,
    ],
    [
      `filter=${encodeURIComponent('[{"type":"number","column":"totalTokens","operator":">","value":100}]')}`,
      1,
    ],
  ])('finds by %s', async (query, found) => {
    const { data, meta } = await read(operations.listTraces, `/api/public/traces?${query}`);
    expect(data).toHaveLength(found);
    expect(meta.totalItems).toBe(found);
  });

  it('pages by number and orders by column', async () => {
    const { data, meta } = await read(
      operations.listTraces,
      '/api/public/traces?limit=1&page=2&orderBy=timestamp.asc',
    );
    expect(data.map(({ id }) => id)).toEqual([recorded.otel.traceId]);
    expect(meta).toEqual({ page: 2, limit: 1, totalItems: 2, totalPages: 2 });
  });

  it.each([
    ['limit=101', 'limit'],
    ['limit=ten', 'limit'],
    ['page=0', 'page'],
    ['orderBy=size.desc', 'orderBy'],
    ['fromTimestamp=yesterday', 'fromTimestamp'],
    ['filter=not-json', 'filter'],
    [`filter=${encodeURIComponent('[{"type":"string","column":"name"}]')}`, 'filter'],
    [
      `filter=${encodeURIComponent('[{"type":"string","column":"colour","operator":"=","value":"red"}]')}`,
      'colour',
    ],
  ])('refuses %s with a 400 that names it', async (query, name) => {
    const { status, message } = await refusal(`/api/public/traces?${query}`);
    expect(status).toBe(400);
    expect(message).toContain(name);
  });
});

describe('GET /api/public/traces/{traceId}', () => {
  it('comes with all observations and the scores of the first generation', async () => {
    const trace = await read(operations.getTrace, `/api/public/traces/${recorded.otel.traceId}`);
    expect(trace.latency).toBe(2.5);
    expect(trace.observations.map(({ id }) => id).sort()).toEqual(
      [recorded.otel.rootId, recorded.otel.generationId].sort(),
    );
    expect(trace.scores.map(({ dataType }) => dataType).sort()).toEqual([
      'BOOLEAN',
      'CATEGORICAL',
      'NUMERIC',
      'TEXT',
    ]);
  });

  it('leaves out what is not asked for', async () => {
    const trace = await read(
      operations.getTrace,
      `/api/public/traces/${recorded.otel.traceId}?fields=core,scores`,
    );
    expect(trace).toMatchObject({ observations: [], input: null, metadata: {}, latency: -1 });
    expect(trace.scores).toHaveLength(4);
  });

  it('is a 404 that names an unknown id', async () => {
    expect(await refusal('/api/public/traces/nothing-here')).toEqual({
      status: 404,
      message: 'Trace nothing-here not found within authorized project',
      error: 'LangfuseNotFoundError',
    });
  });
});

describe('GET /api/public/observations', () => {
  it('shows everything of a generation in the words of the first generation', async () => {
    const found = await read(
      operations.getObservationV1,
      `/api/public/observations/${recorded.otel.generationId}`,
    );
    expect(found).toMatchObject({
      traceId: recorded.otel.traceId,
      parentObservationId: recorded.otel.rootId,
      type: 'GENERATION',
      name: 'mine-generation',
      model: 'gpt-4o-mini',
      modelParameters: { temperature: 0.5 },
      input: [{ role: 'user', content: 'mine' }],
      output: 'mine said the model',
      usageDetails: { input: 1000, output: 200, total: 1200 },
      usage: { unit: 'TOKENS', input: 1000, output: 200, total: 1200 },
      unit: 'TOKENS',
      promptTokens: 1000,
      completionTokens: 200,
      totalTokens: 1200,
      promptId: null,
      promptName: 'mine-prompt',
      promptVersion: 3,
      latency: 1,
      timeToFirstToken: 0.2,
      level: 'DEFAULT',
      statusMessage: null,
    });
    expect(found.modelId).not.toBeNull();
    expect(found.inputPrice! * 1000).toBeCloseTo(found.calculatedInputCost!, 12);
    expect(found.calculatedInputCost! + found.calculatedOutputCost!).toBeCloseTo(
      found.calculatedTotalCost!,
      12,
    );
    for (const beside of ['userId', 'sessionId', 'tags', 'release', 'public'])
      expect(found).not.toHaveProperty(beside);
  });

  it('tells absent cost as null and absent tokens as 0', async () => {
    const found = await read(operations.getObservationV1, `/api/public/observations/${recorded.otel.rootId}`);
    expect(found).toMatchObject({
      calculatedTotalCost: null,
      inputPrice: null,
      promptTokens: 0,
      totalTokens: 0,
      modelId: null,
      model: null,
      timeToFirstToken: null,
    });
  });

  it.each([
    ['type=GENERATION', 2],
    ['userId=mine-user', 5],
    ['name=mine-span', 1],
    ['level=ERROR', 1],
    ['environment=production', 2],
    ['fromStartTime=2100-01-01T00:00:00Z', 0],
    ['version=mine-version', 2],
  ])('finds by %s', async (query, found) => {
    const { data, meta } = await read(operations.listObservationsV1, `/api/public/observations?${query}`);
    expect(data).toHaveLength(found);
    expect(meta.totalItems).toBe(found);
  });

  it('is a 404 for an unknown id, a 400 for an unknown level', async () => {
    expect(await refusal('/api/public/observations/nothing')).toMatchObject({
      status: 404,
      message: 'Observation not found within authorized project',
    });
    expect((await refusal('/api/public/observations?level=LOUD')).status).toBe(400);
  });
});

describe('GET /api/public/v2/observations', () => {
  const path = '/api/public/v2/observations';

  it('gives core and basic unless told, with prices present and null', async () => {
    const { data, meta } = await read(operations.listObservationsV2, path);
    expect(data).toHaveLength(5);
    expect(meta).toEqual({});
    const generation = data.find(({ id }) => id === recorded.otel.generationId)!;
    expect(generation).toMatchObject({
      userId: 'mine-user',
      sessionId: 'mine-session',
      isRootObservation: false,
      bookmarked: false,
      latency: 1,
      modelId: null,
      inputPrice: null,
    });
    for (const beside of ['input', 'metadata', 'usageDetails', 'tags'])
      expect(generation).not.toHaveProperty(beside);
  });

  it('gives every group that is asked for', async () => {
    const { data } = await read(
      operations.listObservationsV2,
      `${path}?traceId=${recorded.otel.traceId}&type=GENERATION&fields=core,basic,time,io,metadata,model,usage,prompt,metrics,trace_context`,
    );
    expect(data[0]).toMatchObject({
      input: JSON.stringify([{ role: 'user', content: 'mine' }]),
      output: 'mine said the model',
      providedModelName: 'gpt-4o-mini',
      model: 'gpt-4o-mini',
      usageDetails: { input: 1000, output: 200, total: 1200 },
      inputUsage: 1000,
      timeToFirstToken: 0.2,
      traceName: 'mine-trace',
      tags: ['mine-tag', 'second'],
      release: 'mine-release',
    });
    expect(data[0]!.inputPrice).toMatch(/^0\.\d+$/);
    expect(data[0]!.metadata!.note).toContain('long long');
  });

  it('cuts metadata at 200 characters until it is told to expand it', async () => {
    const of = (query: string) =>
      read(
        operations.listObservationsV2,
        `${path}?type=GENERATION&traceId=${recorded.otel.traceId}&${query}`,
      );
    const cut = await of('fields=core,metadata');
    expect(cut.data[0]!.metadata!.note).toHaveLength(200);
    const whole = await of('fields=core,metadata&expandMetadata=note');
    expect((whole.data[0]!.metadata!.note as string).length).toBeGreaterThan(200);
  });

  it('pages by cursor without losing or doubling', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await read(
        operations.listObservationsV2,
        `${path}?limit=2${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
      );
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.meta.cursor;
    } while (cursor);
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
  });

  it.each([
    ['isRootObservation=true', 4],
    ['parentObservationId=', 4],
    ['isRootObservation=false', 1],
    ['sessionId=mine-session', 5],
    ['limit=0', 0],
    ['parseIoAsJson=false', 5],
  ])('finds by %s', async (query, found) => {
    expect((await read(operations.listObservationsV2, `${path}?${query}`)).data).toHaveLength(found);
  });

  it.each([
    'cursor=%20%20',
    'cursor=eyJhIjoxfQ==',
    'parseIoAsJson=true',
    'limit=1001',
    'isRootObservation=yes',
  ])('refuses %s', async (query) => {
    expect((await refusal(`${path}?${query}`)).status).toBe(400);
  });
});

describe('GET /api/public/sessions', () => {
  it('lists a session that traces named, and opens it with them', async () => {
    const { data } = await read(operations.listSessions, '/api/public/sessions');
    expect(data).toEqual([
      {
        id: 'mine-session',
        createdAt: expect.any(String),
        projectId: mine.projectId,
        environment: 'default',
      },
    ]);
    const session = await read(operations.getSession, '/api/public/sessions/mine-session');
    expect(session.traces.map(({ id }) => id)).toEqual([recorded.batch.traceId, recorded.otel.traceId]);
    expect(session.traces[1]!.output).toEqual({ answer: 'mine!' });
  });

  it('is a 404 for a session nobody named', async () => {
    expect(await refusal('/api/public/sessions/none')).toMatchObject({
      status: 404,
      message: 'Session not found within authorized project',
    });
  });
});

describe('scores', () => {
  const [numeric, boolean, , , correction, ofSession] = [0, 1, 2, 3, 4, 5];
  const idOf = (index: number) => recorded.scores[index]!.id;

  it('v1 knows those of traces and observations, but no corrections', async () => {
    const { data, meta } = await read(operations.listScoresV1, '/api/public/scores');
    expect(meta.totalItems).toBe(4);
    expect(data.find(({ id }) => id === idOf(numeric))).toMatchObject({
      dataType: 'NUMERIC',
      value: 0.75,
      comment: 'mine comment',
      metadata: { mark: 'mine' },
      source: 'API',
      trace: { userId: 'mine-user', tags: ['mine-tag', 'second'], environment: 'production' },
    });
    expect(data.find(({ id }) => id === idOf(boolean))).toMatchObject({ value: 1, stringValue: 'True' });
    expect(data.find(({ dataType }) => dataType === 'TEXT')).not.toHaveProperty('value');
    expect(await read(operations.getScoreV1, `/api/public/scores/${idOf(numeric)}`)).toMatchObject({
      value: 0.75,
    });
    expect((await refusal(`/api/public/scores/${idOf(correction)}`)).status).toBe(404);
  });

  it('v2 knows all, with the trace unless it is left out', async () => {
    const { data, meta } = await read(operations.listScoresV2, '/api/public/v2/scores');
    expect(meta.totalItems).toBe(6);
    expect(data.find(({ id }) => id === idOf(correction))).toMatchObject({
      dataType: 'CORRECTION',
      value: 0,
      stringValue: 'mine corrected',
      name: 'output',
    });
    expect(data.find(({ id }) => id === idOf(ofSession))).toMatchObject({
      sessionId: 'mine-session',
      traceId: null,
      trace: null,
    });
    const bare = await read(operations.listScoresV2, '/api/public/v2/scores?fields=score');
    expect(bare.data[0]).not.toHaveProperty('trace');
    expect(await read(operations.getScoreV2, `/api/public/v2/scores/${idOf(correction)}`)).toMatchObject({
      stringValue: 'mine corrected',
    });
  });

  it.each([
    ['dataType=NUMERIC', 2],
    ['name=mine-numeric', 1],
    ['operator=>&value=0.5&dataType=NUMERIC', 2],
    ['operator=<&value=0.5&dataType=NUMERIC', 0],
    ['sessionId=mine-session', 1],
    ['userId=mine-user', 5],
    ['traceTags=mine-tag,second', 5],
    ['source=EVAL', 0],
  ])('v2 finds by %s', async (query, found) => {
    const encoded = query.replace('>', '%3E').replace('<', '%3C');
    expect((await read(operations.listScoresV2, `/api/public/v2/scores?${encoded}`)).data).toHaveLength(
      found,
    );
  });

  it('v3 has one typed value, and groups on request', async () => {
    const { data, meta } = await read(
      operations.listScoresV3,
      '/api/public/v3/scores?fields=core,details,annotation,subject',
    );
    expect(meta).toEqual({ limit: 50 });
    const find = (index: number) => data.find(({ id }) => id === idOf(index));
    expect(find(boolean)).toMatchObject({
      value: true,
      subject: { kind: 'observation', id: recorded.otel.generationId, traceId: recorded.otel.traceId },
    });
    expect(find(numeric)).toMatchObject({ value: 0.75, subject: { kind: 'trace' }, comment: 'mine comment' });
    expect(find(ofSession)).toMatchObject({ subject: { kind: 'session', id: 'mine-session' } });
    const core = await read(operations.listScoresV3, '/api/public/v3/scores');
    expect(core.data[0]).not.toHaveProperty('comment');
  });

  it('v3 pages by cursor without losing or doubling', async () => {
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await read(
        operations.listScoresV3,
        `/api/public/v3/scores?limit=4${cursor ? `&cursor=${cursor}` : ''}`,
      );
      seen.push(...page.data.map(({ id }) => id));
      cursor = page.meta.cursor;
    } while (cursor);
    expect(seen.sort()).toEqual(recorded.scores.map(({ id }) => id).sort());
  });

  it.each([
    ['v2/scores?fields=trace', 'fields'],
    ['v2/scores?fields=score&userId=u', 'userId'],
    ['v3/scores?userId=u', 'userId'],
    ['v3/scores?fields=everything', 'fields'],
    ['v3/scores?value=1', 'value'],
    ['v3/scores?dataType=BOOLEAN&value=maybe', 'value'],
    ['v3/scores?valueMin=1', 'valueMin'],
    ['v3/scores?observationId=o', 'observationId'],
    ['v3/scores?traceId=t&sessionId=s', 'traceId'],
    ['v3/scores?cursor=bm9uZQ', 'cursor'],
    ['v3/scores?dataType=COLOUR', 'dataType'],
  ])('refuses %s by the name of the parameter', async (path, name) => {
    const { status, message, error } = await refusal(`/api/public/${path}`);
    expect(status).toBe(400);
    expect(message + JSON.stringify(error)).toContain(name);
  });

  it('deletes one of any kind, at once', async () => {
    const [id] = [(await record(api, mine, 'gone')).scores[5]!.id];
    const response = await api.send('DELETE', `/api/public/scores/${id}`, mine, undefined);
    expect([response.status, await response.json()]).toEqual([
      202,
      { message: 'Score deletion queued successfully' },
    ]);
    expect((await refusal(`/api/public/v2/scores/${id}`)).status).toBe(404);
  });
});

describe('deleting traces', () => {
  it('makes them and what hangs on them invisible, and takes unknown ids', async () => {
    const other = await record(api, mine, 'deleted');
    const one = await api.send('DELETE', `/api/public/traces/${other.otel.traceId}`, mine, undefined);
    expect([one.status, await one.json()]).toEqual([200, { message: 'Trace deleted successfully' }]);
    const many = await api.send('DELETE', '/api/public/traces', mine, {
      traceIds: [other.batch.traceId, 'unknown'],
    });
    expect([many.status, await many.json()]).toEqual([200, { message: 'Traces deleted successfully' }]);
    for (const path of [
      `traces/${other.otel.traceId}`,
      `traces/${other.batch.traceId}`,
      `observations/${other.otel.generationId}`,
      `v2/scores/${other.scores[0]!.id}`,
    ]) {
      expect((await refusal(`/api/public/${path}`)).status, path).toBe(404);
    }
  });

  it.each([[{ traceIds: [] }], [{ traceIds: ['a'], more: 1 }], [{}], [{ traceIds: Array(1001).fill('a') }]])(
    'refuses the body %#',
    async (body) => {
      expect((await api.send('DELETE', '/api/public/traces', mine, body)).status).toBe(400);
    },
  );
});

describe('screens', () => {
  const base = () => `/api/v1/projects/${mine.projectId}/traces`;

  it('list traces with previews, totals and scores', async () => {
    const { data, meta } = await read(
      operations.exploreTraces,
      `${base()}?q=mine&orderBy=totalTokens.desc&limit=1`,
    );
    expect(data[0]).toMatchObject({
      id: recorded.otel.traceId,
      latencyMs: 2500,
      observationCount: 2,
      errorCount: 0,
      usage: { input: 1000, output: 200, total: 1200 },
      models: ['gpt-4o-mini'],
      level: 'DEFAULT',
    });
    expect(data[0]!.inputPreview).toContain('mine?');
    const next = await read(
      operations.exploreTraces,
      `${base()}?q=mine&orderBy=totalTokens.desc&limit=1&cursor=${meta.cursor}`,
    );
    expect(next.data[0]!.id).toBe(recorded.batch.traceId);
    const foreign = await refusal(`${base()}?q=mine&orderBy=latency.desc&cursor=${meta.cursor}`);
    expect(foreign).toMatchObject({ status: 400, code: 'invalid_request' });
  });

  it('show facets and a histogram', async () => {
    const facets = await read(operations.exploreTraceFacets, `${base()}/facets?field=name&search=mine-`);
    expect(facets.data).toEqual([
      { value: 'mine-batch-trace', count: 1 },
      { value: 'mine-trace', count: 1 },
    ]);
    const range = `from=${new Date(Date.now() - 3_600_000).toISOString()}&to=${new Date(Date.now() + 60_000).toISOString()}`;
    const { data } = await read(
      operations.exploreTraceHistogram,
      `${base()}/histogram?${range}&buckets=10&q=mine`,
    );
    expect(data).toHaveLength(10);
    expect(data.reduce((sum, { count }) => sum + count, 0)).toBe(2);
    expect(data.reduce((sum, { errorCount }) => sum + errorCount, 0)).toBe(1);
  });

  it('show a trace with its tree and one observation with everything', async () => {
    const trace = await read(operations.exploreTrace, `${base()}/${recorded.otel.traceId}`);
    const node = trace.observations.find(({ id }) => id === recorded.otel.generationId)!;
    expect(node).toMatchObject({
      startOffsetUs: 500_000,
      durationUs: 1_000_000,
      completionStartOffsetUs: 700_000,
    });
    expect(node).not.toHaveProperty('input');
    const detail = await read(
      operations.exploreObservation,
      `${base()}/${recorded.otel.traceId}/observations/${recorded.otel.generationId}`,
    );
    expect(detail).toMatchObject({
      startOffsetUs: 500_000,
      usageProvided: true,
      costProvided: false,
      serviceName: 'mine-service',
      source: 'otel',
      modelParameters: { temperature: 0.5 },
    });
    expect(detail.unitPrices.input).toBeGreaterThan(0);
    expect(await refusal(`${base()}/${recorded.otel.traceId}/observations/none`)).toMatchObject({
      status: 404,
      code: 'not_found',
    });
  });
});

it('answered nothing with an internal error', () => {
  expect(api.internalErrors).toEqual([]);
});

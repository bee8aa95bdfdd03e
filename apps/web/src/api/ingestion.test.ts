import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { openBatchLog } from '@tracewell/ingest';
import { encodeOtlpProtobuf } from '@tracewell/testkit/otlp-encode';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApi } from './create-api';
import { createBatch, createExport } from './testing/recordings';
import { startTestApi, type TestApi, type TestProject } from './testing/start-test-api';

/** A table: what is sent to the doors, and what they answer; read back where they said yes. One set of engines. */
let api: TestApi;
let mine: TestProject;

beforeAll(async () => {
  api = await startTestApi();
  mine = await api.createProject('mine');
});
afterAll(() => api?.stop());

const tracesPath = '/api/public/otel/v1/traces';
const json = 'application/json';
const protobuf = 'application/x-protobuf';

const post = (path: string, body: BodyInit, headers: Record<string, string> = {}) =>
  api.request(path, { method: 'POST', headers: { authorization: mine.basic, ...headers }, body });
const isVisible = async (traceId: string): Promise<boolean> => {
  await api.settle();
  return (await api.get(`/api/public/traces/${traceId}`, mine)).status === 200;
};
const bytesOf = (body: unknown) => Buffer.from(JSON.stringify(body));

describe('POST /api/public/otel/v1/traces', () => {
  const compressions: [string, (bytes: Uint8Array) => Uint8Array][] = [
    ['', (bytes) => bytes],
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
  ];
  it.each(compressions)(
    'takes JSON and protobuf with encoding "%s" and answers in kind',
    async (encoding, compress) => {
      const headers: Record<string, string> = encoding ? { 'content-encoding': encoding } : {};
      const asJson = createExport('json');
      const first = await post(tracesPath, Buffer.from(compress(bytesOf(asJson.body))), {
        'content-type': `${json}; charset=utf-8`,
        ...headers,
      });
      expect([first.status, first.headers.get('content-type'), await first.text()]).toEqual([
        200,
        json,
        '{}',
      ]);

      const asProtobuf = createExport('protobuf');
      const second = await post(tracesPath, Buffer.from(compress(encodeOtlpProtobuf(asProtobuf.body))), {
        'content-type': protobuf,
        ...headers,
      });
      expect([second.status, second.headers.get('content-type')]).toEqual([200, protobuf]);
      expect((await second.arrayBuffer()).byteLength).toBe(0);

      expect(await isVisible(asJson.traceId)).toBe(true);
      expect(await isVisible(asProtobuf.traceId)).toBe(true);
    },
  );

  it('keeps the good spans of an export and names the bad ones', async () => {
    const sent = createExport('mixed');
    sent.body.resourceSpans[0]!.scopeSpans[0]!.spans[1]!.spanId = 'not an id';
    const response = await post(tracesPath, bytesOf(sent.body), { 'content-type': json });
    const answer = (await response.json()) as {
      partialSuccess: { rejectedSpans: string; errorMessage: string };
    };
    expect(response.status).toBe(200);
    expect(answer.partialSuccess.rejectedSpans).toBe('1');
    expect(answer.partialSuccess.errorMessage).toContain('span 1');
    expect(await isVisible(sent.traceId)).toBe(true);
  });

  it('takes an empty export', async () => {
    for (const body of ['{}', '{"resourceSpans":[]}']) {
      expect((await post(tracesPath, body, { 'content-type': json })).status).toBe(200);
    }
    expect((await post(tracesPath, new Uint8Array(), { 'content-type': protobuf })).status).toBe(200);
  });

  it('answers at the base address as well, and takes metrics and logs without keeping them', async () => {
    const sent = createExport('base');
    expect((await post('/api/public/otel', bytesOf(sent.body), { 'content-type': json })).status).toBe(200);
    expect(await isVisible(sent.traceId)).toBe(true);
    for (const signal of ['metrics', 'logs']) {
      const asJson = await post(`/api/public/otel/v1/${signal}`, '{}', { 'content-type': json });
      expect([asJson.status, await asJson.text()]).toEqual([200, '{}']);
      const asProtobuf = await post(`/api/public/otel/v1/${signal}`, new Uint8Array(), {
        'content-type': protobuf,
      });
      expect([asProtobuf.status, asProtobuf.headers.get('content-type')]).toEqual([200, protobuf]);
    }
  });

  it.each([
    ['no content type', '{}', { 'content-type': '' }, 415],
    ['another content type', '{}', { 'content-type': 'text/plain' }, 415],
    ['what is no JSON', '{', { 'content-type': json }, 400],
    ['what is no protobuf', 'plain text', { 'content-type': protobuf }, 400],
    ['what is no gzip', '{}', { 'content-type': json, 'content-encoding': 'gzip' }, 400],
    ['a compression that is not spoken', '{}', { 'content-type': json, 'content-encoding': 'zstd' }, 415],
    [
      'a generation from the future',
      '{}',
      { 'content-type': json, 'x-langfuse-ingestion-version': '5' },
      400,
    ],
    [
      'a generation that is no number',
      '{}',
      { 'content-type': json, 'x-langfuse-ingestion-version': 'new' },
      400,
    ],
  ])('refuses %s', async (_, body, headers, status) => {
    const response = await post(tracesPath, body, headers as unknown as Record<string, string>);
    expect(response.status).toBe(status);
    if (response.headers.get('content-type')?.startsWith(json)) {
      expect(((await response.json()) as { message: string }).message.length).toBeGreaterThan(10);
    } else {
      expect(response.headers.get('content-type')).toBe(protobuf);
    }
  });

  it('answers a bad key in the words of the API: the encoding is not even looked at', async () => {
    const response = await api.request(tracesPath, {
      method: 'POST',
      body: '{}',
      headers: { 'content-type': json },
    });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toContain('Basic');
  });
});

describe('limits of bodies', () => {
  const limitOf = () => api.deps.config.limits;

  it.each([
    [tracesPath, () => limitOf().otlp.maxBytes, `{"resourceSpans":[],"padding":"`, '"}', 200],
    ['/api/public/ingestion', () => limitOf().ingestion.maxBytes, `{"batch":[],"metadata":"`, '"}', 207],
  ] as const)(
    '%s takes as much as its limit and not a byte more',
    async (path, limit, start, end, status) => {
      const bodyOf = (size: number) => start + 'x'.repeat(size - start.length - end.length) + end;
      for (const [size, expected] of [
        [limit() - 1, status],
        [limit(), status],
        [limit() + 1, 413],
      ] as const) {
        const response = await post(path, bodyOf(size), { 'content-type': json });
        expect(response.status, `${size} bytes: ${await response.text()}`).toBe(expected);
      }
    },
  );

  it('counts while the body comes, whatever its length was said to be', async () => {
    let sent = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1 << 20;
        controller.enqueue(new Uint8Array(1 << 20));
      },
    });
    const response = await api.request(tracesPath, {
      method: 'POST',
      headers: { authorization: mine.basic, 'content-type': json },
      body: endless,
      duplex: 'half',
    } as RequestInit);
    expect(response.status).toBe(413);
    expect(sent).toBeLessThan(limitOf().otlp.maxBytes + (4 << 20));
  });

  it('stops a body that inflates beyond the limit', async () => {
    const bomb = gzipSync(Buffer.alloc(limitOf().otlp.maxInflatedBytes + 1));
    expect(bomb.length).toBeLessThan(100_000);
    for (const path of [tracesPath, '/api/public/ingestion']) {
      expect((await post(path, bomb, { 'content-type': json, 'content-encoding': 'gzip' })).status).toBe(413);
    }
  });

  it('holds on every other route', async () => {
    const response = await api.send('DELETE', '/api/public/traces', mine, {
      traceIds: ['x'.repeat(limitOf().body.maxBytes)],
    });
    expect(response.status).toBe(413);
  });
});

describe('POST /api/public/ingestion', () => {
  const path = '/api/public/ingestion';

  it('answers 207 with a result for each event, by the id of the event', async () => {
    const sent = createBatch('batch');
    const events: Record<string, unknown>[] = [...sent.body.batch];
    events.push(
      { ...events[0], id: 'bad', body: { id: 7 } },
      { id: 'log', type: 'sdk-log', timestamp: events[0]!.timestamp, body: { log: 1 } },
    );
    const response = await post(path, bytesOf({ batch: events }), { 'content-type': json });
    expect(response.status).toBe(207);
    const answer = (await response.json()) as {
      successes: unknown[];
      errors: { id: string; status: number }[];
    };
    expect(answer.successes).toEqual(sent.body.batch.map(({ id }) => ({ id, status: 201 })));
    expect(answer.errors).toEqual([expect.objectContaining({ id: 'bad', status: 400 })]);
    expect(await isVisible(sent.traceId)).toBe(true);
  });

  it('takes gzip, and an empty batch', async () => {
    const sent = createBatch('zipped');
    const zipped = await post(path, gzipSync(bytesOf(sent.body)), { 'content-encoding': 'gzip' });
    expect(zipped.status).toBe(207);
    expect(await isVisible(sent.traceId)).toBe(true);
    const empty = await post(path, '{"batch":[]}');
    expect([empty.status, await empty.json()]).toEqual([207, { successes: [], errors: [] }]);
  });

  it.each(['{}', '{"batch":{}}', '[]', 'not json', ''])('refuses the envelope %s', async (body) => {
    const response = await post(path, body);
    expect(response.status).toBe(400);
    expect(await response.json()).toEqual({ message: 'Invalid request data', errors: [expect.any(String)] });
  });

  it('takes scores and nothing else from a public key, event by event', async () => {
    const [trace] = createBatch('public').body.batch;
    const score = {
      id: 'score-event',
      type: 'score-create',
      timestamp: new Date().toISOString(),
      body: { id: 'score-of-browser', traceId: 'any', name: 'thumb', value: 1 },
    };
    const response = await api.request(path, {
      method: 'POST',
      headers: { authorization: mine.bearer, 'content-type': json },
      body: JSON.stringify({ batch: [trace, score] }),
    });
    expect(response.status).toBe(207);
    expect(await response.json()).toEqual({
      successes: [{ id: 'score-event', status: 201 }],
      errors: [{ id: trace!.id, status: 401, message: 'Authentication error', error: 'Access Scope Denied' }],
    });
    await api.settle();
    expect((await api.get('/api/public/v2/scores/score-of-browser', mine)).status).toBe(200);
    expect((await api.get(`/api/public/traces/${(trace!.body as { id: string }).id}`, mine)).status).toBe(
      404,
    );
  });

  it('names itself to a client without a key', async () => {
    const response = await api.request(path, { method: 'POST', body: '{}' });
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({ error: 'UnauthorizedError', message: expect.any(String) });
  });
});

describe('single objects', () => {
  it('are taken by the routes of the first clients, and read back', async () => {
    const traceId = `single-${Date.now()}`;
    const send = async (method: string, path: string, body: unknown) => {
      const response = await api.send(method, `/api/public/${path}`, mine, body);
      expect(response.status, path).toBe(200);
      return ((await response.json()) as { id: string }).id;
    };
    expect(await send('POST', 'traces', { id: traceId, name: 'single' })).toBe(traceId);
    const spanId = await send('POST', 'spans', { id: `${traceId}-span`, traceId, name: 'span' });
    await send('PATCH', 'spans', { spanId, endTime: new Date().toISOString(), output: 'done' });
    const generationId = await send('POST', 'generations', {
      id: `${traceId}-generation`,
      traceId,
      prompt: 'asked',
      completion: 'answered',
    });
    await send('PATCH', 'generations', { generationId, model: 'gpt-4o-mini' });
    await send('POST', 'events', { id: `${traceId}-event`, traceId, name: 'event' });
    const scoreId = await send('POST', 'scores', { id: '', traceId, name: 'quality', value: 0.5 });
    expect(scoreId).not.toBe('');
    await api.settle();

    const read = async (path: string) => (await api.get(`/api/public/${path}`, mine)).json();
    expect(await read(`observations/${spanId}`)).toMatchObject({
      type: 'SPAN',
      output: 'done',
      name: 'span',
    });
    expect(await read(`observations/${generationId}`)).toMatchObject({
      input: 'asked',
      output: 'answered',
      model: 'gpt-4o-mini',
    });
    expect(await read(`traces/${traceId}`)).toMatchObject({
      name: 'single',
      scores: [{ id: scoreId, value: 0.5 }],
    });
  });

  it.each([
    ['PATCH', 'spans', {}, 'spanId'],
    ['POST', 'events', { name: 'no id' }, 'id'],
    ['POST', 'traces', [], 'body'],
    ['POST', 'scores', { traceId: 't', value: 1 }, 'name'],
    ['POST', 'scores', { name: 'n', value: 1 }, 'traceId'],
    ['POST', 'scores', { name: 'n', value: 1, traceId: 't', source: 'EVAL' }, 'source'],
    ['POST', 'scores', { name: 'n', value: 'yes', dataType: 'NUMERIC', traceId: 't' }, 'value'],
    ['POST', 'scores', { name: 'n', value: 1, traceId: 't', sessionId: 's' }, 'traceId'],
  ])('%s %s refuses %j and names the fault', async (method, path, body, name) => {
    const response = await api.send(method, `/api/public/${path}`, mine, body);
    expect(response.status).toBe(400);
    expect(((await response.json()) as { message: string }).message).toContain(name);
  });
});

describe('a server that holds all it can', () => {
  it('says 503 with a spread Retry-After, and loses nothing it took', async () => {
    const batchLog = openBatchLog({ blob: api.engines.blob, queues: api.engines.queues, maxWaitingBytes: 1 });
    const full = createApi({ ...api.deps, batchLog });
    const sent = Array.from({ length: 40 }, () => createExport('pressed'));
    const answers = await Promise.all(
      sent.map(async ({ body }) =>
        full.request(`http://localhost:3000${tracesPath}`, {
          method: 'POST',
          headers: { authorization: mine.basic, 'content-type': json },
          body: JSON.stringify(body),
        }),
      ),
    );
    const refused = answers.filter(({ status }) => status !== 200);
    expect(refused.length).toBeGreaterThan(0);
    expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([503]));
    for (const { headers } of refused) {
      const seconds = Number(headers.get('retry-after'));
      expect(Number.isInteger(seconds) && seconds >= 1 && seconds <= 30).toBe(true);
    }
    for (const [index, { status }] of answers.entries()) {
      expect(await isVisible(sent[index]!.traceId)).toBe(status === 200);
    }
  });
});

it('answered nothing with an internal error', () => {
  expect(api.internalErrors).toEqual([]);
});

describe('POST /api/public/scores with a list', () => {
  const score = { traceId: 'listed', name: 'ok', value: 1, timestamp: '2026-01-02T03:04:05.000Z' };

  it('answers 202 when all are taken, and keeps the time each was given', async () => {
    const answer = await post('/api/public/scores', bytesOf([{ ...score, id: 'list-1' }]), {
      'content-type': json,
    });
    expect(answer.status).toBe(202);
    expect(await answer.json()).toEqual({ message: 'Accepted' });
    await api.settle();
    const read = await (await api.get('/api/public/v2/scores/list-1', mine)).json();
    expect(read).toMatchObject({ name: 'ok', value: 1, traceId: 'listed', timestamp: score.timestamp });
  });

  it('answers 207 and names each that is refused; its neighbours are kept', async () => {
    const list = [
      { ...score, id: 'list-2' },
      { name: 'no target', value: 1 },
      { ...score, name: '' },
    ];
    const answer = await post('/api/public/scores', bytesOf(list), { 'content-type': json });
    expect(answer.status).toBe(207);
    const { accepted, rejected, errors } = (await answer.json()) as {
      accepted: number;
      rejected: number;
      errors: { message: string }[];
    };
    expect({ accepted, rejected }).toEqual({ accepted: 1, rejected: 2 });
    expect(errors.map(({ message }) => message.slice(0, 9))).toEqual(['scores[1]', 'scores[2]']);
    await api.settle();
    expect((await api.get('/api/public/v2/scores/list-2', mine)).status).toBe(200);
  });
});

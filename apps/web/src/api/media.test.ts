import { createHash, randomBytes } from 'node:crypto';
import { createMediaUpload, getMedia, updateMedia } from '@tracewell/contract';
import { datasetItemMedia, media, observationMedia, traceMedia } from '@tracewell/schema/postgres/media';
import { and, eq } from 'drizzle-orm';
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

const path = '/api/public/media';
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('base64');
const idOf = (bytes: Uint8Array) => sha256(bytes).replaceAll('+', '-').replaceAll('/', '_').slice(0, 22);
const bodyOf = (bytes: Uint8Array, changes: object = {}) => ({
  traceId: 'trace-1',
  field: 'input',
  contentType: 'image/png',
  contentLength: bytes.length,
  sha256Hash: sha256(bytes),
  ...changes,
});

async function ask(bytes: Uint8Array, changes: object = {}, project = mine) {
  const response = await api.send('POST', path, project, bodyOf(bytes, changes));
  expect(response.status).toBe(201);
  return createMediaUpload.responses[201].parse(await response.json());
}
/** As the SDKs do it: without the key of the project. */
const put = (url: string, bytes: Uint8Array, headers: Record<string, string> = {}) =>
  api.app.request(url, {
    method: 'PUT',
    body: Buffer.from(bytes),
    headers: {
      'content-type': 'image/png',
      'x-amz-checksum-sha256': sha256(bytes),
      'x-ms-blob-type': 'BlockBlob',
      ...headers,
    },
  });
const report = (mediaId: string, changes: object = {}, project = mine) =>
  api.send('PATCH', `${path}/${mediaId}`, project, {
    uploadedAt: '2026-01-02T03:04:05.678Z',
    uploadHttpStatus: 200,
    uploadHttpError: '',
    uploadTimeMs: 12.7,
    ...changes,
  });
async function upload(bytes: Uint8Array, changes: object = {}, project = mine) {
  const { mediaId, uploadUrl } = await ask(bytes, changes, project);
  const { contentType } = bodyOf(bytes, changes);
  expect((await put(uploadUrl!, bytes, { 'content-type': contentType })).status).toBe(200);
  expect((await report(mediaId, {}, project)).status).toBe(200);
  return mediaId;
}
async function read(mediaId: string, project = mine) {
  const response = await api.get(`${path}/${mediaId}`, project);
  expect(response.status).toBe(200);
  return getMedia.responses[200].parse(await response.json());
}

describe('the way of a file', () => {
  it('is asked for, uploaded, reported, read and downloaded', async () => {
    const bytes = randomBytes(2_000);
    const { mediaId, uploadUrl } = await ask(bytes);
    expect(mediaId).toBe(idOf(bytes));
    expect(uploadUrl).toMatch(/^http:\/\/localhost:3000\/api\/media-objects\/media\/project-mine\//);
    expect((await api.get(`${path}/${mediaId}`, mine)).status).toBe(404);

    expect((await put(uploadUrl!, bytes)).status).toBe(200);
    expect((await api.get(`${path}/${mediaId}`, mine)).status).toBe(404);
    const reported = await report(mediaId);
    expect(updateMedia.responses[200].parse(await reported.json())).toEqual({ message: 'OK' });

    const file = await read(mediaId);
    expect(file).toMatchObject({
      mediaId,
      contentType: 'image/png',
      contentLength: 2_000,
      uploadedAt: '2026-01-02T03:04:05.678Z',
    });
    const lasts = Date.parse(file.urlExpiry) - Date.now();
    expect(lasts).toBeGreaterThan(3_500_000);
    expect(lasts).toBeLessThanOrEqual(3_600_000);
    const download = await api.app.request(file.url);
    expect(download.status).toBe(200);
    expect(Buffer.from(await download.arrayBuffer()).equals(bytes)).toBe(true);
    expect(Object.fromEntries(download.headers)).toMatchObject({
      'content-type': 'image/png',
      'content-length': '2000',
      'content-disposition': `inline; filename="${mediaId}.png"`,
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining('sandbox'),
    });
  });

  it('ends early for a file the project has, of the same type, and notes who shows it', async () => {
    const bytes = randomBytes(100);
    const mediaId = await upload(bytes);
    expect(await ask(bytes, { traceId: 'trace-2', field: 'output' })).toEqual({ mediaId, uploadUrl: null });
    expect((await ask(bytes, { contentType: 'image/jpeg' })).uploadUrl).not.toBeNull();
    expect((await read(mediaId)).contentType).toBe('image/jpeg');
    expect((await ask(bytes, {}, theirs)).uploadUrl).toContain('project-theirs');
    const links = await api.relational.db
      .select({ traceId: traceMedia.traceId, field: traceMedia.field })
      .from(traceMedia)
      .where(and(eq(traceMedia.projectId, mine.projectId), eq(traceMedia.mediaId, mediaId)))
      .orderBy(traceMedia.traceId);
    expect(links).toEqual([
      { traceId: 'trace-1', field: 'input' },
      { traceId: 'trace-2', field: 'output' },
    ]);
  });

  it('asks again for a file that was reported and is not there', async () => {
    const bytes = randomBytes(100);
    const { mediaId } = await ask(bytes);
    await report(mediaId);
    expect((await ask(bytes)).uploadUrl).not.toBeNull();
    expect((await api.app.request((await read(mediaId)).url)).status).toBe(404);
  });

  it('links observations and items of datasets', async () => {
    const mediaId = await upload(randomBytes(50), { observationId: 'o', field: 'metadata' });
    const other = await upload(randomBytes(50), {
      traceId: null,
      datasetId: 'd',
      datasetItemId: 'i',
      field: 'expectedOutput',
    });
    const { db } = api.relational;
    expect(
      await db.select().from(observationMedia).where(eq(observationMedia.mediaId, mediaId)),
    ).toMatchObject([{ traceId: 'trace-1', observationId: 'o', field: 'metadata' }]);
    expect(await db.select().from(datasetItemMedia).where(eq(datasetItemMedia.mediaId, other))).toMatchObject(
      [{ datasetId: 'd', datasetItemId: 'i', field: 'expectedOutput' }],
    );
  });

  it('keeps a failure, and a success against failures after it', async () => {
    const bytes = randomBytes(50);
    const { mediaId } = await ask(bytes);
    const failed = await report(mediaId, { uploadHttpStatus: 500, uploadHttpError: 'no\0 space' });
    expect(failed.status).toBe(200);
    const rowOf = async () => (await api.relational.db.select().from(media).where(eq(media.id, mediaId)))[0]!;
    expect(await rowOf()).toMatchObject({ uploadHttpStatus: 500, uploadHttpError: 'no space' });
    expect((await api.get(`${path}/${mediaId}`, mine)).status).toBe(404);
    await report(mediaId, { uploadHttpStatus: 201 });
    await report(mediaId, { uploadHttpStatus: 503 });
    expect(await rowOf()).toMatchObject({ uploadHttpStatus: 201, uploadTimeMs: 13 });
    await read(mediaId);
  });
});

describe('signed URLs', () => {
  it('take nothing but what they were made for', async () => {
    const bytes = randomBytes(64);
    const { uploadUrl } = await ask(bytes);
    const url = uploadUrl!;
    for (const [what, response, status] of [
      ['other bytes', await put(url, randomBytes(64), { 'x-amz-checksum-sha256': sha256(bytes) }), 400],
      ['another checksum', await put(url, randomBytes(64)), 400],
      ['fewer bytes', await put(url, bytes.subarray(1)), 400],
      ['another type', await put(url, bytes, { 'content-type': 'text/html' }), 400],
      ['another key', await put(url.replace(/media\/project-mine\//, 'media/project-theirs/'), bytes), 403],
      ['a raw batch', await put(url.replace(/media\/project-mine\/[^?]+/, 'raw/x'), bytes), 403],
      ['no signature', await put(url.replace(/&signature=[^&]+/, ''), bytes), 403],
      ['a read', await api.app.request(url), 403],
      ['nothing', await api.app.request('/api/media-objects/', { method: 'PUT' }), 403],
    ] as const) {
      const body = (await response.json()) as { message: string };
      expect(response.status, what).toBe(status);
      expect(body.message.length, what).toBeGreaterThan(10);
    }
    expect((await put(url, bytes)).status).toBe(200);
  });

  it('hand out parts', async () => {
    const bytes = new TextEncoder().encode('0123456789');
    const { url } = await read(await upload(bytes));
    const part = async (range: string) => {
      const response = await api.app.request(url, { headers: { range } });
      return [response.status, response.headers.get('content-range'), await response.text()];
    };
    expect(await part('bytes=2-4')).toEqual([206, 'bytes 2-4/10', '234']);
    expect(await part('bytes=7-')).toEqual([206, 'bytes 7-9/10', '789']);
    expect(await part('bytes=-3')).toEqual([206, 'bytes 7-9/10', '789']);
    expect(await part('bytes=0-99')).toEqual([206, 'bytes 0-9/10', '0123456789']);
    expect(await part('bytes=10-')).toEqual([416, 'bytes */10', '']);
    expect(await part('bytes=1-2,4-5')).toEqual([200, null, '0123456789']);
    const head = await api.app.request(url, { method: 'HEAD' });
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', '']);
  });

  it.each(['text/html', 'image/svg+xml', 'application/javascript', 'application/xml', 'application/pdf'])(
    'make a download of %s, which can hold scripts',
    async (contentType) => {
      const { url } = await read(await upload(randomBytes(20), { contentType }));
      const response = await api.app.request(url);
      expect(response.headers.get('content-type')).toBe(contentType);
      expect(response.headers.get('content-disposition')).toMatch(/^attachment;/);
      expect(response.headers.get('content-security-policy')).toContain('sandbox');
      await response.body?.cancel();
    },
  );

  it('work from browsers of any site', async () => {
    const bytes = randomBytes(20);
    const { uploadUrl } = await ask(bytes);
    const preflight = await api.app.request(uploadUrl!, {
      method: 'OPTIONS',
      headers: { origin: 'https://app.example', 'access-control-request-headers': 'x-amz-checksum-sha256' },
    });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-headers')).toContain('x-amz-checksum-sha256');
    const response = await put(uploadUrl!, bytes, { origin: 'https://app.example' });
    expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example');
  });
});

describe('refusals', () => {
  const bytes = randomBytes(10);
  it.each([
    ['contentType', { contentType: 'image/unheard-of' }],
    ['contentLength', { contentLength: 0 }],
    ['contentLength', { contentLength: 1_000_000_001 }],
    ['contentLength', { contentLength: 1.5 }],
    ['sha256Hash', { sha256Hash: 'abc' }],
    ['sha256Hash', { sha256Hash: createHash('sha256').update(bytes).digest('hex') }],
    ['field', { field: 'expectedOutput' }],
    ['field', { field: undefined }],
    ['traceId', { traceId: null }],
    ['traceId', { traceId: 'a\0b' }],
    ['traceId', { traceId: 'ü'.repeat(401) }],
    ['traceId', { datasetId: 'd', datasetItemId: 'i' }],
    ['datasetItemId', { traceId: undefined, datasetId: 'd' }],
    ['datasetId', { traceId: undefined, datasetItemId: 'i' }],
  ])('name %s for %j', async (member, changes) => {
    const response = await api.send('POST', path, mine, bodyOf(bytes, changes));
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(member);
  });

  it('name what is wrong with a report', async () => {
    const { mediaId } = await ask(bytes);
    for (const changes of [{ uploadedAt: 'today' }, { uploadHttpStatus: '200' }, { uploadTimeMs: -1 }]) {
      const response = await report(mediaId, changes);
      expect(response.status).toBe(400);
      expect(await response.text()).toContain(Object.keys(changes)[0]);
    }
  });

  it('know nothing of another project', async () => {
    const mediaId = await upload(randomBytes(10), {}, theirs);
    for (const id of [mediaId, 'unknown']) {
      expect((await api.get(`${path}/${id}`, mine)).status).toBe(404);
      expect((await report(id)).status).toBe(404);
    }
  });

  it('need a key', async () => {
    expect((await api.request(path, { method: 'POST', body: '{}' })).status).toBe(401);
    expect((await api.request(`${path}/x`)).status).toBe(401);
  });
});

describe('files in records', () => {
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  );
  const reference = `@@@langfuseMedia:type=image/png|id=${idOf(png)}|source=base64_data_uri@@@`;
  const dataUri = `data:image/png;base64,${png.toString('base64')}`;

  async function ingestSpan(project: TestProject, traceId: string) {
    const attribute = (key: string, value: string) => ({ key, value: { stringValue: value } });
    const response = await api.send('POST', '/api/public/otel/v1/traces', project, {
      resourceSpans: [
        {
          scopeSpans: [
            {
              scope: { name: 'langfuse-sdk' },
              spans: [
                {
                  traceId,
                  spanId: traceId.slice(0, 16),
                  name: 'look',
                  startTimeUnixNano: `${Date.now()}000000`,
                  endTimeUnixNano: `${Date.now()}000000`,
                  attributes: [
                    attribute('langfuse.observation.input', JSON.stringify([{ url: dataUri }])),
                    attribute(
                      'langfuse.observation.output',
                      JSON.stringify({
                        source: { type: 'base64', media_type: 'image/png', data: png.toString('base64') },
                      }),
                    ),
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
    expect(response.status).toBe(200);
    await api.settle();
  }
  const traceOf = async (project: TestProject, traceId: string) =>
    (await (await api.get(`/api/public/traces/${traceId}`, project)).json()) as {
      input: unknown;
      observations: { id: string; input: unknown; output: unknown }[];
    };

  it('of spans are taken out, kept once, and can be read by the reference', async () => {
    const project = await api.createProject('spans');
    for (const traceId of ['a'.repeat(32), 'b'.repeat(32)]) {
      await ingestSpan(project, traceId);
      const [observation] = (await traceOf(project, traceId)).observations;
      expect(observation).toMatchObject({
        input: [{ url: reference }],
        output: { source: { type: 'base64', media_type: 'image/png', data: reference } },
      });
    }
    const file = await read(idOf(png), project);
    expect(file).toMatchObject({ contentType: 'image/png', contentLength: png.length });
    const download = await api.app.request(file.url);
    expect(Buffer.from(await download.arrayBuffer()).equals(png)).toBe(true);
    const links = await api.relational.db
      .select()
      .from(observationMedia)
      .where(eq(observationMedia.projectId, project.projectId));
    expect(links.map(({ traceId, field }) => `${traceId[0]} ${field}`).sort()).toEqual([
      'a input',
      'a output',
      'b input',
      'b output',
    ]);
  });

  it('of the batch API are taken out, of traces and observations', async () => {
    const project = await api.createProject('events');
    const timestamp = new Date().toISOString();
    const response = await api.send('POST', '/api/public/ingestion', project, {
      batch: [
        {
          id: 'e1',
          type: 'trace-create',
          timestamp,
          body: { id: 't', input: dataUri, metadata: { dataUri } },
        },
        {
          id: 'e2',
          type: 'generation-create',
          timestamp,
          body: { id: 'g', traceId: 't', input: { image: `see ${dataUri}` } },
        },
      ],
    });
    expect(response.status).toBe(207);
    await api.settle();
    const trace = await traceOf(project, 't');
    expect(trace).toMatchObject({
      input: reference,
      metadata: { dataUri: reference },
      observations: [{ id: 'g', input: { image: `see ${reference}` } }],
    });
    await read(idOf(png), project);
    const { db } = api.relational;
    const ofTrace = await db.select().from(traceMedia).where(eq(traceMedia.projectId, project.projectId));
    expect(ofTrace.map(({ field }) => field).sort()).toEqual(['input', 'metadata']);
  });

  it('are deleted with the last trace that shows them', async () => {
    const project = await api.createProject('deleted');
    await ingestSpan(project, 'c'.repeat(32));
    await ingestSpan(project, 'd'.repeat(32));
    const { url } = await read(idOf(png), project);
    await api.send('DELETE', `/api/public/traces/${'c'.repeat(32)}`, project, undefined);
    await read(idOf(png), project);
    await api.send('DELETE', `/api/public/traces/${'d'.repeat(32)}`, project, undefined);
    expect((await api.get(`${path}/${idOf(png)}`, project)).status).toBe(404);
    expect((await api.app.request(url)).status).toBe(404);
    await ingestSpan(project, 'e'.repeat(32));
    await read(idOf(png), project);
    expect((await api.app.request(url)).status).toBe(200);
  });
});

it('answered nothing with an internal error', () => {
  expect(api.internalErrors).toEqual([]);
});

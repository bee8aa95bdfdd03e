import { createHash } from 'node:crypto';
import { LangfuseClient, LangfuseMedia } from '@langfuse/client';
import { LangfuseSpanProcessor } from '@langfuse/otel';
import { startObservation } from '@langfuse/tracing';
import { NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import { type Instance, startInstance, waitFor } from '@tracewell/testkit/instance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Pictures and sounds in traces, by the published JavaScript SDK of today, unmodified. */
let instance: Instance;
let client: LangfuseClient;
let provider: NodeTracerProvider;
let credentials: { baseUrl: string; publicKey: string; secretKey: string };

beforeAll(async () => {
  instance = await startInstance();
  credentials = { baseUrl: instance.url, publicKey: instance.publicKey, secretKey: instance.secretKey };
  client = new LangfuseClient(credentials);
  provider = new NodeTracerProvider({ spanProcessors: [new LangfuseSpanProcessor(credentials)] });
  provider.register();
});
afterAll(async () => {
  await provider?.shutdown();
  await instance?.dispose();
});

const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const dataUri = `data:image/png;base64,${png.toString('base64')}`;
const idOf = (bytes: Uint8Array) =>
  createHash('sha256').update(bytes).digest('base64').replaceAll('+', '-').replaceAll('/', '_').slice(0, 22);

const readObservation = (traceId: string) =>
  waitFor('the observation', async () => {
    const trace = await client.api.trace.get(traceId).catch(() => null);
    return trace?.observations[0];
  });

describe('media of the JavaScript SDK', () => {
  it('uploads what a span holds, and resolves the references that it reads back', async () => {
    const sound = new Uint8Array(5_000).map((_, n) => n % 251);
    const media = new LangfuseMedia({
      source: 'bytes',
      contentBytes: Buffer.from(sound),
      contentType: 'audio/wav',
    });
    const input = { picture: dataUri, sound: media, text: 'What is this?' };
    const span = startObservation('look', { input, metadata: { thumbnail: dataUri } });
    span.end();
    await provider.forceFlush();

    const observation = await readObservation(span.traceId);
    const read = observation.input as { picture: string; sound: string; text: string };
    expect(read.text).toBe('What is this?');
    expect(read.picture).toBe(`@@@langfuseMedia:type=image/png|id=${idOf(png)}|source=base64_data_uri@@@`);

    const file = await waitFor('the upload', () => client.api.media.get(idOf(png)).catch(() => null));
    expect(file).toMatchObject({ contentType: 'image/png', contentLength: png.length });
    const download = await fetch(file.url);
    expect(Buffer.from(await download.arrayBuffer()).equals(png)).toBe(true);
    expect(download.headers.get('x-content-type-options')).toBe('nosniff');

    const resolved = await client.media.resolveReferences({ obj: read, resolveWith: 'base64DataUri' });
    expect(resolved.picture).toBe(dataUri);
    expect(resolved.text).toBe('What is this?');
  });

  it('resolves what the SDK left in the trace, taken out by the server', async () => {
    const plain = new NodeTracerProvider({
      spanProcessors: [new LangfuseSpanProcessor({ ...credentials, mediaUploadEnabled: false })],
    });
    const content = Buffer.from('a file that only the server sees, long enough to be one').toString('base64');
    const span = plain.getTracer('langfuse-sdk').startSpan('look');
    span.setAttribute(
      'langfuse.observation.input',
      JSON.stringify([
        { type: 'input_audio', input_audio: { data: content, format: 'wav' } },
        { type: 'image_url', image_url: { url: `data:image/webp;base64,${content}` } },
      ]),
    );
    span.end();
    await plain.shutdown();

    const observation = await readObservation(span.spanContext().traceId);
    expect(JSON.stringify(observation.input)).not.toContain(content);
    const resolved = await client.media.resolveReferences({
      obj: observation.input,
      resolveWith: 'base64DataUri',
    });
    // One file under one id, whatever it is called: the type is that of whoever told it last.
    const [audio, image] = resolved as unknown as [
      { input_audio: { data: string } },
      { image_url: { url: string } },
    ];
    expect(audio.input_audio.data.split(',')[1]).toBe(content);
    expect(image.image_url.url.split(',')[1]).toBe(content);
  });

  it('keeps the secrets of LLM connections', async () => {
    const saved = await client.api.llmConnections.upsert({
      provider: 'openai',
      adapter: 'openai',
      secretKey: 'sk-secret-of-a-provider-9876',
    });
    expect(saved).toMatchObject({ provider: 'openai', displaySecretKey: '...9876', withDefaultModels: true });
    const { data, meta } = await client.api.llmConnections.list();
    expect(data).toEqual([saved]);
    expect(meta.totalItems).toBe(1);
    await client.api.llmConnections.delete(saved.id);
    expect((await client.api.llmConnections.list()).data).toEqual([]);
  });
});

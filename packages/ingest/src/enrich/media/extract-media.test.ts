import { createHash } from 'node:crypto';
import { createMetadata, emptyTraceAttributes, mediaIdOf, type Observation } from '@tracewell/domain';
import { describe, expect, it } from 'vitest';
import type { StoredEvent } from '../../decode/json-batch';
import { extractMedia, extractMediaOfEvent } from './extract-media';
import { maxMediaPerText } from './found-media';

const bytes = Uint8Array.from({ length: 60 }, (_, n) => (n * 37 + 251) % 256);
const base64 = Buffer.from(bytes).toString('base64');
const sha256Hash = createHash('sha256').update(bytes).digest('base64');
const mediaId = mediaIdOf(sha256Hash);
const referenceTo = (type: string, id = mediaId) =>
  `@@@langfuseMedia:type=${type}|id=${id}|source=base64_data_uri@@@`;

const observation = (changes: Partial<Observation>): Observation => ({
  traceId: 't',
  id: 'o',
  parentObservationId: '',
  isAppRoot: false,
  type: 'SPAN',
  name: '',
  startTime: 0,
  endTime: 0,
  completionStartTime: null,
  level: 'DEFAULT',
  statusMessage: '',
  environment: 'default',
  version: '',
  release: '',
  input: '',
  output: '',
  metadata: createMetadata(),
  trace: emptyTraceAttributes(),
  model: '',
  modelParameters: {},
  promptName: '',
  promptVersion: null,
  providedUsage: {},
  providedCost: {},
  experiment: null,
  instrumentation: {
    serviceName: '',
    serviceVersion: '',
    scopeName: '',
    scopeVersion: '',
    telemetrySdkLanguage: '',
    telemetrySdkName: '',
    telemetrySdkVersion: '',
  },
  ...changes,
});
const inputOf = (input: string) => extractMedia(observation({ input })).observation.input;
const parsedOf = (input: unknown) => JSON.parse(inputOf(JSON.stringify(input))) as unknown;

describe('data URIs', () => {
  const uri = `data:image/png;base64,${base64}`;
  const reference = referenceTo('image/png');

  it.each([
    ['alone', uri, reference],
    ['in prose', `![a picture](${uri}) and more`, `![a picture](${reference}) and more`],
    ['in JSON', JSON.stringify([{ url: uri }]), JSON.stringify([{ url: reference }])],
    [
      'in JSON within JSON',
      JSON.stringify({ body: JSON.stringify({ url: uri }) }),
      JSON.stringify({ body: JSON.stringify({ url: reference }) }),
    ],
    ['twice', `${uri} ${uri}`, `${reference} ${reference}`],
    ['with escaped slashes', `{"url":"${uri.replaceAll('/', '\\/')}"}`, null],
    ['with parameters', uri.replace(';base64', ';name=a.png;charset=x;base64'), reference],
    ['in capitals', uri.replace('image/png', 'IMAGE/PNG'), reference],
    ['short', 'data:text/plain;base64,SGVsbG8=', null],
  ])('%s are replaced, and nothing else', (_, text, expected) => {
    const { observation: after, shown } = extractMedia(observation({ input: text }));
    if (expected !== null) expect(after.input).toBe(expected);
    expect(after.input).not.toContain(';base64,');
    expect(shown).toHaveLength(1);
  });

  it('keeps every other character, digits beyond a double as well', () => {
    const text = `{"n":12345678901234567890, "e":1e400,"u":"${uri}","n":-0}`;
    expect(inputOf(text)).toBe(text.replace(uri, reference));
  });

  it.each([
    'see ;base64, there',
    'data:;base64,AAAA and so on until it is long',
    'data:image/png;base64, that is how it begins',
    `data:no-type;base64,${base64}`,
    `data:image/p|ng;base64,${base64}`,
    `data:image/png,${base64}`,
    `xdata:image/png;utf8,${base64}`,
    'a plain text about data, without any file in it',
  ])('leaves %s', (text) => {
    const { observation: after, shown } = extractMedia(observation({ input: text }));
    expect(after.input).toBe(text);
    expect(shown).toEqual([]);
  });

  it('comes to an end, whatever stands there: quadratic time would be minutes', () => {
    for (const piece of [';base64,', 'data:', 'data:a/b;base64,', 'data"', '"data":"', '{"data":']) {
      // Not compared as a whole: a difference of a megabyte would be printed.
      expect(inputOf(piece.repeat(100_000)).length).toBeGreaterThan(100_000);
    }
  });
});

describe('parts of messages', () => {
  it.each<[string, string, (data: string) => unknown]>([
    [
      'Anthropic',
      'image/png',
      (data) => ({ type: 'image', source: { type: 'base64', media_type: 'image/png', data } }),
    ],
    [
      'OpenAI audio in',
      'audio/mp3',
      (data) => ({ type: 'input_audio', input_audio: { data, format: 'mp3' } }),
    ],
    [
      'OpenAI audio out',
      'audio/wav',
      (data) => ({ role: 'assistant', audio: { id: 'a', data, transcript: 'Hi' } }),
    ],
    ['Gemini', 'image/webp', (data) => ({ inlineData: { mimeType: 'image/webp', data } })],
    ['Gemini in Python', 'image/webp', (data) => ({ inline_data: { mime_type: 'image/webp', data } })],
    ['Vertex', 'video/mp4', (data) => ({ type: 'media', mime_type: 'video/mp4', data })],
    ['Model Context Protocol', 'image/gif', (data) => ({ type: 'image', mimeType: 'image/gif', data })],
    ['AI SDK', 'application/pdf', (data) => ({ type: 'file', mediaType: 'application/pdf', data })],
    [
      'GenAI conventions',
      'image/png',
      (content) => ({ type: 'blob', mime_type: 'image/png', modality: 'image', content }),
    ],
    ['Bedrock', 'image/jpeg', (bytes) => ({ image: { format: 'jpeg', source: { bytes } } })],
    [
      'Bedrock, in another order',
      'application/pdf',
      (bytes) => ({ document: { source: { bytes }, name: 'd', format: 'pdf' } }),
    ],
  ])('%s: the base64 is replaced, what stands beside it stays', (_, type, partOf) => {
    const messages = (data: string) => [
      { role: 'user', content: [{ type: 'text', text: 'Look' }, partOf(data)] },
    ];
    expect(parsedOf(messages(base64))).toEqual(messages(referenceTo(type)));
    // Once more changes nothing.
    expect(parsedOf(messages(referenceTo(type)))).toEqual(messages(referenceTo(type)));
  });

  it('reads base64 in lines and of URLs', () => {
    const urlSafe = base64.replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
    for (const data of [`${base64.slice(0, 40)}\r\n${base64.slice(40)}`, urlSafe]) {
      expect(parsedOf({ mimeType: 'image/png', data })).toEqual({
        mimeType: 'image/png',
        data: referenceTo('image/png'),
      });
    }
  });

  it.each([
    ['text of a document', { type: 'text', media_type: 'text/plain', data: 'x'.repeat(64) }],
    ['data without a type', { data: base64 }],
    ['words', { mimeType: 'text/plain', data: 'these are words, not base64, and many of them' }],
    ['something short', { mimeType: 'image/png', data: 'abcdefgh' }],
    ['an object', { mimeType: 'image/png', data: { a: base64 } }],
    ['a type that is none', { mimeType: 'image|png', data: base64 }],
    ['a URL', { mimeType: 'image/png', data: 'https://example.com/a/long/path/to/an/image.png' }],
  ])('leaves %s', (_, part) => {
    expect(parsedOf([part])).toEqual([part]);
  });

  it('leaves text that only looks like JSON', () => {
    for (const text of [
      `{"mimeType":"image/png","data":"${base64}"`,
      `mimeType: "image/png", "data": "${base64}"`,
    ]) {
      expect(inputOf(text)).toBe(text);
    }
  });
});

describe('records', () => {
  const uri = `data:image/png;base64,${base64}`;

  it('of all texts of a span, with what shows each file', () => {
    const before = observation({
      input: uri,
      output: uri,
      metadata: Object.assign(createMetadata(), { a: uri, b: 'as it was' }),
      trace: {
        ...emptyTraceAttributes(),
        input: uri,
        metadata: Object.assign(createMetadata(), { c: uri }),
      },
    });
    const { observation: after, shown } = extractMedia(before);
    const reference = referenceTo('image/png');
    expect(after).toMatchObject({
      input: reference,
      output: reference,
      metadata: { a: reference, b: 'as it was' },
      trace: { input: reference, output: '', metadata: { c: reference } },
    });
    expect(before.input).toBe(uri);
    expect(shown.map(({ observationId, field }) => [observationId, field])).toEqual([
      ['o', 'input'],
      ['o', 'output'],
      ['o', 'metadata'],
      [null, 'input'],
      [null, 'metadata'],
    ]);
    expect(shown[0]).toMatchObject({ mediaId, sha256Hash, contentType: 'image/png', traceId: 't' });
    expect(Buffer.from(shown[0]!.bytes).equals(Buffer.from(bytes))).toBe(true);
  });

  it('without a file are the same object', () => {
    const plain = observation({ input: 'nothing to see here, and quite a lot of it' });
    expect(extractMedia(plain).observation).toBe(plain);
  });

  it('lose at most so many files', () => {
    const uris = Array.from(
      { length: maxMediaPerText + 5 },
      (_, n) => `data:text/plain;base64,${Buffer.from(`file ${n}`).toString('base64')}`,
    );
    const { observation: after, shown } = extractMedia(observation({ input: uris.join(' ') }));
    expect(shown).toHaveLength(maxMediaPerText);
    expect(after.input.split(';base64,')).toHaveLength(5 + 1);
  });

  it('of the batch API keep their hash and all members', () => {
    const event: StoredEvent = {
      entity: 'observation',
      entityId: 'o',
      eventId: 'e',
      eventType: 'generation-create',
      timestamp: 0,
      body: `{"id":"o", "traceId":"t","input":{"n":1.0,"u":"${uri}"},"name":"${uri}"}`,
      bodyHash: 'h',
    };
    const { event: after, shown } = extractMediaOfEvent(event);
    expect(after).toEqual({
      ...event,
      body: `{"id":"o","traceId":"t","input":{"n":1.0,"u":"${referenceTo('image/png')}"},"name":"${uri}"}`,
    });
    expect(shown).toMatchObject([{ traceId: 't', observationId: 'o', field: 'input' }]);
    expect(extractMediaOfEvent(after).shown).toEqual([]);
    const ofTrace = extractMediaOfEvent({ ...event, entity: 'trace', entityId: 'own' });
    expect(ofTrace.shown).toMatchObject([{ traceId: 'own', observationId: null }]);
    expect(extractMediaOfEvent({ ...event, entity: 'score' }).event.body).toBe(event.body);
  });
});

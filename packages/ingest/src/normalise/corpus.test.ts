import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { encodeOtlpProtobuf, type OtlpJson } from '@tracewell/testkit/otlp-encode';
import { describe, expect, it } from 'vitest';
import { decodeOtlpJson } from '../decode/otlp-json';
import { decodeOtlpProtobuf } from '../decode/otlp-protobuf';
import { inspectProtobuf } from '../receive/otlp-protobuf';
import { normaliseSpan } from './normalise';

/**
 * Exports as instrumentations send them, one folder a dialect, each beside the observations it must become. A
 * golden file is read by a person before it is kept: UPDATE_GOLDEN=1 writes what the code does, right or wrong.
 */
const corpus = join(import.meta.dirname, 'corpus');
const updates = process.env.UPDATE_GOLDEN === '1';

const cases = readdirSync(corpus, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .flatMap(({ name: dialect }) =>
    readdirSync(join(corpus, dialect))
      .filter((file) => file.endsWith('.json') && !file.endsWith('.golden.json'))
      .map((file) => ({ dialect, file })),
  );

describe.each(cases)('$dialect/$file', ({ dialect, file }) => {
  const text = readFileSync(join(corpus, dialect, file));
  const { spans, rejected } = decodeOtlpJson(text);

  it('becomes the observations of its golden file', () => {
    expect(rejected).toEqual([]);
    const observations = JSON.parse(JSON.stringify(spans.map(normaliseSpan)));
    const golden = join(corpus, dialect, file.replace(/\.json$/, '.golden.json'));
    if (updates) writeFileSync(golden, `${JSON.stringify(observations, null, 2)}\n`);
    expect(observations).toEqual(JSON.parse(readFileSync(golden, 'utf8')));
  });

  it('says the same as protobuf', () => {
    const bytes = encodeOtlpProtobuf(JSON.parse(text.toString('utf8')) as OtlpJson);
    expect(inspectProtobuf(bytes)).toEqual({ accepted: spans.length, rejected: [] });
    expect(decodeOtlpProtobuf(bytes)).toEqual({ spans, positions: spans.map((_, n) => n), rejected: [] });
  });
});

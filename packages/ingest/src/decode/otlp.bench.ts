/**
 * What a span costs on its way to an observation. Run from the root: `npx tsx packages/ingest/src/decode/otlp.bench.ts`.
 * The budget per 10,000 spans of 4 KB is 0.1 s for the door, 0.3 s to decode, 0.6 s to normalise.
 */
import { encodeOtlpProtobuf, type KeyValue, type OtlpJson } from '@tracewell/testkit/otlp-encode';
import { normaliseSpan } from '../normalise/normalise';
import { inspectJson } from '../receive/otlp-json';
import { inspectProtobuf } from '../receive/otlp-protobuf';
import { decodeOtlpJson } from './otlp-json';
import { decodeOtlpProtobuf } from './otlp-protobuf';

const spansPerRequest = 100;
const requests = 100;
const rounds = 5;

const text = (key: string, stringValue: string): KeyValue => ({ key, value: { stringValue } });
const int = (key: string, intValue: number): KeyValue => ({ key, value: { intValue } });
const message = (role: string, content: string) =>
  JSON.stringify([{ role, parts: [{ type: 'text', content }] }]);

const request: OtlpJson = {
  resourceSpans: [
    {
      resource: { attributes: [text('service.name', 'bench'), text('service.version', '1.0.0')] },
      scopeSpans: [
        {
          scope: { name: 'opentelemetry.instrumentation.openai_v2', version: '2.1b0' },
          spans: Array.from({ length: spansPerRequest }, (_, index) => ({
            traceId: (index + 1).toString(16).padStart(32, '0'),
            spanId: (index + 1).toString(16).padStart(16, '0'),
            parentSpanId: '00f067aa0ba902b7',
            name: 'chat gpt-4o',
            kind: 3,
            startTimeUnixNano: '1767312000123456789',
            endTimeUnixNano: '1767312001123456789',
            attributes: [
              text('gen_ai.operation.name', 'chat'),
              text('gen_ai.provider.name', 'openai'),
              text('gen_ai.request.model', 'gpt-4o'),
              text('gen_ai.response.model', 'gpt-4o-2024-08-06'),
              { key: 'gen_ai.request.temperature', value: { doubleValue: 0.7 } },
              int('gen_ai.request.max_tokens', 512),
              int('gen_ai.usage.input_tokens', 812),
              int('gen_ai.usage.cache_read.input_tokens', 512),
              int('gen_ai.usage.output_tokens', 98),
              {
                key: 'gen_ai.response.finish_reasons',
                value: { arrayValue: { values: [{ stringValue: 'stop' }] } },
              },
              text('gen_ai.response.id', `chatcmpl-${index}`),
              text('session.id', `session-${index % 7}`),
              text('user.id', `user-${index % 5}`),
              text('server.address', 'api.openai.com'),
              int('server.port', 443),
              text(
                'gen_ai.input.messages',
                message('user', 'Look at the report, then at the invoice. '.repeat(60)),
              ),
              text(
                'gen_ai.output.messages',
                message('assistant', 'The report names three invoices. '.repeat(22)),
              ),
            ],
            status: {},
          })),
        },
      ],
    },
  ],
};
const protobuf = encodeOtlpProtobuf(request);
const json = Buffer.from(JSON.stringify(request));
const { spans } = decodeOtlpProtobuf(protobuf);
console.log(`${Math.round(protobuf.length / spansPerRequest)} bytes a span`);

/** The best of the rounds, as the machine may be busy otherwise. */
function measure(name: string, run: () => unknown): void {
  let best = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const before = process.cpuUsage();
    for (let at = 0; at < requests; at++) run();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1e6);
  }
  console.log(`${name}: ${best.toFixed(3)} CPU-s per ${spansPerRequest * requests} spans`);
}

measure('inspect protobuf', () => inspectProtobuf(protobuf));
measure('inspect JSON', () => inspectJson(json));
measure('decode protobuf', () => decodeOtlpProtobuf(protobuf));
measure('decode JSON', () => decodeOtlpJson(json));
measure('normalise', () => spans.map(normaliseSpan));

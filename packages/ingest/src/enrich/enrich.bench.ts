/**
 * What enrichment costs. Run from the root: `npx tsx packages/ingest/src/enrich/enrich.bench.ts`.
 * The budget is 0.1 s per 10,000 spans of 4 KB, half of them generations with model and usage.
 */
import { createMetadata, emptyTraceAttributes, type Observation } from '@tracewell/domain';
import { loadBuiltInPrices } from './built-in-prices';
import { encodingOf } from './encodings';
import { enrichObservation } from './enrich';
import type { PriceSnapshot } from './model-match';
import { TokenCounter } from './token-counter';

const spans = 10_000;
const rounds = 7;

const prose = 'She said "we should look at the report first", and so they did; 14 pages, then lunch. ';
const chat = JSON.stringify([
  { role: 'system', content: prose.repeat(8) },
  { role: 'user', content: prose.repeat(14) },
]);
const reply = JSON.stringify({ role: 'assistant', content: prose.repeat(18) });
const attributes = JSON.stringify({ 'http.route': '/chat', 'thread.id': 7, 'code.function': 'answer' });

function createSpan(index: number, fields: Partial<Observation>): Observation {
  const metadata = createMetadata();
  metadata.attributes = attributes;
  metadata.resourceAttributes = '{"service.name":"bench"}';
  return {
    traceId: '0af7651916cd43dd8448eb211c80319c',
    id: index.toString(16).padStart(16, '0'),
    parentObservationId: '',
    isAppRoot: false,
    type: 'SPAN',
    name: 'step',
    startTime: 1_768_478_400_000_000 + index,
    endTime: 1_768_478_400_500_000 + index,
    completionStartTime: null,
    level: 'DEFAULT',
    statusMessage: '',
    environment: 'default',
    version: '',
    release: '',
    input: `${chat.slice(0, -1)} ]`, // a text of its own, as it comes off the wire
    output: `${reply.slice(0, -1)} }`,
    metadata,
    trace: emptyTraceAttributes(),
    model: '',
    modelParameters: {},
    promptName: '',
    promptVersion: null,
    providedUsage: {},
    providedCost: {},
    experiment: null,
    instrumentation: {
      serviceName: 'bench',
      serviceVersion: '',
      scopeName: 'bench',
      scopeVersion: '',
      telemetrySdkLanguage: 'python',
      telemetrySdkName: 'opentelemetry',
      telemetrySdkVersion: '1.30.0',
    },
    ...fields,
  };
}

const models = [
  'gpt-4o',
  'claude-sonnet-4-5-20250929',
  'gemini-2.5-pro',
  'eu.anthropic.claude-3-haiku-20240307-v1:0',
];
const usage = () => ({ input: 812, output: 455, input_cached_tokens: 128, total: 1_395 });

const workloads: Record<string, (index: number) => Observation> = {
  'half generations with usage (the budget)': (index) =>
    createSpan(
      index,
      index % 2 === 0
        ? { type: 'GENERATION', model: models[(index / 2) % models.length] ?? '', providedUsage: usage() }
        : {},
    ),
  'plain spans only': (index) => createSpan(index, {}),
  'all generations, a tool offered and called by each': (index) =>
    createSpan(index, {
      type: 'GENERATION',
      model: 'gpt-4o',
      providedUsage: usage(),
      input: `{"messages":${chat},"tools":[{"type":"function","function":{"name":"now","parameters":{}}}]}`,
      output: '{"role":"assistant","tool_calls":[{"id":"c","function":{"name":"now","arguments":"{}"}}]}',
    }),
  'a name no list knows, another on every span': (index) =>
    createSpan(index, { type: 'GENERATION', model: `mine-${index}`, providedUsage: usage() }),
};

function measure(run: () => void): number {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    run();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)] ?? 0;
}

const loadStart = performance.now();
const snapshot: PriceSnapshot = { definitionsOf: () => none, builtIn: await loadBuiltInPrices() };
const none: [] = [];
console.log(`built-in prices loaded in ${(performance.now() - loadStart).toFixed(0)} ms`);

const [first] = Object.values(workloads);
const sample = first?.(0);
console.log(`a span is ${sample === undefined ? 0 : JSON.stringify(sample).length} characters`);
for (const [name, create] of Object.entries(workloads)) {
  const batch = Array.from({ length: spans }, (_, index) => create(index));
  let cost = 0;
  const median = measure(() => {
    for (const observation of batch) cost += enrichObservation(observation, snapshot, 'p').cost.total ?? 0;
  });
  console.log(`${name}: ${median.toFixed(1)} ms per ${spans} spans (${cost > 0 ? 'priced' : 'not priced'})`);
}

const random = (size: number, next: () => number) =>
  Array.from({ length: size }, () => String.fromCodePoint(Math.floor(next()))).join('');
const texts: Record<string, string> = {
  '4 KB of prose': prose.repeat(47),
  '1 MB of prose': prose.repeat(12_000),
  '1 MB of a': 'a'.repeat(1_000_000),
  '1 MB of random letters': random(1_000_000, () => 97 + Math.random() * 26),
  '1 MB of random ideographs': random(1_000_000, () => 0x4e00 + Math.random() * 20_000),
  '1 MB of random emoji': random(500_000, () => 0x1f300 + Math.random() * 500),
  '1 MB of spaces': ' '.repeat(1_000_000),
  '1 MB of random marks': random(1_000_000, () => 33 + Math.random() * 14),
};
for (const name of ['cl100k_base', 'o200k_base'] as const) {
  const memory = process.memoryUsage().rss;
  const start = performance.now();
  const encoding = encodingOf(name);
  encoding.countTokens('warm');
  const megabytes = (process.memoryUsage().rss - memory) / 1e6;
  console.log(`${name}: loaded in ${(performance.now() - start).toFixed(0)} ms, ${megabytes.toFixed(0)} MB`);
  for (const [label, text] of Object.entries(texts)) {
    let tokens = 0;
    const at = performance.now();
    tokens = new TokenCounter(encoding).count(text);
    console.log(`  ${label}: ${(performance.now() - at).toFixed(1)} ms, ${tokens} tokens`);
  }
}

import { waitFor } from '@tracewell/testkit/instance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findPythonClient } from './python-client';
import {
  anthropicCost,
  anthropicUsage,
  type Bench,
  openAiCost,
  openAiUsage,
  startBench,
} from './python-instrumented';

/** LiteLLM's two callbacks for Langfuse: through its SDK, and as OpenTelemetry spans. */
const environment = 'litellm';
const { isMissing } = findPythonClient(environment);
/** Else it asks the network for prices before anything else. */
const env = { LITELLM_LOCAL_MODEL_COST_MAP: 'True' };
const calls = ['chat', 'streamed', 'tool', 'failed'];

describe.skipIf(isMissing)(`LiteLLM${isMissing ? ' (left out: not installed)' : ''}`, () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench(environment);
  });
  afterAll(() => bench?.dispose());

  async function expectCall(
    trace: Awaited<ReturnType<Bench['readTrace']>>,
    name: string,
    usage: Record<'openai' | 'anthropic', object>,
  ) {
    const protocol = name.startsWith('openai') ? 'openai' : 'anthropic';
    const generation = trace.observations.find(({ type }) => type === 'GENERATION')!;
    const fails = name.endsWith('failed');
    expect(trace, name).toMatchObject({ name, userId: 'ada' });
    expect(generation, name).toMatchObject({
      name: `ask ${name}`,
      model: fails ? 'broken' : protocol === 'openai' ? 'gpt-4o' : 'claude-sonnet-4-5',
      level: fails ? 'ERROR' : 'DEFAULT',
      usageDetails: fails ? {} : usage[protocol],
      modelParameters: { max_tokens: 100 },
    });
    expect(JSON.stringify(generation.input)).toContain('Where is Rome?');
    const answer = JSON.stringify(generation.output).replaceAll('\\', '');
    if (fails) expect(generation.statusMessage).toContain('The model `broken` is out of order.');
    else if (name.endsWith('tool')) expect(answer).toMatch(/weather.*Paris|Paris.*weather/);
    else expect(answer).toContain('You said: Where is Rome?');
    const cost = protocol === 'openai' ? openAiCost : anthropicCost;
    expect(trace.totalCost, name).toBeCloseTo(fails ? 0 : cost, 10);
  }

  it('writes through the SDK with its callback langfuse', async () => {
    const ids = await bench.run<Record<string, string>>('litellm_langfuse.py', { env });
    for (const protocol of ['openai', 'anthropic']) {
      for (const call of calls) {
        const name = `${protocol} ${call}`;
        const trace = await bench.readTrace(ids[name]!, 1);
        // These are its own numbers: they leave out thoughts, and count what goes to the cache as input, too.
        await expectCall(trace, name, {
          openai: { input: 16, cache_read_input_tokens: 4, output: 10, total: 30 },
          anthropic: {
            input: 18,
            cache_read_input_tokens: 4,
            cache_creation_input_tokens: 2,
            output: 10,
            total: 32,
          },
        });
        expect(trace).toMatchObject({ sessionId: 's-litellm', tags: ['b', 'a'], metadata: { shop: '7' } });
      }
    }
    const embedding = await bench.readTrace(ids['openai embedding']!, 1);
    expect(embedding.totalCost).toBeCloseTo((20 * 0.02) / 1e6, 12);
  }, 180_000);

  it('exports spans with its callback langfuse_otel', async () => {
    const names = await bench.run<string[]>('litellm_otel.py', {
      env: { ...env, LANGFUSE_OTEL_HOST: bench.instance.url },
      // It looks for its own proxy first.
      foreign: /^.*Proxy Server is not installed\. Skipping OpenTelemetry initialization\.$/gm,
    });
    expect(names).toContain('openai embedding');
    for (const protocol of ['openai', 'anthropic']) {
      for (const call of calls) {
        const name = `${protocol} ${call}`;
        const id = await waitFor(`the trace ${name}`, async () => {
          const query = new URLSearchParams({ sessionId: name });
          const response = await bench.instance.fetch(`/api/public/traces?${query}`);
          const { data } = (await response.json()) as { data: { id: string }[] };
          return data[0]?.id;
        });
        // A second span holds the raw answer of the provider.
        const trace = await bench.readTrace(id, call === 'failed' ? 1 : 2);
        await expectCall(trace, name, { openai: openAiUsage, anthropic: anthropicUsage });
      }
    }
  }, 180_000);
});

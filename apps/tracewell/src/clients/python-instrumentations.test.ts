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
import { findObservation, outlineOf } from './reading';

/**
 * Instrumentations of other houses on plain OpenTelemetry: what an application asks of both protocols (plain, streamed,
 * with tools, failing), and what of it is shown.
 */
const environment = 'instrumentations';
const { isMissing } = findPythonClient(environment);
/** Anthropic's client writes spans of its own beside those of an instrumentation; one of the two is turned off. */
const withoutOwnSpans = { ANTHROPIC_OPEN_TELEMETRY: 'false' };
/** Of a model's age, printed where the call is in the program itself. */
const modelIsOld = /^.*DeprecationWarning: The model [\s\S]*$/;

type TraceIds = Record<string, string>;
const textOf = (value: unknown) => JSON.stringify(value);
const openAiCalls = ['chat', 'streamed', 'tool', 'streamed tool', 'async', 'failed'] as const;
const anthropicCalls = ['chat', 'streamed', 'stream manager', 'tool', 'streamed tool', 'async'] as const;

describe.skipIf(isMissing)(`Python instrumentations${isMissing ? ' (left out: not installed)' : ''}`, () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench(environment);
  });
  afterAll(() => bench?.dispose());

  /** Of each call: what was asked and answered, what it cost, and no more than that once. */
  async function expectCalls(
    ids: TraceIds,
    calls: readonly string[],
    expected: { name: string; model: string; usage: object | null; cost: number; contents?: boolean },
  ) {
    for (const call of calls) {
      const count = call === 'tool' ? 2 : 1;
      const trace = await bench.readTrace(ids[call]!, 1 + count);
      const generations = trace.observations.filter(({ type }) => type === 'GENERATION');
      expect(generations.length, call).toBe(count);
      for (const generation of generations) {
        const fails = call === 'failed';
        expect(generation, call).toMatchObject({
          name: expected.name.replace('MODEL', fails ? 'broken' : expected.model),
          level: fails ? 'ERROR' : 'DEFAULT',
          model: fails ? 'broken' : expected.model,
          ...(expected.usage && { usageDetails: fails ? {} : expected.usage }),
        });
        expect(trace.observations.find(({ id }) => id === generation.parentObservationId)?.name).toBe(call);
        expect(textOf(generation.input)).toContain('Where is Rome?');
        if (fails) expect(generation.statusMessage).toContain('The model `broken` is out of order.');
      }
      const answers = generations.map(({ output }) => textOf(output)).join();
      if (call === 'failed') expect(answers).toBe('null');
      else if (expected.contents !== false) {
        if (!call.includes('tool')) expect(answers, call).toContain('You said: Where is Rome?');
        else expect(answers.replaceAll('\\', ''), call).toMatch(/weather.*Paris|Paris.*weather/);
      }
      expect(trace.totalCost, call).toBeCloseTo(call === 'failed' ? 0 : count * expected.cost, 10);
    }
  }

  const gpt = { model: 'gpt-4o', usage: openAiUsage, cost: openAiCost };
  const claude = { model: 'claude-sonnet-4-5', usage: anthropicUsage, cost: anthropicCost };

  it('shows what OpenInference sees of OpenAI and Anthropic, and for whom it was', async () => {
    const { openai, anthropic } = await bench.run<Record<'openai' | 'anthropic', TraceIds>>(
      'instr_openinference.py',
      { env: withoutOwnSpans },
    );
    await expectCalls(openai, openAiCalls, { name: 'ChatCompletion', ...gpt });
    await expectCalls(anthropic, ['chat', 'streamed', 'tool', 'streamed tool', 'async', 'failed'], {
      name: 'messages.create',
      ...claude,
    });
    await expectCalls(anthropic, ['stream manager'], { name: 'messages.stream', ...claude });
    const chat = await bench.readTrace(openai.chat!, 2);
    expect(chat).toMatchObject({ userId: 'ada', sessionId: 's-openinference', tags: ['b', 'a'] });
    expect(findObservation(chat, 'ChatCompletion')).toMatchObject({
      metadata: { shop: '7' },
      modelParameters: { temperature: 0.5, max_completion_tokens: 100, seed: 7 },
    });
    const response = await bench.readTrace(openai.response!, 2);
    expect(outlineOf(response)).toEqual(['response SPAN', '  Response GENERATION']);
    expect(response.totalCost).toBeCloseTo(openAiCost, 10);
    const embedding = await bench.readTrace(openai.embedding!, 2);
    expect(outlineOf(embedding)).toEqual(['embedding SPAN', '  CreateEmbeddings EMBEDDING']);
    expect(embedding.totalCost).toBeCloseTo((20 * 0.02) / 1e6, 12);
  }, 180_000);

  it('shows what OpenLLMetry sees of OpenAI and Anthropic', async () => {
    const { openai, anthropic } = await bench.run<Record<'openai' | 'anthropic', TraceIds>>(
      'instr_traceloop.py',
      { env: withoutOwnSpans },
    );
    await expectCalls(openai, ['chat', 'tool', 'async', 'failed'], { name: 'openai.chat', ...gpt });
    // Of a streamed answer it does not report the thoughts by themselves.
    const streamed = { ...gpt, usage: { input: 16, input_cached_tokens: 4, output: 10, total: 30 } };
    await expectCalls(openai, ['streamed', 'streamed tool'], { name: 'openai.chat', ...streamed });
    await expectCalls(anthropic, ['chat', 'tool', 'async', 'failed'], { name: 'anthropic.chat', ...claude });
    // It adds the token that the beginning of a stream already counts.
    const oneMore = {
      ...claude,
      usage: { ...anthropicUsage, output: 11, total: 33 },
      cost: anthropicCost + 15 / 1e6,
    };
    await expectCalls(anthropic, ['streamed', 'stream manager', 'streamed tool'], {
      name: 'anthropic.chat',
      ...oneMore,
    });
    const response = await bench.readTrace(openai.response!, 2);
    expect(response.totalCost).toBeCloseTo(openAiCost, 10);
  }, 180_000);

  it('shows what the instrumentation of OpenTelemetry itself sees of OpenAI', async () => {
    const { openai } = await bench.run<{ openai: TraceIds }>('instr_openai_v2.py', {
      env: {
        OTEL_SEMCONV_STABILITY_OPT_IN: 'gen_ai_latest_experimental',
        OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: 'SPAN_ONLY',
      },
    });
    // It reports neither cached tokens nor thoughts, so all cost the full price.
    await expectCalls(openai, openAiCalls, {
      name: 'chat MODEL',
      model: 'gpt-4o',
      usage: { input: 20, output: 10, total: 30 },
      cost: (20 * 2.5 + 10 * 10) / 1e6,
    });
  }, 180_000);

  it('shows what the client of Anthropic says of itself', async () => {
    const { anthropic } = await bench.run<{ anthropic: TraceIds }>('instr_anthropic_sdk.py', {
      env: { ANTHROPIC_OPEN_TELEMETRY_TRACES_CONTENT_MODE: 'content' },
      foreign: modelIsOld,
    });
    const expected = { name: 'anthropic.messages.create', ...claude };
    await expectCalls(anthropic, ['chat', 'stream manager', 'tool', 'async'], expected);
    // Of a stream that the program reads event by event it keeps no answer.
    await expectCalls(anthropic, ['streamed', 'streamed tool'], { ...expected, contents: false });
    const streamed = await bench.readTrace(anthropic.streamed!, 2);
    expect(streamed.observations.some(({ completionStartTime }) => completionStartTime)).toBe(true);
    const failed = await bench.readTrace(anthropic.failed!, 2);
    expect(failed.observations.find(({ type }) => type === 'GENERATION')).toMatchObject({
      level: 'ERROR',
      statusMessage: 'invalid_request_error',
    });
    expect(anthropicCalls.every((call) => anthropic[call])).toBe(true);
  }, 180_000);
});

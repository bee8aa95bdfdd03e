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

/** Agents with a tool: the run, its calls of the model and of the tool, each shown and counted once. */
const environment = 'instrumentations';
const { isMissing } = findPythonClient(environment);

type TraceIds = Record<string, string>;

describe.skipIf(isMissing)(`Python agents${isMissing ? ' (left out: not installed)' : ''}`, () => {
  let bench: Bench;
  beforeAll(async () => {
    bench = await startBench(environment);
  });
  afterAll(() => bench?.dispose());

  it('shows Pydantic AI on either protocol', async () => {
    const answers = await bench.run<Record<'openai' | 'responses' | 'anthropic' | 'broken', TraceIds>>(
      'instr_pydantic_ai.py',
      // Anthropic's client writes spans of its own beside those of the agent.
      { env: { ANTHROPIC_OPEN_TELEMETRY: 'false' } },
    );
    const models = {
      openai: { model: 'gpt-4o', usage: openAiUsage, cost: openAiCost },
      responses: { model: 'gpt-4o', usage: openAiUsage, cost: openAiCost },
      anthropic: { model: 'claude-sonnet-4-5', usage: anthropicUsage, cost: anthropicCost },
    };
    for (const [protocol, { model, usage, cost }] of Object.entries(models)) {
      const ids = answers[protocol as keyof typeof models];
      for (const call of ['run', 'streamed']) {
        const trace = await bench.readTrace(ids[call]!, 5);
        expect(outlineOf(trace)).toEqual([
          `${call} SPAN`,
          '  forecaster run AGENT',
          `    chat ${model} GENERATION`,
          `    chat ${model} GENERATION`,
          '    weather TOOL',
        ]);
        expect(trace.totalCost).toBeCloseTo(2 * cost, 10);
        expect(trace.sessionId).toBeTruthy();
        expect(findObservation(trace, 'forecaster run')).toMatchObject({
          output: 'You said: Where is Rome?',
          usageDetails: {},
        });
        expect(findObservation(trace, 'weather')).toMatchObject({
          input: { city: 'Paris' },
          output: { city: 'Paris', sky: 'clear' },
        });
        const asking = findObservation(trace, `chat ${model}`);
        expect(asking).toMatchObject({
          usageDetails: usage,
          modelParameters: { max_tokens: 100 },
          input: { tools: [{ name: 'weather' }] },
          output: [{ role: 'assistant', parts: [{ type: 'tool_call', name: 'weather' }] }],
        });
        expect(Boolean(asking.completionStartTime)).toBe(call === 'streamed');
        expect(findObservation(trace, `chat ${model}`, 1).output).toMatchObject([
          { role: 'assistant', parts: [{ type: 'text', content: 'You said: Where is Rome?' }] },
        ]);
      }
      const failing = await bench.readTrace(ids['failed tool']!, 4);
      for (const name of ['forecaster run', 'weather']) {
        expect(findObservation(failing, name)).toMatchObject({
          level: 'ERROR',
          statusMessage: 'ValueError: no weather today',
        });
      }
    }
    for (const id of Object.values(answers.broken)) {
      expect(findObservation(await bench.readTrace(id, 3), 'chat broken')).toMatchObject({
        level: 'ERROR',
        model: 'broken',
        statusMessage: expect.stringContaining('The model `broken` is out of order.'),
      });
    }
  }, 180_000);

  it('shows smolagents through OpenInference', async () => {
    const { smolagents } = await bench.run<{ smolagents: TraceIds }>('instr_smolagents.py');
    const trace = await bench.readTrace(smolagents.run!, 5);
    expect(outlineOf(trace)).toEqual([
      'run SPAN',
      '  ToolCallingAgent.run AGENT',
      '    Step 1 CHAIN',
      '      final_answer TOOL',
      '      OpenAIModel.generate GENERATION',
    ]);
    // It reports neither cached tokens nor thoughts.
    expect(trace.totalCost).toBeCloseTo((20 * 2.5 + 10 * 10) / 1e6, 10);
    expect(findObservation(trace, 'ToolCallingAgent.run')).toMatchObject({
      input: 'Where is Rome?',
      output: 'Paris',
      usageDetails: {},
    });
    expect(findObservation(trace, 'final_answer')).toMatchObject({
      input: { answer: 'Paris' },
      output: 'Paris',
    });
    expect(findObservation(trace, 'OpenAIModel.generate')).toMatchObject({
      model: 'gpt-4o',
      usageDetails: { input: 20, output: 10, total: 30 },
      output: [
        {
          message: { role: 'assistant', tool_calls: [{ tool_call: { function: { name: 'final_answer' } } }] },
        },
      ],
    });
  }, 180_000);
});

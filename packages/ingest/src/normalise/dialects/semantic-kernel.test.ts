import { describe, expect, it } from 'vitest';
import { makeSpan } from '../make-span';
import { normaliseSpan } from '../normalise';

describe('semantic-kernel', () => {
  it('reads a model call of Python before 1.3: counts in the response, content in two events', () => {
    const observation = normaliseSpan(
      makeSpan({
        scope: 'semantic_kernel.utils.telemetry.model_diagnostics.decorators',
        name: 'chat.completions gpt-4o',
        attributes: {
          'gen_ai.operation.name': 'chat.completions',
          'gen_ai.request.model': 'gpt-4o',
          'gen_ai.request.temperature': 0.7,
          'gen_ai.response.prompt_tokens': 31,
          'gen_ai.response.completion_tokens': 9,
        },
        events: [
          {
            name: 'gen_ai.content.prompt',
            attributes: { 'gen_ai.prompt': '[{"role":"user","content":"Hi"}]' },
          },
          {
            name: 'gen_ai.content.completion',
            attributes: { 'gen_ai.completion': '[{"role":"assistant","content":"Hello"}]' },
          },
        ],
      }),
    );
    expect(observation).toMatchObject({
      type: 'GENERATION',
      model: 'gpt-4o',
      modelParameters: { temperature: 0.7 },
      input: '[{"role":"user","content":"Hi"}]',
      output: '[{"role":"assistant","content":"Hello"}]',
      providedUsage: { input: 31, output: 9, total: 40 },
    });
  });

  it('reads the message events of .NET as the messages they hold', () => {
    const event = (name: string, body: object) => ({
      name,
      attributes: { 'gen_ai.system': 'openai', 'gen_ai.event.content': JSON.stringify(body) },
    });
    const toolCalls = [{ id: 'c1', type: 'function', function: { name: 'Weather-Get', arguments: '{}' } }];
    const observation = normaliseSpan(
      makeSpan({
        scope: 'Microsoft.SemanticKernel.Diagnostics',
        attributes: {
          'gen_ai.operation.name': 'chat.completions',
          'gen_ai.usage.input_tokens': 80,
          'gen_ai.usage.output_tokens': 14,
        },
        events: [
          event('gen_ai.user.message', { content: 'Weather?' }),
          event('gen_ai.choice', {
            index: 0,
            message: { role: 'assistant', content: null, tool_calls: toolCalls },
          }),
        ],
      }),
    );
    expect(JSON.parse(observation.input)).toEqual([{ role: 'user', content: 'Weather?' }]);
    expect(JSON.parse(observation.output)).toEqual({
      role: 'assistant',
      content: null,
      tool_calls: toolCalls,
    });
    expect(observation.providedUsage).toEqual({ input: 80, output: 14, total: 94 });
  });

  it('reads what an agent was asked and said', () => {
    const observation = normaliseSpan(
      makeSpan({
        scope: 'Microsoft.SemanticKernel.Diagnostics',
        attributes: {
          'gen_ai.operation.name': 'invoke_agent',
          'gen_ai.agent.invocation_input': '[{"role":"user"}]',
          'gen_ai.agent.invocation_output': '[{"role":"assistant"}]',
        },
      }),
    );
    expect(observation).toMatchObject({
      type: 'AGENT',
      input: '[{"role":"user"}]',
      output: '[{"role":"assistant"}]',
    });
  });

  it.each([
    ['text.completions', 'GENERATION'],
    ['chat.streaming_completions', 'GENERATION'],
    ['execute_tool', 'TOOL'],
  ])('reads operation %s as %s', (operation, type) => {
    const attributes = { 'gen_ai.operation.name': operation };
    expect(normaliseSpan(makeSpan({ scope: 'Microsoft.SemanticKernel', attributes })).type).toBe(type);
  });

  it('knows functions and the loop around them without an operation', () => {
    expect(normaliseSpan(makeSpan({ scope: 'semantic_kernel.functions.kernel_function' })).type).toBe('TOOL');
    const loop = makeSpan({
      name: 'AutoFunctionInvocationLoop',
      attributes: { 'sk.available_functions': 'a' },
    });
    expect(normaliseSpan(loop).type).toBe('CHAIN');
  });
});

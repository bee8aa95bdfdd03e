import { describe, expect, it } from 'vitest';
import { makeSpan } from '../make-span';
import { normaliseSpan } from '../normalise';

const component = (type: string, output: unknown = {}, input: unknown = {}) =>
  normaliseSpan(
    makeSpan({
      name: 'haystack.component.run',
      attributes: {
        'haystack.component.name': 'it',
        'haystack.component.type': type,
        'haystack.component.input': JSON.stringify(input),
        'haystack.component.output': JSON.stringify(output),
      },
    }),
  );

describe('haystack', () => {
  it.each([
    ['OpenAIChatGenerator', 'GENERATION'],
    ['HuggingFaceLocalGenerator', 'GENERATION'],
    ['OpenAIDocumentEmbedder', 'EMBEDDING'],
    ['InMemoryBM25Retriever', 'RETRIEVER'],
    ['TransformersSimilarityRanker', 'RETRIEVER'],
    ['FaithfulnessEvaluator', 'EVALUATOR'],
    ['ToolInvoker', 'TOOL'],
    ['Agent', 'AGENT'],
    ['PromptBuilder', 'SPAN'],
  ])('reads a %s as %s', (type, expected) => {
    expect(component(type)).toMatchObject({ type: expected, name: 'it' });
  });

  it.each([
    [
      'meta',
      {
        replies: [
          {
            meta: {
              model: 'gpt-4o-mini',
              usage: { prompt_tokens: 60, completion_tokens: 4, total_tokens: 64 },
            },
          },
        ],
      },
    ],
    [
      '_meta',
      {
        replies: [
          {
            _meta: {
              model: 'gpt-4o-mini',
              usage: { prompt_tokens: 60, completion_tokens: 4, total_tokens: 64 },
            },
          },
        ],
      },
    ],
    [
      'list',
      {
        replies: ['x'],
        meta: [
          { model: 'gpt-4o-mini', usage: { prompt_tokens: 60, completion_tokens: 4, total_tokens: 64 } },
        ],
      },
    ],
  ])('finds model and usage in the replies (%s)', (_form, output) => {
    const call = component('OpenAIChatGenerator', output, { messages: [] });
    expect(call).toMatchObject({
      model: 'gpt-4o-mini',
      input: '{"messages":[]}',
      output: JSON.stringify(output),
      providedUsage: { input: 60, output: 4, total: 64 },
    });
  });

  it('does not count an agent that passes the replies on', () => {
    const output = { replies: [{ meta: { model: 'm', usage: { prompt_tokens: 1, completion_tokens: 1 } } }] };
    expect(component('Agent', output)).toMatchObject({ model: '', providedUsage: {} });
  });

  it('reads pipelines and agents', () => {
    const pipeline = normaliseSpan(
      makeSpan({
        name: 'haystack.async_pipeline.run',
        attributes: { 'haystack.pipeline.input_data': '{"a":1}', 'haystack.pipeline.output_data': '{"b":2}' },
      }),
    );
    expect(pipeline).toMatchObject({ type: 'CHAIN', input: '{"a":1}', output: '{"b":2}' });
    expect(normaliseSpan(makeSpan({ name: 'haystack.agent.run' })).type).toBe('AGENT');
  });
});

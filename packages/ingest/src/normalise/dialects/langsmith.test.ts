import { describe, expect, it } from 'vitest';
import type { Attributes } from '../../decode/span';
import { makeSpan } from '../make-span';
import { normaliseSpan } from '../normalise';

const normalise = (attributes: Attributes, given: Parameters<typeof makeSpan>[0] = {}) =>
  normaliseSpan(makeSpan({ scope: 'langsmith', attributes, ...given }));

describe('langsmith', () => {
  it.each([
    ['llm', 'chat', 'GENERATION'],
    ['retriever', 'embeddings', 'RETRIEVER'],
    ['prompt', 'chat', 'SPAN'],
    ['chain', 'chain', 'CHAIN'],
    ['tool', 'execute_tool', 'TOOL'],
    ['embedding', 'embeddings', 'EMBEDDING'],
    ['parser', 'parser', 'SPAN'],
  ])('takes the run type %s over the operation %s derived from it', (kind, operation, type) => {
    expect(normalise({ 'langsmith.span.kind': kind, 'gen_ai.operation.name': operation }).type).toBe(type);
  });

  it('reads content that came as bytes', () => {
    const base64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64');
    const run = normalise({
      'langsmith.span.kind': 'chain',
      'gen_ai.prompt': base64({ question: 'Grüße?' }),
      'gen_ai.completion': base64({ output: 'Hi' }),
    });
    expect(run).toMatchObject({ input: '{"question":"Grüße?"}', output: '{"output":"Hi"}' });
  });

  it('keeps text that merely looks like base64', () => {
    expect(normalise({ 'langsmith.span.kind': 'tool', 'gen_ai.prompt': 'abcd' }).input).toBe('abcd');
  });

  it('counts the model run and not the chains that return its message', () => {
    const usage_metadata = {
      input_tokens: 900,
      output_tokens: 20,
      total_tokens: 920,
      input_token_details: { cache_read: 512 },
    };
    const counts = {
      'gen_ai.usage.input_tokens': 900,
      'gen_ai.usage.output_tokens': 20,
      'gen_ai.usage.total_tokens': 920,
    };
    const chain = normalise({ 'langsmith.span.kind': 'chain', ...counts });
    expect(chain).toMatchObject({ type: 'CHAIN', providedUsage: {} });
    const completion = JSON.stringify({ generations: [[{ message: { kwargs: { usage_metadata } } }]] });
    const llm = normalise({
      'langsmith.span.kind': 'llm',
      ...counts,
      'langsmith.metadata.ls_model_name': 'gpt-4o-mini',
      'langsmith.metadata.ls_temperature': 0,
      'gen_ai.completion': completion,
    });
    expect(llm).toMatchObject({
      type: 'GENERATION',
      model: 'gpt-4o-mini',
      modelParameters: { temperature: 0 },
      output: completion,
      providedUsage: { input: 388, output: 20, input_cached_tokens: 512, total: 920 },
    });
  });

  it('finds the details in the text of a Python dict when the output was not recorded', () => {
    const llm = normalise({
      'langsmith.span.kind': 'llm',
      'gen_ai.usage.input_tokens': 100,
      'gen_ai.usage.output_tokens': 50,
      'gen_ai.usage.input_token_details': "{'audio': 0, 'cache_read': 80}",
      'gen_ai.usage.output_token_details': "{'reasoning': 30}",
    });
    expect(llm.providedUsage).toEqual({
      input: 20,
      output: 20,
      input_cached_tokens: 80,
      output_reasoning_tokens: 30,
      total: 150,
    });
  });

  it('takes the conversation from the metadata and not from the project called session', () => {
    const run = normalise(
      {
        'langsmith.span.kind': 'chain',
        'langsmith.trace.session_id': 'project-uuid',
        'langsmith.trace.session_name': 'my-project',
        'langsmith.metadata.session_id': 'chat-12',
        'langsmith.metadata.user_id': 'u-9',
        'langsmith.span.tags': 'support, seq:step:1, beta',
      },
      { parentSpanId: '' },
    );
    expect(run.trace).toMatchObject({ sessionId: 'chat-12', userId: 'u-9', tags: ['support', 'beta'] });
    expect(run.metadata.langsmith_project).toBe('my-project');
  });

  it('gives the tags of a run inside to the run and not to the trace', () => {
    const run = normalise({ 'langsmith.span.kind': 'retriever', 'langsmith.span.tags': 'FAISS' });
    expect(run.trace.tags).toEqual([]);
    expect(run.metadata.tags).toBe('["FAISS"]');
  });

  it('hides what LangGraph hides, unless it failed', () => {
    const hidden = { 'langsmith.span.kind': 'chain', 'langsmith.span.tags': 'langsmith:hidden' };
    expect(normalise(hidden).level).toBe('DEBUG');
    expect(normalise(hidden, { statusCode: 2 }).level).toBe('ERROR');
  });
});

import { describe, expect, it } from 'vitest';
import type { Attributes } from '../../decode/span';
import { makeSpan } from '../make-span';
import { normaliseSpan } from '../normalise';

const normalise = (attributes: Attributes, given: Parameters<typeof makeSpan>[0] = {}) =>
  normaliseSpan(makeSpan({ scope: 'openinference.instrumentation.smolagents', attributes, ...given }));

const counts = {
  'llm.token_count.prompt': 4100,
  'llm.token_count.completion': 120,
  'llm.token_count.total': 4220,
};

describe('smolagents', () => {
  it('counts the model call and not the run that sums it', () => {
    const run = normalise({
      'openinference.span.kind': 'AGENT',
      'smolagents.task': 'What is 7 squared?',
      'smolagents.max_steps': 6,
      'input.value': '{"task":"What is 7 squared?"}',
      'output.value': '49',
      'session.id': 's-3',
      ...counts,
    });
    expect(run).toMatchObject({
      type: 'AGENT',
      input: 'What is 7 squared?',
      output: '49',
      providedUsage: {},
      trace: { sessionId: 's-3' },
      metadata: { max_steps: '6' },
    });
    const call = normalise({ 'openinference.span.kind': 'LLM', 'llm.model_name': 'gpt-4o-mini', ...counts });
    expect(call).toMatchObject({
      type: 'GENERATION',
      model: 'gpt-4o-mini',
      providedUsage: { input: 4100, output: 120, total: 4220 },
    });
  });

  it('keeps additional arguments in the input', () => {
    const input = '{"task":"Find it","additional_args":{"doc":"a.pdf"}}';
    const run = normalise({
      'openinference.span.kind': 'AGENT',
      'smolagents.task': 'Find it',
      'smolagents.additional_args': '{"doc":"a.pdf"}',
      'input.value': input,
    });
    expect(JSON.parse(run.input)).toEqual(JSON.parse(input));
  });

  it('warns of a step the agent recovered from', () => {
    const step = normalise(
      { 'openinference.span.kind': 'CHAIN' },
      { statusCode: 1, events: [{ name: 'agent.step_recovery' }] },
    );
    expect(step).toMatchObject({ type: 'CHAIN', level: 'WARNING' });
  });
});

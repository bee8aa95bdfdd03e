import { describe, expect, it } from 'vitest';
import type { Attributes } from '../../decode/span';
import { makeSpan } from '../make-span';
import { normaliseSpan } from '../normalise';

const normalise = (name: string, attributes: Attributes) =>
  normaliseSpan(makeSpan({ scope: '@flue/opentelemetry', name, attributes }));

describe('flue', () => {
  it('reads a turn: cached tokens beside the input, the cost as cost', () => {
    const turn = normalise('chat gpt-4o-mini', {
      'flue.turn.purpose': 'agent',
      'gen_ai.operation.name': 'chat',
      'gen_ai.request.model': 'gpt-4o-mini',
      'flue.turn.input': '{"messages":[]}',
      'flue.turn.output': '{"role":"assistant"}',
      'gen_ai.usage.input_tokens': 2000,
      'gen_ai.usage.output_tokens': 22,
      'gen_ai.usage.cache_read_tokens': 1024,
      'gen_ai.usage.cache_write_tokens': 0,
      'gen_ai.usage.total_tokens': 3046,
      'gen_ai.usage.cost_total': 0.00021,
      'flue.instance_id': 'inst-1',
    });
    expect(turn).toMatchObject({
      type: 'GENERATION',
      model: 'gpt-4o-mini',
      input: '{"messages":[]}',
      output: '{"role":"assistant"}',
      providedCost: { total: 0.00021 },
      trace: { sessionId: 'inst-1' },
    });
    expect(turn.providedUsage).toEqual({ input: 2000, output: 22, input_cached_tokens: 1024, total: 3046 });
  });

  it('does not take everything inside a task for the task', () => {
    const inside = { 'flue.task.id': 'task1' };
    expect(normalise('flue.task reviewer', { ...inside, 'flue.task.agent': 'reviewer' }).type).toBe('AGENT');
    expect(normalise('flue.operation prompt', { ...inside, 'flue.operation.kind': 'prompt' }).type).toBe(
      'CHAIN',
    );
    expect(normalise('flue.tool finish', { ...inside, 'flue.tool.name': 'finish' })).toMatchObject({
      type: 'TOOL',
      name: 'finish',
    });
    expect(normalise('gen_ai.generate', { ...inside, 'flue.turn.purpose': 'agent' }).type).toBe('GENERATION');
  });

  it('reads the content of workflow, task and tool', () => {
    expect(
      normalise('flue.workflow x', {
        'flue.workflow.name': 'x',
        'flue.workflow.payload': '{"a":1}',
        'flue.workflow.result': 'ok',
      }),
    ).toMatchObject({ type: 'CHAIN', input: '{"a":1}', output: 'ok' });
    expect(
      normalise('flue.task', { 'flue.task.prompt': 'Review', 'flue.task.result': 'Fine' }),
    ).toMatchObject({
      type: 'AGENT',
      input: 'Review',
      output: 'Fine',
    });
  });

  it('does not count the sums of operations', () => {
    const operation = normalise('flue.operation prompt', {
      'flue.operation.kind': 'prompt',
      'flue.operation.usage.input_tokens': 9,
    });
    expect(operation.providedUsage).toEqual({});
  });
});

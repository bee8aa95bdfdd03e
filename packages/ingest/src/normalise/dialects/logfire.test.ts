import { describe, expect, it } from 'vitest';
import { makeSpan } from '../make-span';
import { normaliseSpan } from '../normalise';

const request = { model: 'gpt-4o-mini', messages: [{ role: 'user', content: 'Hi' }], temperature: 0.2 };
const chat = (attributes: Record<string, string | number>) =>
  makeSpan({
    scope: 'logfire.openai',
    name: 'Chat Completion with {request_data[model]!r}',
    attributes: {
      'logfire.msg': "Chat Completion with 'gpt-4o-mini'",
      'logfire.span_type': 'span',
      ...attributes,
    },
  });

describe('logfire', () => {
  it('reads request and response of the OpenAI integration, with the cached tokens the attributes lack', () => {
    const observation = normaliseSpan(
      chat({
        request_data: JSON.stringify(request),
        response_data: JSON.stringify({
          message: { role: 'assistant', content: 'Hello' },
          usage: {
            prompt_tokens: 1200,
            completion_tokens: 9,
            total_tokens: 1209,
            prompt_tokens_details: { cached_tokens: 1024 },
          },
        }),
        'gen_ai.request.model': 'gpt-4o-mini',
        'gen_ai.usage.input_tokens': 1200,
        'gen_ai.usage.output_tokens': 9,
        'operation.cost': 0.0002,
      }),
    );
    expect(observation).toMatchObject({
      type: 'GENERATION',
      name: "Chat Completion with 'gpt-4o-mini'",
      model: 'gpt-4o-mini',
      modelParameters: { temperature: 0.2 },
      input: JSON.stringify(request.messages),
      output: JSON.stringify({ role: 'assistant', content: 'Hello' }),
      providedUsage: { input: 176, output: 9, input_cached_tokens: 1024, total: 1209 },
      providedCost: { total: 0.0002 },
    });
  });

  it('leaves content to the conventions where the SDK writes it twice', () => {
    const messages = JSON.stringify([{ role: 'user', parts: [{ type: 'text', content: 'Hi' }] }]);
    const observation = normaliseSpan(
      chat({
        request_data: JSON.stringify(request),
        'gen_ai.operation.name': 'chat',
        'gen_ai.input.messages': messages,
      }),
    );
    expect(observation.input).toBe(messages);
  });

  it('counts a streamed call once, on the log that has its answer', () => {
    const streamed = JSON.stringify({ ...request, stream: true });
    const opening = normaliseSpan(chat({ request_data: streamed, 'gen_ai.request.model': 'gpt-4o-mini' }));
    expect(opening).toMatchObject({ type: 'SPAN', model: '', providedUsage: {} });
    const drained = normaliseSpan(
      chat({
        request_data: streamed,
        'gen_ai.request.model': 'gpt-4o-mini',
        'logfire.span_type': 'log',
        response_data: JSON.stringify({ combined_chunk_content: 'Hello', chunk_count: 3 }),
      }),
    );
    expect(drained).toMatchObject({ type: 'GENERATION', model: 'gpt-4o-mini', output: 'Hello' });
    expect(drained.metadata.response_data).toBe('{"chunk_count":3}');
  });

  const pending = {
    request_data: JSON.stringify(request),
    'gen_ai.request.model': 'gpt-4o-mini',
    'gen_ai.operation.name': 'chat',
    'logfire.span_type': 'pending_span',
    'logfire.pending_parent_id': 'b9c7c989f97918e1',
  };

  it('takes the twin of a started span for that span, still open and not yet counted', () => {
    const twin = chat(pending);
    expect(normaliseSpan(twin)).toMatchObject({
      id: twin.parentSpanId,
      parentObservationId: 'b9c7c989f97918e1',
      type: 'GENERATION',
      startTime: twin.startTime,
      endTime: null,
      level: 'DEFAULT',
      input: JSON.stringify(request.messages),
      model: '',
      providedUsage: {},
    });
  });

  it.each(['0000000000000000', 'no id', undefined])(
    'takes the twin with the parent %o for a root',
    (parent) => {
      const { 'logfire.pending_parent_id': _, ...attributes } = pending;
      const twin = chat(
        parent === undefined ? attributes : { ...attributes, 'logfire.pending_parent_id': parent },
      );
      expect(normaliseSpan(twin)).toMatchObject({ id: twin.parentSpanId, parentObservationId: '' });
    },
  );

  it('leaves a pending span alone that does not say of which', () => {
    const twin = { ...chat(pending), parentSpanId: '' };
    expect(normaliseSpan(twin)).toMatchObject({ id: twin.spanId, endTime: twin.endTime });
  });

  it('gives what the user logged the structure the schema says it has', () => {
    const observation = normaliseSpan(
      makeSpan({
        scope: 'logfire',
        attributes: {
          customer: '{"id":42}',
          note: '{"not":"declared as structure"}',
          'logfire.msg': 'hello',
          'logfire.tags': ['a'],
          'logfire.json_schema': '{"type":"object","properties":{"customer":{"type":"object"},"note":{}}}',
        },
      }),
    );
    expect(observation).toMatchObject({
      type: 'SPAN',
      name: 'hello',
      metadata: { customer: '{"id":42}', tags: '["a"]' },
    });
    expect(observation.metadata.note).toBe('{"not":"declared as structure"}');
  });

  it('does not take a user attribute called events for messages', () => {
    const events = '[{"kind":"click"}]';
    const observation = normaliseSpan(
      makeSpan({ scope: 'logfire', attributes: { events, 'logfire.msg': 'x' } }),
    );
    expect(observation.input).toBe('');
    expect(JSON.parse(observation.metadata.attributes!)).toHaveProperty('events', events);
  });

  it.each([
    [5, 'DEBUG'],
    [9, 'DEFAULT'],
    [13, 'WARNING'],
    [17, 'ERROR'],
  ])('reads level number %i as %s', (number, level) => {
    const attributes = { 'logfire.level_num': number, 'logfire.msg': 'x' };
    expect(normaliseSpan(makeSpan({ attributes })).level).toBe(level);
  });

  it('names the exception when the status does not', () => {
    const span = makeSpan({
      scope: 'logfire',
      statusCode: 2,
      events: [
        { name: 'exception', attributes: { 'exception.type': 'KeyError', 'exception.message': "'x'" } },
      ],
    });
    expect(normaliseSpan(span)).toMatchObject({ level: 'ERROR', statusMessage: "KeyError: 'x'" });
  });
});

import { describe, expect, it } from 'vitest';
import { parseChat } from './parse-chat';

/** A conversation in one line a message: who, and the parts in short. */
function read(value: unknown, side: 'input' | 'output' = 'input') {
  return parseChat(value, side)?.messages.map(
    (message) =>
      `${message.roleName || message.role}: ${message.parts
        .map((part) => {
          if (part.type === 'text') return part.text;
          if (part.type === 'thinking') return `(${part.text})`;
          if (part.type === 'toolCall') return `${part.name}(${JSON.stringify(part.arguments)})#${part.id}`;
          if (part.type === 'toolResult') {
            return `${part.isError ? 'ERROR ' : ''}${part.callId}=>${JSON.stringify(part.result)}`;
          }
          if (part.type === 'media') return `<${part.kind} ${part.source.slice(0, 40)}>`;
          return JSON.stringify(part.value);
        })
        .join(' | ')}`,
  );
}

const pixel = 'iVBORw0KGgo'.repeat(10);

describe('conversations as clients write them', () => {
  it('OpenAI chat with tools', () =>
    expect(
      read([
        { role: 'developer', content: 'Be kind' },
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Look' },
            { type: 'image_url', image_url: { url: 'https://x.test/a.png' } },
          ],
        },
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c1', type: 'function', function: { name: 'find', arguments: '{"q":1}' } }],
        },
        { role: 'tool', tool_call_id: 'c1', content: '{"ok":true}' },
      ]),
    ).toEqual([
      'system: Be kind',
      'user: Look | <image https://x.test/a.png>',
      'assistant: find({"q":1})#c1',
      'tool: c1=>{"ok":true}',
    ]));

  it('an OpenAI answer, with what stands around it kept', () => {
    const answer = {
      id: 'x',
      model: 'm',
      choices: [{ index: 0, message: { role: 'assistant', content: 'Hi' } }],
      usage: { total: 3 },
    };
    expect(read(answer, 'output')).toEqual(['assistant: Hi']);
    expect(parseChat(answer, 'output')?.rest).toEqual({ id: 'x', model: 'm', usage: { total: 3 } });
  });

  it('the OpenAI Responses API', () => {
    expect(
      read({
        instructions: 'Be brief',
        input: [
          { role: 'user', content: [{ type: 'input_text', text: 'Hi' }] },
          { type: 'reasoning', summary: [{ type: 'summary_text', text: 'hm' }] },
          { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' },
          { type: 'function_call_output', call_id: 'c', output: 'done' },
        ],
      }),
    ).toEqual(['system: Be brief', 'user: Hi', 'assistant: (hm)', 'assistant: f({})#c', 'tool: c=>"done"']);
    expect(
      read(
        { output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Yo' }] }] },
        'output',
      ),
    ).toEqual(['assistant: Yo']);
    expect(read({ instructions: 'Be brief', input: 'Hi' })).toEqual(['system: Be brief', 'user: Hi']);
  });

  it('Anthropic', () => {
    expect(
      read({
        system: [{ type: 'text', text: 'Sys' }],
        max_tokens: 5,
        messages: [
          {
            role: 'user',
            content: [{ type: 'image', source: { type: 'base64', media_type: 'image/png', data: pixel } }],
          },
          {
            role: 'assistant',
            content: [
              { type: 'thinking', thinking: 'hm' },
              { type: 'tool_use', id: 't', name: 'f', input: { a: 1 } },
            ],
          },
          {
            role: 'user',
            content: [
              {
                type: 'tool_result',
                tool_use_id: 't',
                is_error: true,
                content: [{ type: 'text', text: 'no' }],
              },
            ],
          },
        ],
      }),
    ).toEqual([
      'system: Sys',
      `user: <image data:image/png;base64,${pixel.slice(0, 18)}>`,
      'assistant: (hm) | f({"a":1})#t',
      'user: ERROR t=>"no"',
    ]);
    expect(
      read({ type: 'message', role: 'assistant', content: [{ type: 'text', text: 'Hi' }] }, 'output'),
    ).toEqual(['assistant: Hi']);
    expect(read([{ type: 'text', text: 'Hi' }], 'output')).toEqual(['assistant: Hi']);
  });

  it('Gemini', () => {
    expect(
      read({
        systemInstruction: { parts: [{ text: 'Sys' }] },
        contents: [
          { role: 'user', parts: [{ text: 'Hi' }, { inlineData: { mimeType: 'image/png', data: pixel } }] },
          {
            role: 'model',
            parts: [{ text: 'hm', thought: true }, { functionCall: { name: 'f', args: { a: 1 } } }],
          },
          { role: 'user', parts: [{ functionResponse: { name: 'f', response: { b: 2 } } }] },
        ],
      }),
    ).toEqual([
      'system: Sys',
      `user: Hi | <image data:image/png;base64,${pixel.slice(0, 18)}>`,
      'assistant: (hm) | f({"a":1})#',
      'user: =>{"b":2}',
    ]);
    expect(read({ candidates: [{ content: { parts: [{ text: 'Hi' }] } }] }, 'output')).toEqual([
      'assistant: Hi',
    ]);
  });

  it('Vercel AI SDK', () => {
    expect(
      read([
        {
          role: 'assistant',
          content: [
            { type: 'reasoning', text: 'hm' },
            { type: 'tool-call', toolCallId: 'c', toolName: 'f', input: { a: 1 } },
          ],
        },
        {
          role: 'tool',
          content: [
            {
              type: 'tool-result',
              toolCallId: 'c',
              toolName: 'f',
              output: { type: 'json', value: { b: 2 } },
            },
          ],
        },
      ]),
    ).toEqual(['assistant: (hm) | f({"a":1})#c', 'tool: c=>{"b":2}']);
    expect(
      read(
        {
          text: '',
          toolCalls: [{ toolCallId: 'c', toolName: 'f', args: { a: 1 } }],
          finishReason: 'tool-calls',
        },
        'output',
      ),
    ).toEqual(['assistant: f({"a":1})#c']);
    expect(
      read([
        {
          role: 'assistant',
          parts: [{ type: 'step-start' }, { type: 'tool-f', toolCallId: 'c', input: {}, output: 1 }],
        },
      ]),
    ).toEqual(['assistant: f({})#c | c=>1']);
  });

  it('LangChain, live, serialised and as a result', () => {
    expect(
      read([
        [
          { type: 'human', content: 'Hi', additional_kwargs: {} },
          {
            type: 'ai',
            content: '',
            tool_calls: [{ id: 'c', name: 'f', args: { a: 1 }, type: 'tool_call' }],
          },
          { type: 'tool', content: 'done', tool_call_id: 'c', status: 'error' },
        ],
      ]),
    ).toEqual(['user: Hi', 'assistant: f({"a":1})#c', 'tool: ERROR c=>"done"']);
    expect(
      read([
        {
          lc: 1,
          type: 'constructor',
          id: ['langchain', 'schema', 'HumanMessage'],
          kwargs: { content: 'Hi' },
        },
      ]),
    ).toEqual(['user: Hi']);
    expect(
      read({ generations: [[{ text: 'Hi', message: { type: 'ai', content: 'Hi' } }]] }, 'output'),
    ).toEqual(['assistant: Hi']);
  });

  it('OpenInference', () =>
    expect(
      read([
        { message: { role: 'user', contents: [{ message_content: { type: 'text', text: 'Hi' } }] } },
        {
          message: {
            role: 'assistant',
            tool_calls: [{ tool_call: { id: 'c', function: { name: 'f', arguments: '{}' } } }],
          },
        },
      ]),
    ).toEqual(['user: Hi', 'assistant: f({})#c']));

  it('OpenTelemetry GenAI conventions', () =>
    expect(
      read([
        { role: 'user', parts: [{ type: 'text', content: 'Hi' }] },
        {
          role: 'assistant',
          parts: [
            { type: 'reasoning', content: 'hm' },
            { type: 'tool_call', id: 'c', name: 'f', arguments: { a: 1 } },
          ],
          finish_reason: 'tool_call',
        },
        { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c', response: 'done' }] },
      ]),
    ).toEqual(['user: Hi', 'assistant: (hm) | f({"a":1})#c', 'tool: c=>"done"']));

  it('Bedrock', () =>
    expect(
      read([
        {
          role: 'assistant',
          content: [
            { reasoningContent: { reasoningText: { text: 'hm' } } },
            { toolUse: { toolUseId: 'c', name: 'f', input: {} } },
          ],
        },
        {
          role: 'user',
          content: [{ toolResult: { toolUseId: 'c', content: [{ json: { b: 2 } }], status: 'success' } }],
        },
      ]),
    ).toEqual(['assistant: (hm) | f({})#c', 'user: c=>{"b":2}']));

  it('shows what it does not know inside a message as JSON', () =>
    expect(read([{ role: 'user', content: [{ type: 'hologram', beam: 1 }] }])).toEqual([
      'user: {"type":"hologram","beam":1}',
    ]));
  it('keeps a role it does not know', () =>
    expect(read([{ role: 'critic', content: 'Meh' }])).toEqual(['critic: Meh']));
  it('keeps fields that are no part of the message', () =>
    expect(
      parseChat([{ role: 'user', content: 'x', cache_control: { a: 1 } }], 'input')?.messages[0]?.extra,
    ).toEqual({ cache_control: { a: 1 } }));

  it.each([
    [null],
    ['text'],
    [3],
    [[]],
    [{}],
    [[1, 2]],
    [{ question: 'x' }],
    [{ role: 'admin', permissions: [] }],
    [[{ role: 'user', content: 'x' }, { id: 1 }]],
    [[{ type: 'row', a: 1 }]],
    [{ messages: 'none' }],
    [{ choices: [1] }],
  ])('finds no conversation in %j', (value) => {
    expect(parseChat(value, 'input')).toBeNull();
    expect(parseChat(value, 'output')).toBeNull();
  });
});

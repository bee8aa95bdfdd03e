import { createMetadata, type Metadata } from '@tracewell/domain';
import { describe, expect, it } from 'vitest';
import { maxParsedCharacters } from './json-text';
import { maxToolCalls } from './tool-calls';
import { extractTools } from './tools';

const meta = (entries: Record<string, unknown>): Metadata =>
  Object.assign(
    createMetadata(),
    Object.fromEntries(
      Object.entries(entries).map(([key, value]) => [
        key,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ),
  );
const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));
const extract = (fields: { input?: unknown; output?: unknown; metadata?: Record<string, unknown> }) =>
  extractTools({
    input: text(fields.input ?? ''),
    output: text(fields.output ?? ''),
    metadata: meta(fields.metadata ?? {}),
  });
const definitionsIn = (input: unknown) => {
  const { toolDefinitions } = extract({ input });
  return Object.fromEntries(
    Object.entries(toolDefinitions).map(([name, definition]) => [name, JSON.parse(definition)]),
  );
};
const callsIn = (output: unknown) => extract({ output }).toolCalls.map((call) => JSON.parse(call));

const schema = { type: 'object', properties: { city: { type: 'string' } } };
const weather = { description: 'Looks it up', parameters: schema };
const openAiTool = { type: 'function', function: { name: 'weather', ...weather } };

describe('definitions in the input', () => {
  it.each([
    ['OpenAI', { messages: [], tools: [openAiTool] }],
    ['flat', { tools: [{ name: 'weather', ...weather }] }],
    ['desc and inputSchema', { tools: [{ name: 'weather', desc: 'Looks it up', inputSchema: schema }] }],
    [
      'Pydantic',
      { tools: [{ name: 'weather', description: 'Looks it up', parameters_json_schema: schema }] },
    ],
    ['Anthropic', { tools: [{ name: 'weather', description: 'Looks it up', input_schema: schema }] }],
    ['entries as JSON text', { tools: [JSON.stringify(openAiTool)] }],
    ['on a message', { messages: [{ role: 'user', content: 'hi', tools: [openAiTool] }] }],
    ['on a message of an array', [{ role: 'user', content: 'hi', tools: [openAiTool] }]],
    ['as a message of role tool', [{ role: 'tool', content: openAiTool }]],
    ['as JSON text in a message of role tool', [{ role: 'tool', content: JSON.stringify(openAiTool) }]],
  ])('%s', (_, input) => {
    expect(definitionsIn(input)).toEqual({ weather });
  });

  it('fills what is missing', () => {
    expect(definitionsIn({ tools: [{ name: 'now' }] })).toEqual({ now: { description: '', parameters: {} } });
  });

  it.each([
    ['text that speaks of tools', 'which "tools" do you have?'],
    ['a result', [{ role: 'tool', tool_call_id: 'c', content: 'the function said: sunny' }]],
    ['nameless entries', { tools: [{ type: 'web_search' }, 3, null] }],
    ['tools that are no list', { tools: 'none' }],
    ['broken JSON', '{"tools": [{"name": "x"}'],
  ])('finds none in %s', (_, input) => {
    expect(definitionsIn(input)).toEqual({});
  });

  it('keeps names that mean something to JavaScript', () => {
    expect(Object.keys(extract({ input: '{"tools":[{"name":"__proto__"}]}' }).toolDefinitions)).toEqual([
      '__proto__',
    ]);
  });
});

describe('calls in the output', () => {
  const call = { id: 'c1', name: 'weather', arguments: '{"city":"Rome"}' };
  const fn = { name: 'weather', arguments: '{"city":"Rome"}' };

  it.each([
    ['OpenAI', { role: 'assistant', tool_calls: [{ id: 'c1', type: 'function', function: fn }] }, 'function'],
    [
      'OpenAI choices',
      { choices: [{ message: { tool_calls: [{ id: 'c1', type: 'function', function: fn }] } }] },
      'function',
    ],
    [
      'calls as JSON text',
      { tool_calls: JSON.stringify([{ id: 'c1', type: 'function', function: fn }]) },
      'function',
    ],
    ['camel case', { toolCalls: [{ toolCallId: 'c1', toolName: 'weather', args: '{"city":"Rome"}' }] }, ''],
    [
      'AI SDK 5',
      [{ type: 'tool-call', toolCallId: 'c1', toolName: 'weather', input: { city: 'Rome' } }],
      'tool-call',
    ],
    [
      'Anthropic',
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'one moment' },
          { type: 'tool_use', id: 'c1', name: 'weather', input: { city: 'Rome' } },
        ],
      },
      'tool_use',
    ],
    [
      'LangChain',
      { content: '', additional_kwargs: { tool_calls: [{ id: 'c1', type: 'function', function: fn }] } },
      'function',
    ],
    [
      'LangChain, told twice',
      {
        tool_calls: [{ id: 'c1', name: 'weather', args: { city: 'Rome' }, type: 'tool_call' }],
        additional_kwargs: { tool_calls: [{ id: 'c1', type: 'function', function: fn }] },
      },
      'tool_call',
    ],
    ['Responses', [{ type: 'function_call', call_id: 'c1', id: 'fc_1', ...fn }], 'function_call'],
    ['Responses, whole', { output: [{ type: 'function_call', call_id: 'c1', ...fn }] }, 'function_call'],
    ['GenAI conventions', [{ role: 'assistant', parts: [{ type: 'tool_call', ...call }] }], 'tool_call'],
    ['bare', { id: 'c1', ...fn }, ''],
    ['bare OpenAI', { id: 'c1', type: 'function', function: fn }, 'function'],
    [
      'a list of messages',
      [
        { role: 'user', content: 'x' },
        { role: 'assistant', tool_calls: [{ id: 'c1', function: fn }] },
      ],
      '',
    ],
  ])('%s', (_, output, type) => {
    expect(callsIn(output)).toEqual([{ ...call, type, index: 0 }]);
    expect(extract({ output }).toolCallNames).toEqual(['weather']);
  });

  it('Gemini', () => {
    const output = {
      candidates: [{ content: { parts: [{ functionCall: { name: 'weather', args: { city: 'Rome' } } }] } }],
    };
    expect(callsIn(output)).toEqual([
      { id: '', name: 'weather', arguments: '{"city":"Rome"}', type: '', index: 0 },
    ]);
  });

  it('keeps order, indexes and calls without an id', () => {
    const output = {
      tool_calls: [
        { index: 4, function: { name: 'a' } },
        { function: { name: 'b' } },
        { function: { name: 'b' } },
      ],
    };
    expect(callsIn(output)).toEqual([
      { id: '', name: 'a', arguments: '{}', type: '', index: 4 },
      { id: '', name: 'b', arguments: '{}', type: '', index: 1 },
      { id: '', name: 'b', arguments: '{}', type: '', index: 2 },
    ]);
    expect(extract({ output }).toolCallNames).toEqual(['a', 'b', 'b']);
  });

  it.each([
    ['text', 'I called the tool with "arguments"'],
    ['a result of Anthropic', [{ type: 'tool_result', tool_use_id: 'c1', content: 'sunny' }]],
    [
      'a result of the AI SDK',
      [{ type: 'tool-result', toolCallId: 'c1', toolName: 'weather', result: 'sunny' }],
    ],
    ['a result with its call repeated', { toolName: 'weather', args: {}, output: 'sunny' }],
    [
      'a result of Responses',
      [{ type: 'function_call_output', call_id: 'c1', name: 'weather', arguments: '' }],
    ],
    ['a message of role tool', { role: 'tool', name: 'weather', id: 'x', arguments: '{}' }],
    ['a definition', openAiTool],
    ['any object with a name', { name: 'Rome', type: 'city', tools: [] }],
    ['broken JSON', '{"tool_calls": ['],
  ])('finds none in %s', (_, output) => {
    expect(callsIn(output)).toEqual([]);
  });

  it('is bounded in number, depth and size', () => {
    const many = {
      tool_calls: Array.from({ length: maxToolCalls + 5 }, () => ({ function: { name: 'f' } })),
    };
    expect(callsIn(many)).toHaveLength(maxToolCalls);
    let deep: unknown = { tool_calls: [{ function: { name: 'f' } }] };
    for (let depth = 0; depth < 100; depth++) deep = { message: deep };
    expect(callsIn(deep)).toEqual([]);
    const long = { tool_calls: [{ function: { name: 'f', arguments: 'x'.repeat(maxParsedCharacters) } }] };
    expect(callsIn(long)).toEqual([]);
  });
});

describe('definitions in the metadata', () => {
  const now = { name: 'now' };
  const move = (metadata: Record<string, unknown>, input: unknown = '') => {
    const moved = extract({ input, metadata });
    return { input: moved.input, metadata: { ...moved.metadata }, names: Object.keys(moved.toolDefinitions) };
  };

  it('moves tools, and leaves the rest', () => {
    expect(move({ tools: [openAiTool], user: 'u' })).toEqual({
      input: JSON.stringify({ tools: [openAiTool] }),
      metadata: { user: 'u' },
      names: ['weather'],
    });
  });

  it.each([
    ['ai.prompt.tools as a list of texts', { 'ai.prompt.tools': [JSON.stringify(now)] }],
    ['ai.prompt.tools as text of texts', { 'ai.prompt.tools': JSON.stringify([JSON.stringify(now)]) }],
    ['gen_ai.tool.definitions', { 'gen_ai.tool.definitions': JSON.stringify([now]) }],
    ['llm.tools', { 'llm.tools.0.tool.json_schema': JSON.stringify(now) }],
  ])('moves %s out of the attributes', (_, attributes) => {
    expect(move({ attributes: { ...attributes, other: 1 } })).toEqual({
      input: '{"tools":[{"name":"now"}]}',
      metadata: { attributes: '{"other":1}' },
      names: ['now'],
    });
    expect(move({ attributes })).toMatchObject({ metadata: {} });
  });

  it('moves function_tools and keeps the other request parameters', () => {
    const parameters = { function_tools: [now], output_mode: 'text' };
    expect(move({ attributes: { model_request_parameters: JSON.stringify(parameters) } })).toMatchObject({
      input: '{"tools":[{"name":"now"}]}',
      metadata: { attributes: '{"model_request_parameters":"{\\"output_mode\\":\\"text\\"}"}' },
    });
    expect(move({ attributes: { model_request_parameters: parameters } })).toMatchObject({
      metadata: { attributes: '{"model_request_parameters":{"output_mode":"text"}}' },
    });
  });

  it('takes numbered tools in the order of their numbers', () => {
    const attributes = {
      'llm.tools.10.tool.json_schema': '{"name":"c"}',
      'llm.tools.2.tool.json_schema': '{"name":"b"}',
      'llm.tools.0.tool.json_schema': '{"name":"a"}',
      'llm.tools.1.tool.json_schema': 'no tool',
    };
    expect(move({ attributes })).toMatchObject({
      names: ['a', 'b', 'c'],
      metadata: { attributes: '{"llm.tools.1.tool.json_schema":"no tool"}' },
    });
  });

  it.each([
    ['nothing', '', '{"tools":[{"name":"now"}]}'],
    ['null', 'null', '{"tools":[{"name":"now"}]}'],
    [
      'an array',
      '[ {"n":12345678901234567890} ]',
      '{"messages":[ {"n":12345678901234567890} ],"tools":[{"name":"now"}]}',
    ],
    ['an object', '{"n": 12345678901234567890 }', '{"n": 12345678901234567890 ,"tools":[{"name":"now"}]}'],
    ['an empty object', '{ }', '{ "tools":[{"name":"now"}]}'],
    ['text', 'what "time" is it?', '{"prompt":"what \\"time\\" is it?","tools":[{"name":"now"}]}'],
    ['text in quotes', '"hi"', '{"prompt":"hi","tools":[{"name":"now"}]}'],
    [
      'an object with tools',
      '{"tools":[{"name":"now","k":1},{"name":"b"}]}',
      '{"tools":[{"name":"now","k":1},{"name":"b"}]}',
    ],
    ['an object with other tools', '{"tools":[{"name":"b"}]}', '{"tools":[{"name":"b"},{"name":"now"}]}'],
  ])('puts them into %s', (_, input, expected) => {
    expect(move({ tools: [now, now] }, input)).toMatchObject({ input: expected, metadata: {} });
    expect(() => JSON.parse(expected)).not.toThrow();
  });

  it.each([
    ['a number', '42'],
    ['a boolean', 'true'],
    ['an object with unusable tools', '{"tools":"all"}'],
    ['an object with nameless tools', '{"tools":[{"type":"x"}]}'],
  ])('moves nothing into %s', (_, input) => {
    expect(move({ tools: [now] }, input)).toMatchObject({ input, metadata: { tools: '[{"name":"now"}]' } });
  });

  it.each([
    ['a nameless tool', { tools: [now, { description: 'x' }] }],
    ['no list', { tools: 'hammer' }],
    ['an empty list', { tools: [] }],
    ['broken attributes', { attributes: '{"ai.prompt.tools": [' }],
    ['an attribute that only names one', { attributes: { note: 'see llm.tools.0' } }],
  ])('leaves metadata alone with %s', (_, metadata) => {
    expect(move(metadata)).toMatchObject({ input: '', metadata: { ...meta(metadata) } });
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ModelStandIn, startModelStandIn } from './model-stand-in';

let standIn: ModelStandIn;
beforeAll(async () => {
  standIn = await startModelStandIn();
});
afterAll(() => standIn.dispose());

const post = (path: string, body: unknown) =>
  fetch(`${standIn.url}${path}`, { method: 'POST', body: JSON.stringify(body) });
const postJson = async (path: string, body: unknown) => JSON.parse(await (await post(path, body)).text());
const events = async (path: string, body: unknown) =>
  (await (await post(path, body)).text())
    .split('\n')
    .filter((line) => line.startsWith('data: ') && line !== 'data: [DONE]')
    .map((line) => JSON.parse(line.slice(6)));

const schema = {
  type: 'object',
  properties: {
    city: { type: 'string' },
    days: { type: 'integer' },
    unit: { enum: ['c', 'f'] },
    spot: { anyOf: [{ type: 'null' }, { $ref: '#/$defs/spot' }] },
  },
  $defs: { spot: { type: 'array', items: { type: 'boolean' } } },
};
const filled = { city: 'Paris', days: 1, unit: 'c', spot: [true] };
const user = (content: unknown) => ({ role: 'user', content });

describe('the stand-in for model providers', () => {
  it('echoes the user in each protocol', async () => {
    const messages = [
      user('Hi'),
      { role: 'assistant', content: 'Ho' },
      user([{ type: 'text', text: 'Hey you' }]),
    ];
    const chat = await postJson('/v1/chat/completions', { model: 'm', messages });
    expect(chat.choices[0].message.content).toBe('You said: Hey you');
    expect(chat.usage).toMatchObject({ prompt_tokens: 20, prompt_tokens_details: { cached_tokens: 4 } });
    const response = await postJson('/v1/responses', { model: 'm', input: 'Hey' });
    expect(response.output[0].content[0].text).toBe('You said: Hey');
    const message = await postJson('/v1/messages', { model: 'm', messages });
    expect(message.content).toEqual([{ type: 'text', text: 'You said: Hey you' }]);
    expect(await postJson('/v1/chat/completions', { model: 'm', messages })).toEqual(chat);
  });

  it('streams the same answer, and usage where it is asked for', async () => {
    const request = { model: 'm', stream: true, messages: [user('a  b')] };
    const plain = await events('/v1/chat/completions', request);
    expect(plain.map((it) => it.choices[0].delta.content ?? '').join('')).toBe('You said: a  b');
    expect(plain.some((it) => 'usage' in it)).toBe(false);
    const counted = await events('/v1/chat/completions', {
      ...request,
      stream_options: { include_usage: true },
    });
    expect(counted.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: 30 } });
    const response = await events('/v1/responses', { model: 'm', stream: true, input: 'a b' });
    expect(response.at(-1)).toMatchObject({
      type: 'response.completed',
      response: { output: [{ content: [{ text: 'You said: a b' }] }], usage: { total_tokens: 30 } },
    });
    const message = await events('/v1/messages', request);
    expect(message.map((it) => it.delta?.text ?? '').join('')).toBe('You said: a  b');
  });

  it('calls the first tool until a tool has answered', async () => {
    const functions = [{ type: 'function', function: { name: 'weather', parameters: schema } }];
    const chat = { model: 'm', messages: [user('Hi')], tools: functions };
    const called = (await postJson('/v1/chat/completions', chat)).choices[0];
    expect(called.finish_reason).toBe('tool_calls');
    expect(JSON.parse(called.message.tool_calls[0].function.arguments)).toEqual(filled);
    const deltas = (await events('/v1/chat/completions', { ...chat, stream: true })).map(
      (it) => it.choices[0].delta,
    );
    const json = deltas.map((it) => it.tool_calls?.[0].function.arguments ?? '').join('');
    expect(JSON.parse(json)).toEqual(filled);
    const answered = [user('Hi'), called.message, { role: 'tool', tool_call_id: 'x', content: '20' }];
    expect(
      (await postJson('/v1/chat/completions', { ...chat, messages: answered })).choices[0].message.content,
    ).toBe('You said: Hi');

    const tools = [{ type: 'function', name: 'weather', parameters: schema }];
    const [call] = (await postJson('/v1/responses', { model: 'm', input: 'Hi', tools })).output;
    expect(JSON.parse(call.arguments)).toEqual(filled);
    const input = [user('Hi'), call, { type: 'function_call_output', call_id: call.call_id, output: '20' }];
    expect((await postJson('/v1/responses', { model: 'm', input, tools })).output[0].type).toBe('message');

    const messages = {
      model: 'm',
      messages: [user('Hi')],
      tools: [{ name: 'weather', input_schema: schema }],
    };
    const used = await postJson('/v1/messages', messages);
    expect(used).toMatchObject({ stop_reason: 'tool_use', content: [{ type: 'tool_use', input: filled }] });
    const back = user([{ type: 'tool_result', tool_use_id: used.content[0].id, content: '20' }]);
    const last = await postJson('/v1/messages', { ...messages, messages: [user('Hi'), used, back] });
    expect(last.content[0].text).toBe('You said: Hi');
  });

  it('fills a schema, embeds, and refuses the broken model in the form of the protocol', async () => {
    const format = { type: 'json_schema', json_schema: { name: 'x', schema } };
    const chat = await postJson('/v1/chat/completions', {
      model: 'm',
      messages: [],
      response_format: format,
    });
    expect(JSON.parse(chat.choices[0].message.content)).toEqual(filled);
    const floats = await postJson('/v1/embeddings', { model: 'e', input: ['a', 'b'] });
    const bytes = await postJson('/v1/embeddings', { model: 'e', input: 'b', encoding_format: 'base64' });
    const decoded = new Float32Array(Uint8Array.from(Buffer.from(bytes.data[0].embedding, 'base64')).buffer);
    expect(Array.from(decoded)).toEqual(floats.data[1].embedding);
    const refused = await post('/v1/responses', { model: 'broken', input: 'a' });
    expect([refused.status, JSON.parse(await refused.text()).error.type]).toEqual([
      400,
      'invalid_request_error',
    ]);
    const unread = await postJson('/v1/messages', { model: 'broken', messages: [] });
    expect(unread).toMatchObject({ type: 'error', error: { type: 'invalid_request_error' } });
    expect(standIn.requests.at(-1)).toEqual({
      path: '/v1/messages',
      body: { model: 'broken', messages: [] },
    });
  });
});

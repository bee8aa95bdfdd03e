import { describe, expect, it } from 'vitest';
import { parseChat } from './parse-chat';

const read = (value: unknown, side: 'input' | 'output' = 'input') =>
  parseChat(value, side)?.messages.map((message) => ({ role: message.role, parts: message.parts }));

describe('conversations as agent frameworks write them', () => {
  it('Pydantic AI message history', () =>
    expect(
      read([
        {
          kind: 'request',
          parts: [
            { part_kind: 'system-prompt', content: 'Be brief' },
            { part_kind: 'user-prompt', content: 'Weather?' },
          ],
        },
        {
          kind: 'response',
          parts: [
            { part_kind: 'thinking', content: 'look it up' },
            { part_kind: 'tool-call', tool_name: 'weather', args: '{"city":"Oslo"}', tool_call_id: 'p1' },
          ],
        },
        {
          kind: 'request',
          parts: [{ part_kind: 'tool-return', tool_name: 'weather', content: 'rain', tool_call_id: 'p1' }],
        },
      ]),
    ).toEqual([
      { role: 'system', parts: [{ type: 'text', text: 'Be brief' }] },
      { role: 'user', parts: [{ type: 'text', text: 'Weather?' }] },
      {
        role: 'assistant',
        parts: [
          { type: 'thinking', text: 'look it up' },
          { type: 'toolCall', id: 'p1', name: 'weather', arguments: { city: 'Oslo' } },
        ],
      },
      {
        role: 'tool',
        parts: [{ type: 'toolResult', callId: 'p1', name: 'weather', result: 'rain', isError: false }],
      },
    ]));
  it('Semantic Kernel', () =>
    expect(
      read([
        { role: { Label: 'user' }, items: [{ $type: 'TextContent', text: 'Hi' }] },
        {
          role: 'Assistant',
          items: [
            {
              $type: 'FunctionCallContent',
              id: 's1',
              pluginName: 'Time',
              functionName: 'now',
              arguments: { zone: 'UTC' },
            },
          ],
        },
        {
          role: 'tool',
          items: [{ $type: 'FunctionResultContent', callId: 's1', functionName: 'now', result: '12:00' }],
        },
      ]),
    ).toEqual([
      { role: 'user', parts: [{ type: 'text', text: 'Hi' }] },
      {
        role: 'assistant',
        parts: [{ type: 'toolCall', id: 's1', name: 'Time.now', arguments: { zone: 'UTC' } }],
      },
      {
        role: 'tool',
        parts: [{ type: 'toolResult', callId: 's1', name: 'now', result: '12:00', isError: false }],
      },
    ]));
  it('smolagents', () =>
    expect(
      read([
        { role: 'tool-call', content: [{ type: 'text', text: 'Calling tools: search' }] },
        { role: 'tool-response', content: [{ type: 'text', text: 'Observation: found' }] },
      ]),
    ).toEqual([
      { role: 'assistant', parts: [{ type: 'text', text: 'Calling tools: search' }] },
      {
        role: 'tool',
        parts: [{ type: 'toolResult', callId: '', name: '', result: 'Observation: found', isError: false }],
      },
    ]));
  it('LiveKit chat context', () =>
    expect(
      read({
        items: [
          { type: 'message', role: 'user', content: ['Hello'] },
          { type: 'function_call', call_id: 'l1', name: 'book', arguments: '{"at":9}' },
          { type: 'function_call_output', call_id: 'l1', name: 'book', output: 'no', is_error: true },
        ],
      }),
    ).toEqual([
      { role: 'user', parts: [{ type: 'text', text: 'Hello' }] },
      { role: 'assistant', parts: [{ type: 'toolCall', id: 'l1', name: 'book', arguments: { at: 9 } }] },
      {
        role: 'tool',
        parts: [{ type: 'toolResult', callId: 'l1', name: 'book', result: 'no', isError: true }],
      },
    ]));
  it('Anthropic documents, cache marks and redacted thinking', () =>
    expect(
      read([
        { role: 'user', content: [{ type: 'text', text: 'Hi', cache_control: { type: 'ephemeral' } }] },
        { role: 'assistant', content: [{ type: 'redacted_thinking', data: 'x' }] },
      ]),
    ).toEqual([
      { role: 'user', parts: [{ type: 'text', text: 'Hi' }] },
      { role: 'assistant', parts: [{ type: 'thinking', text: '(not shown by the model)' }] },
    ]));
});

import { describe, expect, it } from 'vitest';
import type { Chat, ChatMessage, MessagePart, Role } from '../messages/chat-shape';
import { growTranscript } from './grow-transcript';

const say = (role: Role, text: string, ...more: MessagePart[]): ChatMessage => ({
  role,
  roleName: '',
  name: '',
  parts: [...(text ? [{ type: 'text', text } as const] : []), ...more],
  extra: null,
});
const chat = (...messages: ChatMessage[]): Chat => ({ messages, rest: null });
const shape = (calls: Parameters<typeof growTranscript>[0]) =>
  growTranscript(calls).map(({ repeated, added, said }) => [
    repeated.length,
    added.map(({ parts }) => (parts[0] as { text?: string }).text),
    said.length,
  ]);

const system = say('system', 'Be kind.');
const question = say('user', 'Where is my order?');
const call = say('assistant', '', { type: 'toolCall', id: 'c1', name: 'find', arguments: { n: 1 } });
const result = say('tool', '', {
  type: 'toolResult',
  callId: 'c1',
  name: 'find',
  result: 'on its way',
  isError: false,
});
const answer = say('assistant', 'On its way.');

describe('a transcript', () => {
  it('shows of each turn only what it adds', () => {
    expect(
      shape([
        { id: '1', input: chat(system, question), output: chat(call) },
        { id: '2', input: chat(system, question, call, result), output: chat(answer) },
        { id: '3', input: chat(system, question, call, result, answer, say('user', 'Thanks')), output: null },
      ]),
    ).toEqual([
      [0, ['Be kind.', 'Where is my order?'], 1],
      [3, [undefined], 1],
      [5, ['Thanks'], 0],
    ]);
  });

  it('knows an answer again without its thinking and with other fields', () => {
    const thought = { ...answer, parts: [{ type: 'thinking', text: 'hm' } as const, ...answer.parts] };
    const sent = {
      ...answer,
      extra: { id: 'msg_1' },
      parts: [{ type: 'text', text: ' On its way.\n' } as const],
    };
    expect(
      shape([
        { id: '1', input: chat(question), output: chat(thought) },
        { id: '2', input: chat(question, sent, say('user', 'When?')), output: null },
      ]),
    ).toEqual([
      [0, ['Where is my order?'], 1],
      [2, ['When?'], 0],
    ]);
  });

  it('keeps the conversations of agents apart that take turns', () => {
    const a = [say('system', 'You plan.'), say('user', 'Go')];
    const b = [say('system', 'You search.'), say('user', 'Find it')];
    expect(
      shape([
        { id: 'a1', input: chat(...a), output: chat(answer) },
        { id: 'b1', input: chat(...b), output: chat(answer) },
        { id: 'a2', input: chat(...a, answer, say('user', 'More')), output: null },
        { id: 'b2', input: chat(...b, answer, say('user', 'Again')), output: null },
      ]),
    ).toEqual([
      [0, ['You plan.', 'Go'], 1],
      [0, ['You search.', 'Find it'], 1],
      [3, ['More'], 0],
      [3, ['Again'], 0],
    ]);
  });

  it('has room for calls without any conversation', () => {
    expect(shape([{ id: '1', input: null, output: null }])).toEqual([[0, [], 0]]);
  });
});

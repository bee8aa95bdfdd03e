import type { Chat, ChatMessage, MessagePart } from '../messages/chat-shape';

/** What one call of a model read and said. */
export interface Call {
  id: string;
  input: Chat | null;
  output: Chat | null;
}

/** A call as a part of the conversation: what it added, and how much of what it read was said before. */
export interface Turn {
  id: string;
  /** Messages of the input that earlier turns have shown. */
  repeated: ChatMessage[];
  /** What is new in the input. */
  added: ChatMessage[];
  said: ChatMessage[];
}

/** Conversations of one trace that are told apart; sub-agents have their own. */
const maxThreads = 50;

/**
 * The conversation as it grew: each call is set beside the conversation that it goes on, the one of which it repeats
 * the longest beginning.
 */
export function growTranscript(calls: readonly Call[]): Turn[] {
  const threads: string[][] = [];
  return calls.map(({ id, input, output }) => {
    const read = input?.messages ?? [];
    const said = output?.messages ?? [];
    const keys = read.map(keyOf);
    let repeated = 0;
    let continued = -1;
    for (const [index, thread] of threads.entries()) {
      const common = commonLength(thread, keys);
      if (common > repeated) {
        repeated = common;
        continued = index;
      }
    }
    const thread = [...keys, ...said.map(keyOf)];
    // A thread that is gone on with is replaced by what it has become.
    if (continued >= 0 && repeated === threads[continued]!.length) threads.splice(continued, 1);
    threads.push(thread);
    if (threads.length > maxThreads) threads.shift();
    return { id, repeated: read.slice(0, repeated), added: read.slice(repeated), said };
  });
}

function commonLength(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && length < b.length && a[length] === b[length]) length += 1;
  return length;
}

/** Two messages that say the same, whatever fields a client adds when it sends an answer back. */
const keyOf = ({ role, parts }: ChatMessage): string =>
  JSON.stringify([role, ...parts.filter(({ type }) => type !== 'thinking').map(sayingOf)]);

function sayingOf(part: MessagePart): unknown {
  switch (part.type) {
    case 'text':
      return part.text.trim();
    case 'toolCall':
      return [part.name, part.arguments];
    case 'toolResult':
      return ['result', part.callId, part.result];
    default:
      return part;
  }
}

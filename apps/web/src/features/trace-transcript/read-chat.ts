import type { Chat } from '../messages/chat-shape';
import { parseChat } from '../messages/parse-chat';
import { decodePayload } from '../payload/decode-payload';

/** The conversation in a payload; plain text is said by the user, or by the model. null when it is neither. */
export function readChat(raw: string | null, side: 'input' | 'output'): Chat | null {
  if (!raw) return null;
  const payload = decodePayload(raw);
  if (payload.kind === 'json') return parseChat(payload.value, side);
  const role = side === 'input' ? 'user' : 'assistant';
  const parts = [{ type: 'text' as const, text: payload.text }];
  return { messages: [{ role, roleName: '', name: '', parts, extra: null }], rest: null };
}

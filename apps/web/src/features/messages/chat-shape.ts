/** The one shape in which conversations are shown, whatever client library or model wrote them down. */
export type MediaKind = 'image' | 'audio' | 'video' | 'file';

export type MessagePart =
  | { type: 'text'; text: string }
  | { type: 'thinking'; text: string }
  | { type: 'toolCall'; id: string; name: string; arguments: unknown }
  | { type: 'toolResult'; callId: string; name: string; result: unknown; isError: boolean }
  | { type: 'media'; kind: MediaKind; source: string; mimeType: string; name: string }
  | { type: 'json'; value: unknown };

export type Role = 'system' | 'user' | 'assistant' | 'tool' | 'other';

export interface ChatMessage {
  role: Role;
  /** The role as it was written, when it is none of ours; else ''. */
  roleName: string;
  /** Who speaks, or the tool that answers; '' when unnamed. */
  name: string;
  parts: MessagePart[];
  /** Fields that are no part of the message as shown; null when there is none. */
  extra: Record<string, unknown> | null;
}

export interface Chat {
  messages: ChatMessage[];
  /** What stood around the messages (model, temperature, usage…); null when nothing. */
  rest: Record<string, unknown> | null;
}

export type Fields = Record<string, unknown>;
export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The first of several spellings that is there. */
export function pick(fields: Fields, ...keys: string[]): unknown {
  for (const key of keys) if (fields[key] !== undefined && fields[key] !== null) return fields[key];
  return undefined;
}

/** Arguments and results are often JSON inside a string; a string that is none stays as it came. */
export function parseLoose(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (!/^[[{]/.test(text)) return value;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return value;
  }
}

/** Fields not named in `known` and not empty; null when none is left. */
export function listRest(fields: Fields, known: ReadonlySet<string>): Fields | null {
  const rest = Object.entries(fields).filter(([key, value]) => !known.has(key) && !isEmpty(value));
  return rest.length ? Object.fromEntries(rest) : null;
}

const isEmpty = (value: unknown): boolean =>
  value === null ||
  value === undefined ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isFields(value) && Object.keys(value).length === 0);

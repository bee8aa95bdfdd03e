import {
  type Chat,
  type ChatMessage,
  type Fields,
  isFields,
  listRest,
  pick,
  type Role,
  textOf,
} from './chat-shape';
import { parseMessage } from './parse-message';
import { parsePart, parseParts } from './parse-part';

/**
 * Finds the conversation in an observation's input or output: a list of messages, one message, or the request
 * or answer of a model's API around them. null when there is none: then the value is shown as it is.
 */
export function parseChat(value: unknown, side: 'input' | 'output'): Chat | null {
  if (Array.isArray(value)) return parseList(value, side);
  if (!isFields(value)) return null;
  return (
    (side === 'output' ? parseAnswer(value) : null) ??
    parseRequest(value) ??
    parseAnswer(value) ??
    parseSingle(value)
  );
}

function parseList(list: unknown[], side: 'input' | 'output'): Chat | null {
  const [first] = list;
  // LangChain traces a batch of conversations; the usual batch is of one.
  if (list.length === 1 && Array.isArray(first)) return parseList(first, side);
  if (list.length === 0) return null;
  const messages = list.flatMap(
    (each): (ChatMessage | null)[] => parsePydanticAi(each) ?? [parseMessage(each)],
  );
  if (messages.every((message) => message !== null)) return { messages, rest: null };
  // Content blocks without a message around them, as Anthropic answers.
  const isBlocks = side === 'output' && list.every((part) => isFields(part) && typeof part.type === 'string');
  if (!isBlocks) return null;
  const parts = parseParts(list);
  return parts.every((part) => part.type === 'json') ? null : chatOf([speak('assistant', list)], null);
}

const pydanticRoles: Record<string, Role | undefined> = {
  'system-prompt': 'system',
  'user-prompt': 'user',
  'tool-return': 'tool',
  'retry-prompt': 'tool',
};

/** One step of Pydantic AI's history: a request speaks for several, each part for one of them. */
function parsePydanticAi(value: unknown): ChatMessage[] | null {
  if (!isFields(value) || !Array.isArray(value.parts)) return null;
  if (value.kind === 'response') return [speak('assistant', value.parts)];
  if (value.kind !== 'request') return null;
  return value.parts.map((part: unknown) =>
    speak((isFields(part) ? pydanticRoles[textOf(part.part_kind)] : undefined) ?? 'other', part),
  );
}

const listKeys = [
  'messages',
  'input_messages',
  'chat_history',
  'contents',
  'input',
  'prompt',
  'output_messages',
  'history',
  'items',
];
const systemKeys = [
  'system',
  'systemInstruction',
  'system_instruction',
  'instructions',
  'system_instructions',
];

/** Messages under a key of their own, instructions beside them. */
function parseRequest(fields: Fields): Chat | null {
  const key = listKeys.find((candidate) => Array.isArray(fields[candidate]) && fields[candidate].length > 0);
  const list = key ? parseList(fields[key] as unknown[], 'input') : null;
  if (!key || !list) return parseInstructed(fields);
  return {
    messages: [...parseInstructions(fields), ...list.messages],
    rest: restOf(fields, key, ...systemKeys),
  };
}

/** Instructions and a plain text, as the Responses API and the AI SDK take them. */
function parseInstructed(fields: Fields): Chat | null {
  const key = ['prompt', 'input'].find((candidate) => typeof fields[candidate] === 'string');
  const instructions = parseInstructions(fields);
  if (!key || !instructions.length) return null;
  return chatOf([...instructions, speak('user', fields[key])], restOf(fields, key, ...systemKeys));
}

function parseInstructions(fields: Fields): ChatMessage[] {
  const given = pick(fields, ...systemKeys);
  const content = isFields(given) ? (pick(given, 'parts', 'content') ?? given) : given;
  const parts = parseParts(content);
  return parts.length ? [{ role: 'system', roleName: '', name: '', parts, extra: null }] : [];
}

function parseAnswer(fields: Fields): Chat | null {
  return (
    parseEach(fields, 'choices', (choice) => choice.message ?? choice.delta ?? textMessage(choice.text)) ??
    parseEach(fields, 'candidates', (candidate) => withRole(candidate.content)) ??
    parseGenerations(fields) ??
    parseOutputItems(fields) ??
    parseAnthropic(fields) ??
    parseAiSdk(fields)
  );
}

function parseEach(fields: Fields, key: string, open: (each: Fields) => unknown): Chat | null {
  const list = fields[key];
  if (!Array.isArray(list) || list.length === 0) return null;
  const messages = list.map((each) => (isFields(each) ? parseMessage(open(each)) : null));
  return messages.every((message) => message !== null) ? { messages, rest: restOf(fields, key) } : null;
}

const textMessage = (text: unknown): unknown =>
  typeof text === 'string' ? { role: 'assistant', content: text } : undefined;
const withRole = (content: unknown): unknown =>
  isFields(content) ? { role: 'model', ...content } : undefined;

/** LangChain's LLMResult: `generations[batch][candidate]`. */
function parseGenerations(fields: Fields): Chat | null {
  if (!Array.isArray(fields.generations)) return null;
  const messages = fields.generations
    .flat()
    .map((each) => (isFields(each) ? parseMessage(each.message ?? textMessage(each.text)) : null));
  if (!messages.length || !messages.every((message) => message !== null)) return null;
  return { messages, rest: restOf(fields, 'generations') };
}

function parseOutputItems(fields: Fields): Chat | null {
  const list = Array.isArray(fields.output) ? parseList(fields.output, 'output') : null;
  return list ? { messages: list.messages, rest: restOf(fields, 'output') } : null;
}

function parseAnthropic(fields: Fields): Chat | null {
  if (fields.type !== 'message' || !Array.isArray(fields.content)) return null;
  return chatOf([speak('assistant', fields.content)], restOf(fields, 'content', 'role', 'type'));
}

/** `generateText` of the Vercel AI SDK: text, reasoning and tool calls side by side. */
function parseAiSdk(fields: Fields): Chat | null {
  const calls = fields.toolCalls;
  const hasCalls = Array.isArray(calls) && calls.length > 0;
  if (!hasCalls && !(typeof fields.text === 'string' && ('finishReason' in fields || 'reasoning' in fields)))
    return null;
  const message = speak('assistant', fields.text);
  const reasoning = textOf(pick(fields, 'reasoning', 'reasoningText'));
  if (reasoning) message.parts.unshift({ type: 'thinking', text: reasoning });
  if (hasCalls)
    message.parts.push(
      ...calls.flatMap((call) => parsePart({ ...(isFields(call) ? call : {}), type: 'tool-call' })),
    );
  return chatOf([message], restOf(fields, 'text', 'reasoning', 'reasoningText', 'toolCalls'));
}

function parseSingle(fields: Fields): Chat | null {
  const message = parseMessage(fields);
  return message ? chatOf([message], null) : null;
}

const speak = (role: Role, content: unknown): ChatMessage => ({
  role,
  roleName: '',
  name: '',
  parts: parseParts(content),
  extra: null,
});
const chatOf = (messages: ChatMessage[], rest: Fields | null): Chat => ({ messages, rest });
const restOf = (fields: Fields, ...known: string[]) => listRest(fields, new Set(known));

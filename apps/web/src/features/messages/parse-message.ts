import {
  type ChatMessage,
  type Fields,
  isFields,
  listRest,
  type MessagePart,
  parseLoose,
  pick,
  type Role,
  textOf,
} from './chat-shape';
import { parsePart, parseParts } from './parse-part';

const roles: Record<string, Role> = {
  system: 'system',
  developer: 'system',
  SystemMessage: 'system',
  user: 'user',
  human: 'user',
  HumanMessage: 'user',
  assistant: 'assistant',
  ai: 'assistant',
  model: 'assistant',
  AIMessage: 'assistant',
  AIMessageChunk: 'assistant',
  tool: 'tool',
  function: 'tool',
  ToolMessage: 'tool',
  FunctionMessage: 'tool',
  // Semantic Kernel writes roles with a capital, smolagents has two of its own.
  System: 'system',
  User: 'user',
  Assistant: 'assistant',
  Tool: 'tool',
  'tool-call': 'assistant',
  'tool-response': 'tool',
};

const known = new Set([
  'role',
  'content',
  'contents',
  'parts',
  'items',
  'name',
  'tool_calls',
  'toolCalls',
  'function_call',
  'tool_call_id',
  'type',
  'reasoning_content',
  'reasoning',
  'thinking',
  'refusal',
  'id',
  'index',
  'object',
  'additional_kwargs',
  'example',
  'lc',
  'kwargs',
  'data',
  'status',
  'invalid_tool_calls',
  'tool_call_chunks',
  'isError',
]);

/** Kinds of LangChain message by their `type`; told from content parts by having `content`. */
const langChainTypes = new Set(['human', 'ai', 'system', 'tool', 'function', 'AIMessageChunk']);
/** Items of the OpenAI Responses API that stand beside messages. */
const loneParts: Record<string, Role | undefined> = {
  function_call: 'assistant',
  reasoning: 'assistant',
  function_call_output: 'tool',
};

/** null when the value is no message. */
export function parseMessage(value: unknown): ChatMessage | null {
  if (!isFields(value)) return null;
  const fields = unwrap(value);
  const type = textOf(fields.type);
  const lone = loneParts[type];
  if (lone && fields.role === undefined) return make(lone, '', '', parsePart(fields), null);
  const roleName =
    textOf(isFields(fields.role) ? fields.role.Label : fields.role) ||
    (langChainTypes.has(type) && 'content' in fields ? type : '');
  if (!roleName || !hasBody(fields)) return null;
  const role = roles[roleName] ?? 'other';
  const name = textOf(fields.name);
  const parts =
    role === 'tool' && !Array.isArray(fields.parts) && !Array.isArray(fields.items)
      ? parseToolAnswer(fields, name)
      : listParts(fields);
  return make(role, roles[roleName] ? '' : roleName, name, parts, listRest(fields, known));
}

const make = (
  role: Role,
  roleName: string,
  name: string,
  parts: MessagePart[],
  extra: Fields | null,
): ChatMessage => ({
  role,
  roleName,
  name,
  parts,
  extra,
});

/** OpenInference puts a message in `message`, LangChain its serialised ones in `kwargs` or `data`. */
function unwrap(value: Fields): Fields {
  if (isFields(value.message) && value.role === undefined) return value.message;
  if (isFields(value.kwargs) && Array.isArray(value.id)) {
    return { ...value.kwargs, role: textOf(value.id.at(-1)) };
  }
  if (isFields(value.data) && langChainTypes.has(textOf(value.type)) && 'content' in value.data) {
    return { ...value.data, role: textOf(value.type) };
  }
  return value;
}

const hasBody = (fields: Fields): boolean =>
  [
    'content',
    'contents',
    'parts',
    'items',
    'tool_calls',
    'toolCalls',
    'function_call',
    'refusal',
    'reasoning_content',
  ].some((key) => key in fields);

function listParts(fields: Fields): MessagePart[] {
  const thinking = textOf(pick(fields, 'reasoning_content', 'reasoning', 'thinking'));
  const content = parseParts(pick(fields, 'content', 'contents', 'parts', 'items'));
  const parts: MessagePart[] = thinking ? [{ type: 'thinking', text: thinking }, ...content] : content;
  if (textOf(fields.refusal)) parts.push({ type: 'text', text: textOf(fields.refusal) });
  const seen = new Set(content.flatMap((part) => (part.type === 'toolCall' && part.id ? [part.id] : [])));
  for (const call of listCalls(fields)) {
    if (call.type !== 'toolCall' || !seen.has(call.id)) parts.push(call);
  }
  return parts;
}

function listCalls(fields: Fields): MessagePart[] {
  const extra = isFields(fields.additional_kwargs) ? fields.additional_kwargs : {};
  const own = pick(fields, 'tool_calls', 'toolCalls');
  const calls = Array.isArray(own) && own.length ? own : extra.tool_calls;
  const list = Array.isArray(calls) ? calls : [];
  const single = pick(fields, 'function_call') ?? extra.function_call;
  const all = list.length === 0 && isFields(single) ? [single] : list;
  return all.flatMap((call) => {
    if (!isFields(call)) return [];
    const inner = isFields(call.tool_call) ? call.tool_call : call;
    return parsePart({ ...inner, type: 'tool_call' });
  });
}

/** What a tool answered. Content that brings its own result parts keeps them. */
function parseToolAnswer(fields: Fields, name: string): MessagePart[] {
  const content = pick(fields, 'content', 'contents');
  const parts = parseParts(content);
  if (parts.some((part) => part.type === 'toolResult')) return parts;
  const texts = parts.flatMap((part) => (part.type === 'text' ? [part.text] : []));
  const result = parts.length === texts.length ? parseLoose(texts.join('\n')) : content;
  const isError = fields.status === 'error' || fields.isError === true;
  return [{ type: 'toolResult', callId: textOf(fields.tool_call_id), name, result, isError }];
}

import { isObject, type JsonObject, unwrapJson } from './json-text';

/** More are kept in the output, but not indexed. */
export const maxToolCalls = 1_000;

/** How deep calls may lie in choices, messages and parts. */
const maxDepth = 6;

export interface ToolCalls {
  /** JSON text of {id, name, arguments, type, index}, in call order. */
  calls: string[];
  names: string[];
}

/**
 * The calls a model made, from its output as parsed JSON, in the shapes of OpenAI (chat, Responses), Anthropic,
 * Gemini, the AI SDK, LangChain and the GenAI conventions. Results of tools are no calls. A call that an output
 * tells twice (LangChain repeats it under `additional_kwargs`) counts once, by its id.
 */
export function readToolCalls(output: unknown): ToolCalls {
  const found: ToolCalls = { calls: [], names: [] };
  const seen = new Set<string>();

  function addCall(value: unknown): void {
    if (!isObject(value) || found.calls.length >= maxToolCalls) return;
    const call = isObject(value.functionCall) ? value.functionCall : value;
    const inner = isObject(call.function) ? call.function : call;
    const name = firstText(inner.name, call.name, call.toolName);
    if (name === '') return;
    const id = firstText(call.call_id, call.id, call.toolCallId);
    if (id !== '') {
      if (seen.has(id)) return;
      seen.add(id);
    }
    const index = typeof call.index === 'number' ? call.index : found.calls.length;
    const text = textOf(inner.arguments ?? call.arguments ?? call.args ?? call.input);
    found.calls.push(JSON.stringify({ id, name, arguments: text, type: firstText(call.type), index }));
    found.names.push(name);
  }

  function addList(list: unknown): void {
    const calls = unwrapJson(list);
    if (Array.isArray(calls)) for (const call of calls) addCall(call);
  }

  function visit(value: unknown, depth: number): void {
    if (depth > maxDepth || found.calls.length >= maxToolCalls) return;
    if (Array.isArray(value)) {
      for (const item of value) visit(item, depth + 1);
      return;
    }
    if (!isObject(value) || isToolResult(value)) return;
    if (isCall(value)) {
      addCall(value);
      return;
    }
    addList(value.tool_calls);
    addList(value.toolCalls);
    if (isObject(value.additional_kwargs)) addList(value.additional_kwargs.tool_calls);
    if (isObject(value.message)) visit(value.message, depth + 1);
    for (const list of [value.choices, value.candidates, value.content, value.parts, value.output]) {
      if (Array.isArray(list)) visit(list, depth + 1);
    }
    // Gemini: a candidate's content is an object with parts.
    if (isObject(value.content) && Array.isArray(value.content.parts)) visit(value.content.parts, depth + 1);
  }

  visit(output, 0);
  return found;
}

function firstText(...values: unknown[]): string {
  for (const value of values) if (typeof value === 'string' && value !== '') return value;
  return '';
}

function textOf(value: unknown): string {
  if (value === undefined || value === null || value === '') return '{}';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

const resultTypes = new Set(['tool_result', 'tool-result', 'function_call_output', 'tool_call_response']);

const isToolResult = (value: JsonObject): boolean =>
  value.role === 'tool' || (typeof value.type === 'string' && resultTypes.has(value.type));

const callTypes = new Set(['tool_use', 'tool-call', 'tool_call', 'function_call', 'server_tool_use']);

/** Whether an object is itself a call, not a message that holds some. */
function isCall(value: JsonObject): boolean {
  if (isObject(value.function)) {
    // A definition has the same shape, without arguments.
    return typeof value.function.name === 'string' && value.function.arguments !== undefined;
  }
  if (isObject(value.functionCall)) return true;
  if (typeof value.toolName === 'string') return value.result === undefined && value.output === undefined;
  if (typeof value.name !== 'string') return false;
  if (typeof value.call_id === 'string') return true;
  if (typeof value.type === 'string' && callTypes.has(value.type)) return true;
  return (
    value.arguments !== undefined &&
    (value.id !== undefined || value.index !== undefined || value.type !== undefined)
  );
}

import { isObject, type JsonObject, unwrapJson } from './json-text';

/** More are kept in the input, but not indexed. */
export const maxToolDefinitions = 1_000;

/** Name → JSON text of {description, parameters}. */
export type ToolDefinitions = Record<string, string>;

export const createToolDefinitions = (): ToolDefinitions => Object.create(null);

/** What names a tool: the entry itself, or the `function` in it. */
export function toolNameOf(entry: unknown): string | null {
  const body = bodyOf(entry);
  return body !== null && typeof body.name === 'string' && body.name !== '' ? body.name : null;
}

function bodyOf(entry: unknown): JsonObject | null {
  if (!isObject(entry)) return null;
  return isObject(entry.function) ? entry.function : entry;
}

/**
 * The tools a model was offered, from its input as parsed JSON: `tools` of the whole, of its messages, or the
 * content of a message with role `tool` that defines a function instead of answering.
 */
export function readToolDefinitions(input: unknown): ToolDefinitions {
  const definitions = createToolDefinitions();
  let count = 0;

  function add(entry: unknown): void {
    const tool = unwrapJson(entry);
    const name = toolNameOf(tool);
    const body = bodyOf(tool);
    if (name === null || body === null || count >= maxToolDefinitions) return;
    if (definitions[name] === undefined) count += 1;
    definitions[name] = JSON.stringify({
      description: body.description ?? body.desc ?? '',
      parameters:
        body.parameters ?? body.parameters_json_schema ?? body.inputSchema ?? body.input_schema ?? {},
    });
  }

  function addAll(tools: unknown): void {
    const entries = unwrapJson(tools);
    if (Array.isArray(entries)) for (const entry of entries) add(entry);
  }

  if (isObject(input)) addAll(input.tools);
  const messages = Array.isArray(input) ? input : isObject(input) ? input.messages : undefined;
  if (!Array.isArray(messages)) return definitions;
  for (const message of messages) {
    if (!isObject(message)) continue;
    addAll(message.tools);
    if (message.role === 'tool') {
      const content = unwrapJson(message.content);
      if (isObject(content) && content.type === 'function' && isObject(content.function)) add(content);
    }
  }
  return definitions;
}

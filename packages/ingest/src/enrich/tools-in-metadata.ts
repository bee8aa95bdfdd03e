import { createMetadata, type Metadata, type Observation } from '@tracewell/domain';
import { isObject, type JsonObject, parseJson, unwrapJson } from './json-text';
import { maxToolDefinitions, toolNameOf } from './tool-definitions';

/**
 * Some instrumentations tell the offered tools beside the input, as attributes that end up in the metadata.
 * They are moved into the input, where everybody looks for them.
 */

type MovedFields = Pick<Observation, 'input' | 'metadata'>;

const isNamed = (entry: unknown): boolean => toolNameOf(entry) !== null;
const isNamedOrTyped = (entry: unknown): boolean =>
  isNamed(entry) || (isObject(entry) && typeof entry.type === 'string');

/** Cheap: whether the metadata may hold tools at all. */
function mayHoldTools(metadata: Metadata): boolean {
  if (metadata.tools !== undefined) return true;
  const attributes = metadata.attributes;
  return (
    attributes !== undefined &&
    (attributes.includes('ai.prompt.tools') ||
      attributes.includes('gen_ai.tool.definitions') ||
      attributes.includes('function_tools') ||
      attributes.includes('llm.tools.'))
  );
}

/** The observation's fields after the move, or null when there is nothing to move or nowhere to move it. */
export function moveToolsIntoInput({ input, metadata }: MovedFields): MovedFields | null {
  if (!mayHoldTools(metadata)) return null;
  const taken: unknown[] = [];
  const rest = createMetadata();
  Object.assign(rest, metadata);

  const tools = readEntries(metadata.tools, isNamed);
  if (tools !== null) {
    taken.push(...tools);
    delete rest.tools;
  }
  const attributes = metadata.attributes === undefined ? undefined : parseJson(metadata.attributes);
  if (isObject(attributes) && takeFromAttributes(attributes, taken)) {
    if (Object.keys(attributes).length > 0) rest.attributes = JSON.stringify(attributes);
    else delete rest.attributes;
  }
  if (taken.length === 0) return null;
  const withTools = addToolsToInput(input, taken);
  return withTools === null ? null : { input: withTools, metadata: rest };
}

/** Moves from `attributes` to `taken`; tells whether it did. */
function takeFromAttributes(attributes: JsonObject, taken: unknown[]): boolean {
  const before = taken.length;
  for (const [key, accepts] of [
    ['ai.prompt.tools', isNamedOrTyped],
    ['gen_ai.tool.definitions', isNamed],
  ] as const) {
    const entries = readEntries(attributes[key], accepts);
    if (entries === null) continue;
    taken.push(...entries);
    delete attributes[key];
  }
  const request = unwrapJson(attributes.model_request_parameters);
  if (isObject(request)) {
    const entries = readEntries(request.function_tools, isNamed);
    if (entries !== null) {
      taken.push(...entries);
      const { function_tools: _, ...others } = request;
      const wasText = typeof attributes.model_request_parameters === 'string';
      attributes.model_request_parameters = wasText ? JSON.stringify(others) : others;
    }
  }
  for (const [key, entry] of numberedTools(attributes)) {
    taken.push(entry);
    delete attributes[key];
  }
  return taken.length > before;
}

/** `llm.tools.<n>.tool.json_schema` in ascending n, those that name a tool. */
function numberedTools(attributes: JsonObject): [key: string, entry: unknown][] {
  return Object.keys(attributes)
    .flatMap((key) => {
      const place = /^llm\.tools\.(\d+)\.tool\.json_schema$/.exec(key)?.[1];
      return place === undefined ? [] : [{ key, place: Number(place), entry: unwrapJson(attributes[key]) }];
    })
    .filter(({ entry }) => isNamed(entry))
    .sort((a, b) => a.place - b.place)
    .map(({ key, entry }) => [key, entry]);
}

/** The entries of an array (or its JSON text), each of which may be JSON text too; null unless all are tools. */
function readEntries(value: unknown, accepts: (entry: unknown) => boolean): unknown[] | null {
  const list = unwrapJson(value);
  if (!Array.isArray(list) || list.length === 0 || list.length > maxToolDefinitions) return null;
  const entries = list.map((entry) => unwrapJson(entry) ?? entry);
  return entries.every(accepts) ? entries : null;
}

/**
 * The input with the tools in it. Text is put around the input where that is possible, so that the client's
 * own JSON (numbers beyond 2^53, its spacing) stays as it came. null: the input cannot take them.
 */
export function addToolsToInput(input: string, entries: readonly unknown[]): string | null {
  const tools = uniteByName(entries);
  const toolsText = JSON.stringify(tools);
  const text = input.trim();
  if (text === '' || text === 'null') return `{"tools":${toolsText}}`;
  const value = parseJson(text);
  if (typeof value === 'number' || typeof value === 'boolean') return null;
  if (Array.isArray(value)) return `{"messages":${text},"tools":${toolsText}}`;
  if (!isObject(value)) {
    const prompt = typeof value === 'string' ? value : input;
    return `{"prompt":${JSON.stringify(prompt)},"tools":${toolsText}}`;
  }
  if (!Object.hasOwn(value, 'tools')) {
    const separator = Object.keys(value).length > 0 ? ',' : '';
    return `${text.slice(0, -1)}${separator}"tools":${toolsText}}`;
  }
  if (!Array.isArray(value.tools) || !value.tools.every(isNamed)) return null;
  return JSON.stringify({ ...value, tools: uniteByName([...value.tools, ...tools]) });
}

/** The first of each name; entries without one are all kept. */
function uniteByName(entries: readonly unknown[]): unknown[] {
  const names = new Set<string>();
  return entries.filter((entry) => {
    const name = toolNameOf(entry);
    if (name === null) return true;
    if (names.has(name)) return false;
    names.add(name);
    return true;
  });
}

import { type Operation, StructuredError } from '@tracewell/contract';
import { z } from 'zod';

export type Json = Record<string, unknown>;
type Place = 'path' | 'query' | 'body';

/** What a tool takes: one flat object, whatever part of the request each field goes to. */
export interface ToolInput {
  schema: Json & { type: 'object' };
  places: ReadonlyMap<string, Place>;
  /** Set where the body is no plain object, or has a field that the path or query has: then it is one argument. */
  wholeBody: string | null;
}

/** The arguments of an operation, from its schemas. */
export function describeInput(operation: Operation): ToolInput {
  const properties: Json = {};
  const required = new Set<string>();
  const places = new Map<string, Place>();
  const definitions: Json = {};
  let wholeBody: string | null = null;

  function add(place: Place, schema: Json): void {
    for (const [name, property] of Object.entries(schema.properties as Json)) {
      properties[name] = property;
      places.set(name, place);
      if ((schema.required as string[] | undefined)?.includes(name)) required.add(name);
    }
  }
  for (const place of ['path', 'query'] as const) {
    const schema = place === 'path' ? operation.params : operation.query;
    if (schema) add(place, toSchema(schema, definitions));
  }
  if (operation.body) {
    const body = toSchema(operation.body, definitions);
    const fields = Object.keys((body.properties as Json | undefined) ?? {});
    const isFlat = body.type === 'object' && fields.length > 0 && fields.every((name) => !places.has(name));
    if (isFlat) add('body', body);
    else {
      wholeBody = 'body';
      add('body', { properties: { body }, required: ['body'] });
    }
  }
  return {
    schema: {
      type: 'object',
      properties,
      ...(required.size > 0 && { required: [...required] }),
      additionalProperties: false,
      ...(Object.keys(definitions).length > 0 && { $defs: definitions }),
    },
    places,
    wholeBody,
  };
}

/** JSON schema of what a client sends; shared parts are gathered for the root, where references look for them. */
function toSchema(schema: z.ZodType, definitions: Json): Json {
  const {
    $schema: _,
    $defs,
    ...rest
  } = z.toJSONSchema(schema, {
    io: 'input',
    target: 'draft-2020-12',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => {
      if (jsonSchema.format === 'date-time') delete jsonSchema.pattern;
    },
  }) as Json;
  Object.assign(definitions, $defs);
  return rest;
}

export interface ToolRequest {
  method: Operation['method'];
  /** With its query. */
  path: string;
  body: unknown;
}

/** The request a call stands for; what its values are, the operation's own route checks. */
export function toRequest(operation: Operation, input: ToolInput, args: Json): ToolRequest {
  let path: string = operation.path;
  const query = new URLSearchParams();
  const body: Json = {};
  for (const [name, value] of Object.entries(args)) {
    const place = input.places.get(name);
    if (!place) {
      throw new StructuredError(
        'invalid_request',
        'invalid_request',
        `${operation.id} takes no argument ${name}. It takes ${[...input.places.keys()].join(', ') || 'none'}.`,
      );
    }
    if (value === undefined || (value === null && place !== 'body')) continue;
    if (place === 'path') path = path.replace(`{${name}}`, encodeURIComponent(String(value)));
    else if (place === 'query') for (const text of toTexts(value)) query.append(name, text);
    else body[name] = value;
  }
  const missing = /\{(\w+)\}/.exec(path)?.[1];
  if (missing) {
    throw new StructuredError(
      'invalid_request',
      'invalid_request',
      `${operation.id} needs the argument ${missing}.`,
    );
  }
  return {
    method: operation.method,
    path: query.size > 0 ? `${path}?${query}` : path,
    body: operation.body ? (input.wholeBody ? body[input.wholeBody] : body) : undefined,
  };
}

/** A list of plain values is a parameter repeated; anything deeper travels as JSON, as filters do. */
function toTexts(value: unknown): string[] {
  const isPlain = (item: unknown) => typeof item !== 'object' || item === null;
  if (Array.isArray(value) && value.every(isPlain)) return value.map(String);
  return [isPlain(value) ? String(value) : JSON.stringify(value)];
}

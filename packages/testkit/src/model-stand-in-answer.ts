/** What the stand-in says, apart from the protocol in which it says it. */
export type Answer = { text: string } | { tool: string; arguments: unknown };

export interface Asked {
  /** Text of the last message of the user. */
  said: string;
  tools: { name: string; schema: unknown }[];
  /** The one tool that the request insists on. */
  forcedTool?: string | undefined;
  hasToolResult: boolean;
  /** Schema of the JSON that is asked for instead of text. */
  outputSchema?: unknown;
}

/** A call of the first tool while no tool has answered, else the words of the user (or JSON as the schema has it). */
export function answerTo(asked: Asked): Answer {
  const tool = asked.tools.find((it) => it.name === asked.forcedTool) ?? asked.tools[0];
  if (tool && !asked.hasToolResult) return { tool: tool.name, arguments: valueOfSchema(tool.schema) };
  if (asked.outputSchema) return { text: JSON.stringify(valueOfSchema(asked.outputSchema)) };
  return { text: `You said: ${asked.said}` };
}

interface Schema {
  $ref?: string;
  const?: unknown;
  enum?: unknown[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  type?: string | string[];
  properties?: Record<string, Schema>;
  items?: Schema;
}

const deepest = 16;

/** A value that obeys a JSON schema: "Paris" for a string, 1 for a number, every property, one item. */
export function valueOfSchema(schema: unknown): unknown {
  return build((schema ?? {}) as Schema, schema, 0);
}

function build(schema: Schema, root: unknown, depth: number): unknown {
  if (depth > deepest) return null;
  if (schema.$ref) return build(follow(schema.$ref, root), root, depth + 1);
  if ('const' in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  const choice = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (choice?.[0]) return build(choice.find((it) => it.type !== 'null') ?? choice[0], root, depth + 1);
  const type = Array.isArray(schema.type) ? schema.type.find((it) => it !== 'null') : schema.type;
  if (type === 'string') return 'Paris';
  if (type === 'number' || type === 'integer') return 1;
  if (type === 'boolean') return true;
  if (type === 'array') return [build(schema.items ?? { type: 'string' }, root, depth + 1)];
  if (type === 'null') return null;
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).map(([name, it]) => [name, build(it, root, depth + 1)]),
  );
}

function follow(reference: string, root: unknown): Schema {
  let place = root;
  for (const part of reference.replace(/^#\/?/, '').split('/')) {
    if (part) place = (place as Record<string, unknown> | undefined)?.[part];
  }
  return (place ?? {}) as Schema;
}

/** The text of a message's content in any of the protocols: a string, or parts of which some are text. */
export function textOfContent(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .filter((part) => typeof part?.text === 'string')
    .map((part) => part.text)
    .join('');
}

/** Cuts a text into pieces as a model streams it, a word each. */
export function pieces(text: string): string[] {
  return text.match(/\s*\S+/g) ?? [text];
}

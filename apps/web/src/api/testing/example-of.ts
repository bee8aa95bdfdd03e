import { z } from 'zod';

export type Schema = Record<string, unknown>;

/** What a client may send, as JSON schema. */
export const inputSchema = (schema: z.ZodType): Schema =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Schema;

/**
 * A small value that fits a JSON schema, with `mark` in every free text. Rules beyond the schema, as of one field
 * about another, it does not know: an operation that has some has a recipe in `seed-project.ts`.
 */
export function exampleOf(schema: Schema, mark: string, root: Schema = schema, name = 'text'): unknown {
  const { $ref, enum: values, anyOf, oneOf, allOf, type } = schema;
  if (typeof $ref === 'string') {
    const target = (root.$defs as Record<string, Schema> | undefined)?.[$ref.split('/').at(-1)!];
    return target ? exampleOf(target, mark, root, name) : null;
  }
  if ('const' in schema) return schema.const;
  if (Array.isArray(values)) return values[0];
  if ('default' in schema) return schema.default;
  for (const parts of [oneOf, anyOf]) {
    if (Array.isArray(parts)) return exampleOf(parts[0] as Schema, mark, root, name);
  }
  if (Array.isArray(allOf)) {
    return Object.assign({}, ...allOf.map((part) => exampleOf(part as Schema, mark, root, name)));
  }
  switch (Array.isArray(type) ? type[0] : type) {
    case 'object':
      return exampleObject(schema, mark, root);
    case 'array':
      return (schema.minItems ?? 0) === 0 ? [] : [exampleOf(schema.items as Schema, mark, root, name)];
    case 'integer':
    case 'number':
      return exampleNumber(schema);
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'string':
      return exampleText(schema, mark, name);
    default:
      return { [`${mark}-key`]: `${mark}-${name}` };
  }
}

function exampleObject(schema: Schema, mark: string, root: Schema): Record<string, unknown> {
  const required = new Set(schema.required as string[] | undefined);
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
  return Object.fromEntries(
    properties
      .filter(([name]) => required.has(name))
      .map(([name, property]) => [name, exampleOf(property, mark, root, name)]),
  );
}

function exampleNumber({ minimum, exclusiveMinimum, maximum }: Schema): number {
  const lowest = (minimum as number | undefined) ?? (exclusiveMinimum as number | undefined);
  if (lowest === undefined || lowest <= 1) return Math.min(1, (maximum as number | undefined) ?? 1);
  return lowest;
}

function exampleText({ format, minLength, maxLength }: Schema, mark: string, name: string): string {
  if (format === 'date-time') return new Date(Date.UTC(2026, 0, 2)).toISOString();
  if (format === 'email') return `${mark}@example.test`;
  if (format === 'uri') return `https://example.test/${mark}`;
  return `${mark}-${name}`
    .padEnd((minLength as number | undefined) ?? 0, 'x')
    .slice(0, maxLength as number | undefined);
}

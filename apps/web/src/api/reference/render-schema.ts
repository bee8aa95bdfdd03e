import { escapeHtml } from './escape-html';

export type Schema = Record<string, unknown>;

/** Deeper parts are cut off: what is that deep has a name of its own, or is free-form. */
const maxDepth = 12;

/** A JSON schema as a type that a person reads at a glance; named parts are links. HTML, for within `<pre>`. */
export function renderSchema(schema: unknown, depth = 0): string {
  if (typeof schema !== 'object' || schema === null || depth > maxDepth) return 'any';
  const {
    $ref,
    type,
    enum: values,
    anyOf,
    oneOf,
    allOf,
    items,
    properties,
    additionalProperties,
  } = schema as Schema;
  if (typeof $ref === 'string') return linkTo($ref);
  if ('const' in schema) return literal((schema as Schema).const);
  if (Array.isArray(values)) return values.map(literal).join(' | ');
  for (const [parts, sign] of [
    [oneOf, ' | '],
    [anyOf, ' | '],
    [allOf, ' & '],
  ] as const) {
    if (Array.isArray(parts)) return parts.map((part) => renderSchema(part, depth)).join(sign);
  }
  if (Array.isArray(type))
    return type.map((one) => renderSchema({ ...schema, type: one }, depth)).join(' | ');
  if (type === 'array') {
    const item = renderSchema(items, depth);
    return `${/[|&]/.test(item.replaceAll(/&\w+;/g, '')) && !item.startsWith('{') ? `(${item})` : item}[]${limitsOf(schema)}`;
  }
  if (properties) return renderObject(schema as Schema, depth);
  if (type === 'object' || additionalProperties) {
    return `{ [key]: ${typeof additionalProperties === 'object' ? renderSchema(additionalProperties, depth + 1) : 'any'} }`;
  }
  if (typeof type !== 'string') return 'any';
  const format = (schema as Schema).format;
  return escapeHtml(typeof format === 'string' ? `${type} (${format})` : type) + limitsOf(schema);
}

function renderObject(schema: Schema, depth: number): string {
  const required = new Set(schema.required as string[] | undefined);
  const indent = '  '.repeat(depth + 1);
  const lines = Object.entries(schema.properties as Record<string, Schema>).map(([name, property]) => {
    const mark = required.has(name) ? '' : '<i>?</i>';
    const fallback = 'default' in property ? ` <i>= ${literal(property.default)}</i>` : '';
    return `${indent}<b>${escapeHtml(name)}</b>${mark}: ${renderSchema(property, depth + 1)}${fallback}`;
  });
  if (lines.length === 0) return '{}';
  return `{\n${lines.join('\n')}\n${'  '.repeat(depth)}}`;
}

const literal = (value: unknown): string => escapeHtml(JSON.stringify(value) ?? 'any');

function linkTo(reference: string): string {
  const name = escapeHtml(reference.split('/').at(-1) ?? '');
  return `<a href="#schema-${name}">${name}</a>`;
}

/** Bounds beyond those of the number type itself. */
function limitsOf(schema: object): string {
  const { minimum, maximum, minLength, maxLength, minItems, maxItems, exclusiveMinimum } = schema as Record<
    string,
    number | undefined
  >;
  const bound = (value: number | undefined) =>
    value !== undefined && Math.abs(value) < Number.MAX_SAFE_INTEGER ? value : undefined;
  const from = bound(minimum) ?? minLength ?? minItems ?? exclusiveMinimum;
  const to = bound(maximum) ?? maxLength ?? maxItems;
  if (from === undefined && to === undefined) return '';
  return ` <i>${from ?? ''}…${to ?? ''}</i>`;
}

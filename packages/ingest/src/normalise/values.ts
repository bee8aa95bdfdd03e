import { isJsonDeeperThan } from '../decode/json-depth';
import { otlpLimits } from '../decode/limits';
import type { Attributes, AttributeValue } from '../decode/span';

export type ObjectValue = { [key: string]: AttributeValue };

export const isObject = (value: unknown): value is ObjectValue =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Not null, not empty text, not an empty array or object. */
export function isMeaningful(value: AttributeValue | undefined): boolean {
  if (value === undefined || value === null || value === '') return false;
  if (typeof value !== 'object') return true;
  return Array.isArray(value) ? value.length > 0 : Object.keys(value).length > 0;
}

/** Text as it came, anything else as its JSON text; '' for nothing. */
export function textOf(value: AttributeValue | undefined): string {
  if (typeof value === 'string') return value;
  return value === undefined || value === null ? '' : JSON.stringify(value);
}

/** The first of the keys with a truthy value. */
export function firstValue(attributes: Attributes, ...keys: string[]): AttributeValue | undefined {
  for (const key of keys) {
    const value = attributes[key];
    if (value) return value;
  }
  return undefined;
}

/** As `firstValue`, as text. */
export function firstText(attributes: Attributes, ...keys: string[]): string | undefined {
  const value = firstValue(attributes, ...keys);
  return value === undefined ? undefined : textOf(value);
}

/** The value that JSON text stands for; undefined when it is none, or nests deeper than the limit. */
export function parseJson(text: string): AttributeValue | undefined {
  if (isJsonDeeperThan(text, otlpLimits.jsonDepth)) return undefined;
  try {
    return JSON.parse(text) as AttributeValue;
  } catch {
    return undefined;
  }
}

const mayBeStructure = /^\s*[[{]/;

/** JSON text of an array or object is replaced by what it stands for; any other value is returned as it is. */
export function parseStructure(value: AttributeValue | undefined): AttributeValue | undefined {
  if (typeof value !== 'string' || !mayBeStructure.test(value)) return value;
  return parseJson(value) ?? value;
}

/** An object, native or as JSON text. */
export function parseObject(value: AttributeValue | undefined): ObjectValue | undefined {
  const parsed = parseStructure(value);
  return isObject(parsed) ? parsed : undefined;
}

/** An array, native or as JSON text. */
export function parseArray(value: AttributeValue | undefined): AttributeValue[] | undefined {
  const parsed = parseStructure(value);
  return Array.isArray(parsed) ? parsed : undefined;
}

/** A finite number, native or as text. */
export function numberOf(value: AttributeValue | undefined): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

let lastAttributes: Attributes | undefined;
let lastKeys: readonly string[] = [];

/**
 * The keys, listed once for all dialects that go through them for the same span: listing them anew for each was
 * a third of normalising. Attributes are not written to once they are decoded.
 */
export function keysOf(attributes: Attributes): readonly string[] {
  if (attributes !== lastAttributes) {
    lastKeys = Object.keys(attributes);
    lastAttributes = attributes;
  }
  return lastKeys;
}

/** Whether any key of the attributes starts with the prefix. */
export function hasPrefix(attributes: Attributes, prefix: string): boolean {
  for (const key of keysOf(attributes)) if (key.startsWith(prefix)) return true;
  return false;
}

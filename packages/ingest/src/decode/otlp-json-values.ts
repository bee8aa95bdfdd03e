import type { Microseconds } from '@tracewell/domain';
import { otlpLimits } from './limits';
import { fieldOf, isJsonObject } from './otlp-json-walk';
import type { Attributes, AttributeValue } from './span';
import { refusals } from './span-rules';
import { microsecondsOf } from './wire-reader';

/** A span's content breaks a rule; the message is the refusal. Never leaves this folder or the door. */
export class RefusedSpan extends Error {
  override readonly name = 'RefusedSpan';
}

/** What one span (or resource, or scope) may still hold. */
export interface Allowance {
  attributes: number;
  values: number;
}

export const createAllowance = (): Allowance => ({
  attributes: otlpLimits.attributesPerSpan,
  values: otlpLimits.valuesPerSpan,
});

/**
 * An id of OTLP/JSON. Hex of the right length is lower-cased; any other printable text up to 64 characters is
 * an id of the client's own and stays as it is. Byte arrays, bare or as Node serialises a Buffer, become hex.
 * '' when absent, null when it is no id.
 */
export function readId(value: unknown, hexDigits: number): string | null {
  if (value === undefined || value === null || value === '') return '';
  if (typeof value === 'string') {
    if (value.length === hexDigits && /^[0-9a-fA-F]+$/.test(value))
      return /^0+$/.test(value) ? '' : value.toLowerCase();
    return /^[\x21-\x7e]+$/.test(value) && value.length <= otlpLimits.idLength ? value : null;
  }
  const bytes = isJsonObject(value) && value.type === 'Buffer' ? value.data : value;
  if (!Array.isArray(bytes) || bytes.length * 2 !== hexDigits) return null;
  if (!bytes.every((byte) => Number.isInteger(byte) && byte >= 0 && byte <= 255)) return null;
  return bytes.some((byte) => byte !== 0) ? Buffer.from(bytes).toString('hex') : '';
}

/** Nanoseconds since 1970 as decimal text, number or {high, low}; 0 when absent, negative or no number. */
export function readNanoseconds(value: unknown): Microseconds {
  if (typeof value === 'string') {
    if (!/^\d{1,20}$/.test(value)) return 0;
    return value.length > 3 ? Number(value.slice(0, -3)) : 0;
  }
  if (typeof value === 'number') return Number.isFinite(value) && value > 0 ? Math.floor(value / 1000) : 0;
  if (isJsonObject(value) && typeof value.high === 'number' && typeof value.low === 'number')
    return microsecondsOf(value.high >>> 0, value.low >>> 0);
  return 0;
}

/** `[{key, value}]` to a map. Throws `RefusedSpan` beyond the allowance. */
export function readAttributes(list: unknown, allowance: Allowance): Attributes {
  const attributes: Attributes = Object.create(null);
  if (list === undefined || list === null) return attributes;
  if (!Array.isArray(list)) throw new RefusedSpan(refusals.attributesNotArray);
  allowance.attributes -= list.length;
  if (allowance.attributes < 0) throw new RefusedSpan(refusals.attributes);
  readKeyValues(list, attributes, allowance, 1);
  return attributes;
}

function readKeyValues(list: unknown[], into: Attributes, allowance: Allowance, depth: number): Attributes {
  for (const entry of list) {
    if (!isJsonObject(entry)) continue;
    const { key } = entry;
    into[typeof key === 'string' ? key : ''] = readValue(entry.value, allowance, depth);
  }
  return into;
}

function readValue(value: unknown, allowance: Allowance, depth: number): AttributeValue {
  if (--allowance.values < 0) throw new RefusedSpan(refusals.values);
  if (depth > otlpLimits.valueDepth) throw new RefusedSpan(refusals.depth);
  if (!isJsonObject(value)) return null;
  const text = fieldOf(value, 'stringValue', 'string_value');
  if (text !== undefined) return typeof text === 'string' ? text : JSON.stringify(text);
  const int = fieldOf(value, 'intValue', 'int_value');
  if (int !== undefined) return readInteger(int);
  const double = fieldOf(value, 'doubleValue', 'double_value');
  if (double !== undefined) return readDouble(double);
  const bool = fieldOf(value, 'boolValue', 'bool_value');
  if (bool !== undefined) return typeof bool === 'boolean' ? bool : bool === 'true';
  const array = fieldOf(value, 'arrayValue', 'array_value');
  if (array !== undefined) return readList(array).map((item) => readValue(item, allowance, depth + 1));
  const kvlist = fieldOf(value, 'kvlistValue', 'kvlist_value');
  if (kvlist !== undefined) return readKeyValues(readList(kvlist), Object.create(null), allowance, depth + 1);
  const bytes = fieldOf(value, 'bytesValue', 'bytes_value');
  return typeof bytes === 'string' ? bytes : null;
}

const readList = (holder: unknown): unknown[] =>
  isJsonObject(holder) && Array.isArray(holder.values) ? holder.values : [];

function readInteger(value: unknown): AttributeValue {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  if (typeof value === 'string') {
    const number = Number(value);
    return Number.isSafeInteger(number) && value.trim() !== '' ? number : value;
  }
  if (isJsonObject(value) && typeof value.high === 'number' && typeof value.low === 'number') {
    const exact = (BigInt(value.high | 0) << 32n) | BigInt(value.low >>> 0);
    const number = Number(exact);
    return Number.isSafeInteger(number) ? number : exact.toString();
  }
  return null;
}

/** Numeric text counts as the number; `NaN` and infinities stay text. */
function readDouble(value: unknown): AttributeValue {
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value !== 'string') return null;
  const number = Number(value);
  return Number.isFinite(number) && value.trim() !== '' ? number : value;
}

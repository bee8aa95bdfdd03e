import { ApiError } from '@tracewell/contract';

/** Levels of objects and arrays: deeper ones overflow the stack of whoever writes them out again. */
export const maxPayloadDepth = 500;

/** All but tab, line feed and carriage return; the store holds no NUL, and screens show none of the others. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controlCharacters = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F]/g;

/**
 * JSON of any shape as it can be stored: texts and keys without control characters and without halves of
 * surrogate pairs.
 * @param name what the client calls it
 * @throws ApiError `invalid_request` when it is nested too deep
 */
export function storablePayload(name: string, value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return storableText(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maxPayloadDepth) {
    throw new ApiError(
      'invalid_request',
      `${name} is nested deeper than ${maxPayloadDepth} levels. Send it flatter, or as text.`,
    );
  }
  if (Array.isArray(value)) return value.map((member) => storablePayload(name, member, depth + 1));
  // Entries and not assignments: a key may be `__proto__`.
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => [
      storableText(key),
      storablePayload(name, member, depth + 1),
    ]),
  );
}

const storableText = (text: string): string =>
  text.replace(controlCharacters, '').replace(/\p{Surrogate}/gu, '\uFFFD');

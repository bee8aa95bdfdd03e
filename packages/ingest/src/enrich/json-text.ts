/** Longer texts are not parsed for what they may hold: it would hold up all others of a batch. */
export const maxParsedCharacters = 2_097_152;

export type JsonObject = Record<string, unknown>;

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a text may be a JSON object or array. Costs nothing. */
export function looksStructured(text: string): boolean {
  const first = text.charCodeAt(0);
  if (first === 123 || first === 91) return true;
  return first <= 32 && /^\s+[[{]/.test(text);
}

/** undefined: not JSON, or too long to be looked at. */
export function parseJson(text: string): unknown {
  if (text.length > maxParsedCharacters) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // plain text
  }
}

/** A value that may have been sent as JSON text. */
export const unwrapJson = (value: unknown): unknown => (typeof value === 'string' ? parseJson(value) : value);

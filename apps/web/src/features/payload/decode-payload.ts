/** An input or output as it is kept: JSON or plain text. */
export type Payload = { kind: 'text'; text: string } | { kind: 'json'; value: unknown; raw: string };

/**
 * JSON text becomes its value; a JSON string that itself holds an object or a list (written twice by some
 * clients) is opened once more. Everything else is text.
 */
export function decodePayload(raw: string): Payload {
  const value = parse(raw);
  if (value === undefined) return { kind: 'text', text: raw };
  if (typeof value !== 'string') return { kind: 'json', value, raw };
  const inner = /^\s*[[{]/.test(value) ? parse(value) : undefined;
  return inner === undefined ? { kind: 'text', text: value } : { kind: 'json', value: inner, raw };
}

function parse(text: string): unknown {
  if (!/^\s*(?:[[{"\d-]|true|false|null)/.test(text)) return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

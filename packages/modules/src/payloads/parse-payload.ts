/**
 * Payloads are stored as text: JSON where the client sent structure. Readers of the wire get the structure back.
 *
 *   ''                        null
 *   JSON of anything          its value
 *   a bare number             the text, as nobody can tell whether it was one (`"007"`, an id, a phone number)
 *   an integer beyond 2^53    the text of that integer, where it stands: a double would change it
 *   anything else             the text as it is
 */
export function parsePayload(text: string): unknown {
  if (text === '') return null;
  if (!mayBeJson(text)) return text;
  try {
    return JSON.parse(longDigits.test(text) ? quoteUnsafeIntegers(text) : text);
  } catch {
    return text;
  }
}

/** Metadata, value by value. */
export function parseMetadata(metadata: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(metadata).map(([key, value]) => [key, parsePayload(value)]));
}

/** What starts like an object, an array, a text or a word of JSON; cheap, as most payloads are prose. */
const mayBeJson = (text: string): boolean => /^\s*(?:[{["]|true\s*$|false\s*$|null\s*$)/.test(text);

const longDigits = /\d{16}/;
const integer = /^-?\d+$/;
const numberCharacter = /[-+.\deE]/;

/** Puts quotes around integers that a double cannot hold, outside of texts. Linear in the length. */
function quoteUnsafeIntegers(json: string): string {
  let result = '';
  let copied = 0;
  let at = 0;
  while (at < json.length) {
    const character = json[at]!;
    if (character === '"') {
      at = endOfText(json, at);
    } else if (character === '-' || (character >= '0' && character <= '9')) {
      let end = at + 1;
      while (end < json.length && numberCharacter.test(json[end]!)) end++;
      const token = json.slice(at, end);
      if (integer.test(token) && !Number.isSafeInteger(Number(token))) {
        result += `${json.slice(copied, at)}"${token}"`;
        copied = end;
      }
      at = end;
    } else {
      at++;
    }
  }
  return result + json.slice(copied);
}

function endOfText(json: string, start: number): number {
  let at = start + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at + 1;
}

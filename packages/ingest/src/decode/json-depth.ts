const quote = 0x22;
const backslash = 0x5c;

/**
 * Whether JSON text nests deeper than `limit`, found by a scan that builds nothing: a parser takes a million
 * levels, but whatever writes the value out again overflows the stack. Text that is not JSON gives any answer.
 */
export function isJsonDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === quote) {
      at = endOfString(text, at);
    } else if (code === 0x7b || code === 0x5b) {
      if (++depth > limit) return true;
    } else if (code === 0x7d || code === 0x5d) {
      depth--;
    }
  }
  return false;
}

/** Position of the quote that closes the string opened at `open`, or the end of the text. */
function endOfString(text: string, open: number): number {
  let at = open;
  for (;;) {
    at = text.indexOf('"', at + 1);
    if (at < 0) return text.length;
    let escapes = 0;
    while (text.charCodeAt(at - 1 - escapes) === backslash) escapes++;
    if (escapes % 2 === 0) return at;
  }
}

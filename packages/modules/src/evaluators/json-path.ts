/** Name, index, slice, union, wildcard or filter in brackets; filters may hold no brackets of their own. */
const bracket =
  /\[(?:\*|-?\d*:-?\d*(?::-?\d+)?|-?\d+(?:,\s*-?\d+)*|'[^']*'(?:,\s*'[^']*')*|"[^"]*"(?:,\s*"[^"]*")*|\?\(?[^[\]]+\)?)\]/y;
/** `.name`, `.*`, `..name`, `..*`; `..` may also stand before a bracket. */
const dotted = /\.{1,2}(?:\*|[\p{L}_$][\p{L}\p{N}_$-]*|(?=\[))/uy;

/** Whether the text is a JSONPath expression: `$`, then steps. Linear in its length. */
export function isJsonPath(text: string): boolean {
  if (!text.startsWith('$')) return false;
  let at = 1;
  while (at < text.length) {
    const step = text[at] === '[' ? bracket : dotted;
    step.lastIndex = at;
    const match = step.exec(text);
    if (!match) return false;
    at += match[0].length;
  }
  return true;
}

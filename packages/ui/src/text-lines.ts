/** Longest piece that is drawn as one row; a longer line is shown over several rows. */
export const maxRowCharacters = 2000;

/**
 * Where the rows of a text start and end, as pairs of offsets in one flat array: line by line, a line longer
 * than `maxRowCharacters` cut into pieces. Offsets, not strings, so that 10 MB cost next to nothing.
 */
export function splitRows(text: string, maxLength: number = maxRowCharacters): number[] {
  const offsets: number[] = [];
  let start = 0;
  while (start <= text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    if (end === start) offsets.push(start, end);
    for (let at = start; at < end; at += maxLength) offsets.push(at, Math.min(end, at + maxLength));
    if (newline === -1) break;
    start = newline + 1;
  }
  return offsets;
}

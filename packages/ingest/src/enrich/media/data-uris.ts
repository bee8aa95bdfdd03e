import { endOfBase64, type TakeMedia } from './found-media';

export const dataUriMark = ';base64,';
/** Longest `data:` with type and parameters that is looked for before the mark. */
const maxHeaderLength = 300;
/** Marks that are looked at; only a text that is made of them has more. */
const maxMarks = 10_000;
/** The slash may be escaped, as some encoders of JSON do. */
const headerPattern = /^data:([^;,\s"'\\/]+)\\?\/([^;,\s"'\\/]+)(?:;[^;,\s"'\\]+)*$/;

/**
 * The text with its data URIs replaced, wherever they stand: in JSON of any depth, in JSON within JSON, in
 * Markdown. Nothing else of it changes.
 */
export function replaceDataUris(text: string, take: TakeMedia): string {
  const parts: string[] = [];
  let from = 0;
  let marks = 0;
  for (let mark = text.indexOf(dataUriMark); mark !== -1 && marks < maxMarks; marks++) {
    const payload = mark + dataUriMark.length;
    const end = endOfBase64(text, payload);
    const before = text.slice(Math.max(from, mark - maxHeaderLength), mark);
    // From the nearest `data:` on: a search from the left would try every one of many.
    const header = headerPattern.exec(before.slice(Math.max(0, before.lastIndexOf('data:'))));
    const reference =
      header && end > payload
        ? take(`${header[1]}/${header[2]}`, text.slice(payload, end).replaceAll('\\', ''))
        : null;
    if (header && reference !== null) {
      parts.push(text.slice(from, mark - header[0].length), reference);
      from = end;
    }
    mark = text.indexOf(dataUriMark, end);
  }
  return parts.length === 0 ? text : parts.join('') + text.slice(from);
}

/**
 * Reads just enough of a statement to know where its parts are: a scanner over words outside quotes, comments
 * and parentheses. All offsets are into the text as given; texts are scanned as latin1, so that an offset is a
 * byte offset even when binary data follows.
 */
export type StatementShape =
  | {
      kind: 'insert-data';
      /** `INSERT INTO t (a, b)` */
      head: string;
      /** `SETTINGS a = 1`, or nothing. */
      settings: string;
      format: string;
      /** Where inline data begins. */
      dataAt: number;
    }
  | {
      kind: 'other';
      /** First word, in capitals: `SELECT`. */
      verb: string;
      /** What a trailing `FORMAT` names. */
      format: string | undefined;
      /** Whether something follows a semicolon. */
      hasSeparator: boolean;
    };

interface Word {
  text: string;
  at: number;
  end: number;
}

export function readStatementShape(text: string): StatementShape {
  const words = topLevelWords(text);
  const first = words.next().value;
  if (first?.text.toUpperCase() === 'INSERT') {
    const insert = readInsert(text, words);
    if (insert) return insert;
  }
  let format: string | undefined;
  let previous = first;
  let hasSeparator = false;
  for (const word of topLevelWords(text)) {
    if (word.text === ';') hasSeparator = text.slice(word.end).trim() !== '';
    else if (previous?.text.toUpperCase() === 'FORMAT') format = word.text;
    previous = word;
  }
  return { kind: 'other', verb: first?.text.toUpperCase() ?? '', format, hasSeparator };
}

/** undefined when the rows come from a SELECT or a file and not from data that follows. */
function readInsert(text: string, words: Iterator<Word>): StatementShape | undefined {
  let settingsAt: number | undefined;
  for (let step = words.next(); !step.done; step = words.next()) {
    const word = step.value;
    const keyword = word.text.toUpperCase();
    if (keyword === 'SELECT' || keyword === 'WITH' || keyword === 'INFILE' || keyword === ';')
      return undefined;
    if (keyword === 'SETTINGS') settingsAt ??= word.at;
    if (keyword !== 'FORMAT' && keyword !== 'VALUES') continue;
    const name = keyword === 'VALUES' ? word : words.next().value;
    if (!name) return undefined;
    return {
      kind: 'insert-data',
      head: text.slice(0, settingsAt ?? word.at).trim(),
      settings: settingsAt === undefined ? '' : text.slice(settingsAt, word.at).trim(),
      format: keyword === 'VALUES' ? 'Values' : name.text,
      dataAt: skipToData(text, name.end),
    };
  }
  return undefined;
}

/** Past the blanks and the one line end between the format's name and its data; a lone `;` is no data. */
function skipToData(text: string, from: number): number {
  const blanks = /^[ \t]*(?:\r?\n)?/.exec(text.slice(from, from + 1024))![0].length;
  return /^\s*;?\s*$/.test(text.slice(from, from + 1024)) && text.length <= from + 1024
    ? text.length
    : from + blanks;
}

function* topLevelWords(text: string): Generator<Word, undefined> {
  const token =
    /--[^\n]*|#[! ][^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:\\[\s\S]|''|[^'\\]+)*(?:'|$)|"(?:\\[\s\S]|[^"\\]+)*(?:"|$)|`(?:\\[\s\S]|[^`\\]+)*(?:`|$)|[A-Za-z_][A-Za-z0-9_]*|[();]/g;
  let depth = 0;
  for (let match = token.exec(text); match; match = token.exec(text)) {
    const [found] = match;
    if (found === '(') depth += 1;
    else if (found === ')') depth = Math.max(0, depth - 1);
    else if (depth === 0 && /^[A-Za-z_;]/.test(found)) {
      yield { text: found, at: match.index, end: match.index + found.length };
    }
  }
  return undefined;
}

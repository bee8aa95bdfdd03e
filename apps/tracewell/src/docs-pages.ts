import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * What of the pages under `docs/` can be run. The conventions are told to readers in `docs/README.md`:
 *
 * - every block marked `sh`, `js` or `python` is run, in the order of the page;
 * - the `json` or `text` block that follows one shows what it prints;
 * - a comment on the line above a block says what is special: `<!-- not run: reason -->`, or `<!-- repeated: reason -->`
 *   for one that is run until it prints what the page shows.
 */
export interface Page {
  /** `scores.md` */
  name: string;
  text: string;
  examples: Example[];
}

export interface Example {
  /** Of the fence in the page, from 1. */
  line: number;
  language: Language;
  code: string;
  isRepeated: boolean;
  expected?: Expected;
}

export interface Expected {
  kind: 'json' | 'text';
  text: string;
}

const languages = ['sh', 'js', 'python'] as const;
export type Language = (typeof languages)[number];
const kinds = ['json', 'text'] as const;

export const docsFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'docs');

/** Followed step by step by a test of its own, as it speaks of two installations: `clients/move.test.ts`. */
const pagesOfTheirOwn = ['moving-from-langfuse.md'];

export const readPages = (): Page[] =>
  readdirSync(docsFolder)
    .filter((name) => name.endsWith('.md') && !pagesOfTheirOwn.includes(name))
    .sort()
    .map((name) => parsePage(name, readFileSync(join(docsFolder, name), 'utf8')));

/** Throws on a block that the conventions do not know: nothing on a page is passed over in silence. */
export function parsePage(name: string, text: string): Page {
  const examples: Example[] = [];
  /** The example whose output the next block may show. */
  let before: Example | undefined;
  for (const { line, language, code, remark } of blocksOf(name, text)) {
    const refuse = (reason: string) => new Error(`docs/${name}:${line}: ${reason}`);
    const isRepeated = remark?.startsWith('repeated: ') ?? false;
    if (remark?.startsWith('not run: ')) {
      before = undefined;
    } else if (isOneOf(languages, language)) {
      before = { line, language, code, isRepeated };
      examples.push(before);
    } else if (isOneOf(kinds, language)) {
      if (!before) throw refuse('this output follows no example');
      before.expected = { kind: language, text: code };
      before = undefined;
    } else {
      throw refuse(`a block is marked ${[...languages, ...kinds].join(', ')}, not ${language || 'nothing'}`);
    }
  }
  for (const { line, isRepeated, expected } of examples) {
    if (isRepeated && !expected) throw new Error(`docs/${name}:${line}: repeated until it prints what?`);
  }
  return { name, text, examples };
}

interface Block {
  line: number;
  language: string;
  code: string;
  /** Of the comment above. */
  remark?: string;
}

function* blocksOf(name: string, text: string): Generator<Block> {
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at++) {
    const fence = /^```(.*)$/.exec(lines[at]!);
    if (!fence) continue;
    const end = lines.indexOf('```', at + 1);
    if (end < 0) throw new Error(`docs/${name}:${at + 1}: this block does not end`);
    const remark = /^<!-- (.*) -->$/.exec(lines[at - 1] ?? '')?.[1];
    yield {
      line: at + 1,
      language: fence[1]!.trim(),
      code: `${lines.slice(at + 1, end).join('\n')}\n`,
      ...(remark && { remark }),
    };
    at = end;
  }
}

const isOneOf = <Name extends string>(names: readonly Name[], name: string): name is Name =>
  (names as readonly string[]).includes(name);

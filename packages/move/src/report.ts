/** What a move says at its end. */

/**
 * `lost`: was not moved, or not whole. `left-out`: on purpose, as what it belongs to was not asked for. `absent`: the
 * other server does not have this part. `by-hand`: a person has to do it.
 */
export type FindingKind = 'lost' | 'left-out' | 'absent' | 'by-hand';

export interface Finding {
  noun: string;
  kind: FindingKind;
  text: string;
}

/** Things there and here, and a sample of them by field. */
export interface Count {
  noun: string;
  /** null where it cannot be told. */
  there: number | null;
  here: number | null;
  compared: number;
  /** One sentence for each that is not the same. */
  different: string[];
}

/** Findings of one noun and kind that are shown in full; the rest is a number. */
const maxShown = 20;

export class Report {
  readonly findings: Finding[] = [];
  readonly counts: Count[] = [];
  readonly #totals = new Map<string, number>();

  find(kind: FindingKind, noun: string, text: string): void {
    const key = `${kind} ${noun}`;
    const total = (this.#totals.get(key) ?? 0) + 1;
    this.#totals.set(key, total);
    if (total <= maxShown) this.findings.push({ kind, noun, text });
  }

  total(kind: FindingKind, noun: string): number {
    return this.#totals.get(`${kind} ${noun}`) ?? 0;
  }

  /** Nothing was lost, and all that can be counted and compared is the same. */
  get isEqual(): boolean {
    const isLost = [...this.#totals.keys()].some((key) => key.startsWith('lost '));
    return !isLost && this.counts.every((count) => differenceOf(count) === 0 && count.different.length === 0);
  }

  *lines(): Generator<string> {
    if (this.counts.length > 0) yield* tableOf(this.counts);
    for (const { noun, different } of this.counts) {
      for (const text of different.slice(0, maxShown)) yield `  different: ${noun}: ${text}`;
      if (different.length > maxShown)
        yield `  different: ${noun}: and ${different.length - maxShown} more of the sample`;
    }
    for (const [kind, title] of titles) {
      const found = this.findings.filter((finding) => finding.kind === kind);
      if (found.length === 0) continue;
      yield '';
      yield title;
      for (const noun of new Set(found.map((finding) => finding.noun))) {
        const texts = found.filter((finding) => finding.noun === noun);
        for (const { text } of texts) yield `  ${noun}: ${text}`;
        const more = this.total(kind, noun) - texts.length;
        if (more > 0) yield `  ${noun}: and ${more} more`;
      }
    }
  }
}

const titles: readonly [FindingKind, string][] = [
  ['lost', 'Not moved, or not whole:'],
  ['absent', 'Not there:'],
  ['left-out', 'Left out, as what it belongs to was not asked for:'],
  ['by-hand', 'To be done by hand:'],
];

export const differenceOf = ({ there, here }: Count): number =>
  there === null || here === null ? 0 : here - there;

function* tableOf(counts: readonly Count[]): Generator<string> {
  const show = (number: number | null) => (number === null ? '?' : String(number));
  const rows = counts.map((count) => [
    count.noun,
    show(count.there),
    show(count.here),
    differenceOf(count) === 0 ? '=' : (differenceOf(count) > 0 ? '+' : '') + differenceOf(count),
    count.compared === 0 ? '-' : `${count.compared - count.different.length} of ${count.compared} equal`,
  ]);
  const table = [['', 'there', 'here', 'difference', 'compared by field'], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  for (const row of table) {
    yield row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column]!) : cell.padStart(widths[column]!)))
      .join('  ');
  }
}

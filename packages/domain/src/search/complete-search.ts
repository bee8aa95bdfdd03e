import type { FieldCatalogue, SearchField } from './fields';
import { keyedKinds } from './fields';

/** What is being typed at the cursor of a query, and which text a chosen completion takes the place of. */
export type Completion = {
  /** Offsets of the text that is replaced. */
  start: number;
  end: number;
  typed: string;
} & (
  | { kind: 'field' }
  | { kind: 'key'; field: SearchField }
  | { kind: 'value'; field: SearchField; key: string | null }
);

const endsWithValue =
  /(?:^|[\s(-])([A-Za-z_]\w*)(?:\.([^\s:"()]+|"(?:[^"\\]|\\.)*"))?:(?:\((?:[^()]*[\s,(])?)?("[^"]*|[^"\s(),]*)$/;
const endsWithName = /(?:^|[\s(-])(?:has:)?([A-Za-z_]\w*)(\.[^\s:"()]*)?$/;

/** null where nothing can be offered: in a quoted phrase, or in a field that is not known. */
export function completeSearch(query: string, cursor: number, catalogue: FieldCatalogue): Completion | null {
  const left = query.slice(0, cursor);
  const value = endsWithValue.exec(left);
  if (value && value[1]!.toLowerCase() !== 'has') {
    const field = catalogue.byName.get(value[1]!.toLowerCase());
    if (!field) return null;
    const typed = value[3]!;
    const key = value[2] === undefined ? null : unquote(value[2]);
    return { kind: 'value', field, key, ...placeOf(typed, cursor), typed: typed.replace(/^"/, '') };
  }
  if (isInQuotes(left)) return null;
  const name = endsWithName.exec(left);
  if (name) {
    const field = catalogue.byName.get(name[1]!.toLowerCase());
    if (name[2] !== undefined) {
      if (!field || !keyedKinds.has(field.kind)) return null;
      const typed = name[2].slice(1);
      return { kind: 'key', field, ...placeOf(typed, cursor), typed };
    }
    return { kind: 'field', ...placeOf(name[1]!, cursor), typed: name[1]! };
  }
  return /(?:^|[\s(-])$/.test(left) ? { kind: 'field', start: cursor, end: cursor, typed: '' } : null;
}

/** Fields whose name or alias begins with what was typed, or has it inside. */
export function fieldsLike(typed: string, { fields }: FieldCatalogue): SearchField[] {
  const wanted = typed.toLowerCase();
  const rank = ({ name, aliases }: SearchField): number => {
    const names = [name, ...aliases].map((it) => it.toLowerCase());
    if (names.some((it) => it.startsWith(wanted))) return 0;
    return names.some((it) => it.includes(wanted)) ? 1 : 2;
  };
  return fields
    .map((field) => ({ field, rank: rank(field) }))
    .filter((it) => it.rank < 2)
    .sort((a, b) => a.rank - b.rank)
    .map(({ field }) => field);
}

const placeOf = (typed: string, cursor: number) => ({ start: cursor - typed.length, end: cursor });
const unquote = (key: string): string =>
  key.startsWith('"') ? key.slice(1, -1).replace(/\\(.)/g, '$1') : key;
const isInQuotes = (text: string): boolean => (text.replace(/\\./g, '').split('"').length - 1) % 2 === 1;

import type { Expected } from './docs-pages';

/**
 * Whether an example prints what its page shows. `…` stands for what differs from run to run: within a text for any
 * characters of one line; in JSON the text "…" for any value, the key "…" for further members, and a last element
 * "…" for further elements.
 */
const anything = '…';

/** The first difference in words, null when there is none. */
export function findDifference(output: string, { kind, text }: Expected): string | null {
  if (kind === 'text') return isSameText(output.trimEnd(), text.trimEnd()) ? null : 'another text';
  let printed: unknown;
  try {
    printed = JSON.parse(output);
  } catch {
    return 'no JSON';
  }
  return findDifferentValue(printed, JSON.parse(text), '$');
}

function findDifferentValue(printed: unknown, shown: unknown, path: string): string | null {
  if (shown === anything) return printed === undefined ? `${path} is not there` : null;
  if (Array.isArray(shown)) {
    if (!Array.isArray(printed)) return `${path} is no array`;
    const isOpen = shown.at(-1) === anything;
    const elements = isOpen ? shown.slice(0, -1) : shown;
    if (isOpen ? printed.length < elements.length : printed.length !== elements.length) {
      return `${path} has ${printed.length} elements`;
    }
    return first(elements, (element, index) =>
      findDifferentValue(printed[index], element, `${path}[${index}]`),
    );
  }
  if (isObject(shown)) {
    if (!isObject(printed)) return `${path} is no object`;
    const { [anything]: open, ...members } = shown;
    const further = Object.keys(printed).find((key) => !Object.hasOwn(members, key));
    if (open === undefined && further !== undefined) return `${path}.${further} is not shown`;
    return first(Object.entries(members), ([key, value]) =>
      findDifferentValue(printed[key], value, `${path}.${key}`),
    );
  }
  const isSame =
    typeof shown === 'string' && typeof printed === 'string'
      ? isSameText(printed, shown)
      : Object.is(printed, shown);
  return isSame ? null : `${path} is ${JSON.stringify(printed)}`;
}

function isSameText(printed: string, shown: string): boolean {
  const pattern = shown.split(anything).map(escapePattern).join('[^\\n]*');
  return new RegExp(`^${pattern}$`).test(printed);
}

const escapePattern = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function first<Item>(items: readonly Item[], find: (item: Item, index: number) => string | null) {
  for (const [index, item] of items.entries()) {
    const found = find(item, index);
    if (found !== null) return found;
  }
  return null;
}

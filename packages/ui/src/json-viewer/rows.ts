/**
 * A JSON value as the rows of a tree. Only opened nodes have rows, so a value of any size costs what is
 * looked at; a container of more than `pageSize` entries is shown in pages of that many.
 */
export const pageSize = 500;

export type JsonRow = {
  /** Path of keys, unique; pages add `#start`. */
  id: string;
  depth: number;
  /** Key or index; null for the root. */
  key: string | null;
  /** JSON path for copying: `messages[0].content`. */
  path: string;
} & (
  | { kind: 'leaf'; value: string | number | boolean | null }
  | {
      kind: 'open' | 'closed';
      value: object;
      size: number;
      isArray: boolean;
      page?: { from: number; to: number };
    }
);

type Container = Record<string, unknown> | unknown[];
interface Pending {
  id: string;
  depth: number;
  key: string | null;
  path: string;
  value: unknown;
  page?: { from: number; to: number };
}

/** Rows in reading order. `isOpen` is asked for each container that comes in sight. */
export function listJsonRows(
  root: unknown,
  isOpen: (id: string, depth: number, size: number) => boolean,
): JsonRow[] {
  const rows: JsonRow[] = [];
  const stack: Pending[] = [{ id: '$', depth: 0, key: null, path: '', value: root }];
  while (stack.length) {
    const node = stack.pop()!;
    const { id, depth, key, path, value, page } = node;
    if (typeof value !== 'object' || value === null) {
      rows.push({ id, depth, key, path, kind: 'leaf', value: toLeaf(value) });
      continue;
    }
    const isArray = Array.isArray(value);
    const keys = isArray ? null : Object.keys(value);
    const size = page ? page.to - page.from : isArray ? value.length : keys!.length;
    const open = size > 0 && isOpen(id, depth, size);
    rows.push({
      id,
      depth,
      key,
      path,
      kind: open ? 'open' : 'closed',
      value,
      size,
      isArray,
      ...(page ? { page } : {}),
    });
    if (open) stack.push(...listChildren(node, value as Container, keys, size).reverse());
  }
  return rows;
}

function listChildren(node: Pending, value: Container, keys: string[] | null, size: number): Pending[] {
  const { id, path, page } = node;
  const depth = node.depth + 1;
  if (!page && size > pageSize) {
    const pages: Pending[] = [];
    for (let from = 0; from < size; from += pageSize) {
      const to = Math.min(size, from + pageSize);
      pages.push({ id: `${id}#${from}`, depth, key: `${from} … ${to - 1}`, path, value, page: { from, to } });
    }
    return pages;
  }
  const base = page ? id.slice(0, id.lastIndexOf('#')) : id;
  const from = page?.from ?? 0;
  return Array.from({ length: size }, (_, offset) => {
    const index = from + offset;
    if (Array.isArray(value)) {
      return {
        id: `${base}/${index}`,
        depth,
        key: String(index),
        path: `${path}[${index}]`,
        value: value[index],
      };
    }
    const key = keys![index]!;
    return { id: `${base}/${escapeKey(key)}`, depth, key, path: joinPath(path, key), value: value[key] };
  });
}

const escapeKey = (key: string): string =>
  key.replace(/[~/#]/g, (c) => (c === '~' ? '~0' : c === '/' ? '~1' : '~2'));

const joinPath = (path: string, key: string): string =>
  /^[A-Za-z_$][\w$]*$/.test(key) ? (path ? `${path}.${key}` : key) : `${path}[${JSON.stringify(key)}]`;

const toLeaf = (value: unknown): string | number | boolean | null =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;

/** Which containers to open at first: shallow ones, as long as the rows stay few. */
export function planInitialOpen(root: unknown, maxRows = 120): Set<string> {
  const open = new Set<string>();
  let rows = 1;
  let level: { id: string; value: object }[] = isContainer(root) ? [{ id: '$', value: root }] : [];
  while (level.length) {
    const next: { id: string; value: object }[] = [];
    for (const { id, value } of level) {
      const entries = Array.isArray(value) ? value.length : Object.keys(value).length;
      if (entries === 0) continue;
      if (rows + Math.min(entries, pageSize) > maxRows && id !== '$') continue;
      open.add(id);
      rows += Math.min(entries, pageSize);
      if (entries > pageSize) {
        open.add(`${id}#0`);
        continue;
      }
      for (const [key, child] of Object.entries(value)) {
        if (isContainer(child)) next.push({ id: `${id}/${escapeKey(key)}`, value: child });
      }
    }
    level = next;
  }
  return open;
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

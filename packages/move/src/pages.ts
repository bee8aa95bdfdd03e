import type { Client, Query } from './client';

/** One page of a list that is counted from 1. */
export interface Page<Item> {
  data: Item[];
  meta: { page: number; limit: number; totalItems: number; totalPages: number };
}

export const pageLimit = 100;
/** Pages of one list of things people configure. */
const maxPages = 100_000;
/** How often a list that changes while it is read is read again. */
const maxRounds = 3;

/** Every item of a list, page by page, in its order. */
export async function* readPages<Item>(
  client: Client,
  path: string,
  query: Query = {},
): AsyncGenerator<Item[]> {
  for (let page = 1; page <= maxPages; page++) {
    const { data, meta } = await client.get<Page<Item>>(path, { ...query, page, limit: pageLimit });
    yield data;
    if (page >= meta.totalPages || data.length === 0) return;
  }
}

/** A list of configured things at once: there are thousands of them at most. */
export async function readAll<Item>(client: Client, path: string, query: Query = {}): Promise<Item[]> {
  const items: Item[] = [];
  for await (const page of readPages<Item>(client, path, query)) items.push(...page);
  return items;
}

/**
 * Lists come newest first, and what is written anew is to stand in the same order: so the last page comes first,
 * each of them reversed. An item may come twice when the list grows meanwhile, and none is missed.
 */
export async function* readOldestFirst<Item>(
  client: Client,
  path: string,
  query: Query = {},
): AsyncGenerator<Item[]> {
  const read = (page: number) => client.get<Page<Item>>(path, { ...query, page, limit: pageLimit });
  let known = -1;
  for (let round = 1; round <= maxRounds; round++) {
    let { meta } = await read(1);
    if (meta.totalItems === known) return;
    known = meta.totalItems;
    for (let page = Math.max(1, meta.totalPages); page >= 1; page--) {
      const answer = await read(page);
      meta = answer.meta;
      yield answer.data.reverse();
    }
    if (meta.totalItems === known) return;
  }
}

export async function countItems(client: Client, path: string, query: Query = {}): Promise<number> {
  const { meta } = await client.get<Page<unknown>>(path, { ...query, page: 1, limit: 1 });
  return meta.totalItems;
}

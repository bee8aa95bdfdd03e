import { describe, expect, it } from 'vitest';
import { type Window, walkWindows } from './windows';

const limit = 10;
const at = (ms: number) => new Date(ms);

/** A list as servers have it: bounded by time, newest first, page by number. */
const listOf = (items: readonly { id: string; at: number }[]) => (window: Window, page: number) => {
  const inside = items
    .filter((item) => item.at >= window.from.getTime() && item.at < window.until.getTime())
    .sort((a, b) => b.at - a.at);
  const data = inside.slice((page - 1) * limit, page * limit);
  const totalPages = Math.ceil(inside.length / limit);
  return { data, meta: { page, limit, totalItems: inside.length, totalPages } };
};

const many = Array.from({ length: 2_345 }, (_, n) => ({ id: `t${n}`, at: 1_000_000 + n * 977 }));

describe('a walk through history', () => {
  it('takes everything once, the oldest windows first, in windows of few pages', async () => {
    const list = listOf(many);
    const taken: string[] = [];
    const windows: Window[] = [];
    let deepest = 0;
    await walkWindows({
      from: at(0),
      until: at(10_000_000),
      atOnce: 3,
      async read(window, page) {
        deepest = Math.max(deepest, page);
        return list(window, page);
      },
      take: async (items) => void taken.push(...items.map(({ id }) => id)),
      done: async (window) => void windows.push(window),
    });
    expect(taken).toHaveLength(many.length);
    expect(new Set(taken).size).toBe(many.length);
    expect(deepest).toBeLessThanOrEqual(50);
    expect(windows.length).toBeGreaterThan(2);
    for (const [n, window] of windows.slice(1).entries()) expect(window.from).toEqual(windows[n]!.until);
  });

  it('goes on after the last window that was done', async () => {
    const list = listOf(many);
    const taken = new Set<string>();
    let doneUntil = at(0);
    let reads = 0;
    const walk = () =>
      walkWindows({
        from: doneUntil,
        until: at(10_000_000),
        atOnce: 2,
        async read(window, page) {
          if (++reads === 200) throw new Error('killed');
          return list(window, page);
        },
        take: async (items) => {
          for (const { id } of items) taken.add(id);
        },
        done: async ({ until }) => {
          doneUntil = until;
        },
      });
    await expect(walk()).rejects.toThrow('killed');
    expect(doneUntil.getTime()).toBeGreaterThan(0);
    await walk();
    expect(taken.size).toBe(many.length);
  });

  it('reads a window again whose pages overlapped', async () => {
    const items = Array.from({ length: 20 }, (_, n) => ({ id: `t${n}`, at: 5 }));
    let rounds = 0;
    const taken: string[] = [];
    await walkWindows({
      from: at(0),
      until: at(10),
      atOnce: 1,
      async read(_, page) {
        if (page === 1) rounds++;
        // In the first round both pages hold the same items, as equal times may.
        const data = rounds === 1 ? items.slice(0, limit) : items.slice((page - 1) * limit, page * limit);
        return { data, meta: { page, limit, totalItems: 20, totalPages: 2 } };
      },
      take: async (some) => void taken.push(...some.map(({ id }) => id)),
      done: async () => {},
    });
    expect(rounds).toBe(2);
    expect(taken.sort()).toEqual(items.map(({ id }) => id).sort());
  });
});

import type { Page } from './pages';

/** A part of history: from included, until not. */
export interface Window {
  from: Date;
  until: Date;
}

/** A window with more pages is halved: pages far behind are slow to read, and lost work is to be little. */
const maxPagesPerWindow = 50;
/** Nothing is halved below this. */
const minWindowMs = 1_000;
/** How often a window is read whose pages do not hold as many items as it says. */
const maxRounds = 4;

export interface Walk<Item extends { id: string }> extends Window {
  read(window: Window, page: number): Promise<Page<Item>>;
  take(items: Item[]): Promise<void>;
  /** All of the window, and of everything before it, was taken. */
  done(window: Window): Promise<void>;
  /** Pages that are asked for at the same time. */
  atOnce: number;
}

/**
 * Walks a list of recorded things from the oldest to the newest, window by window. Order within a window is not
 * told by every server, and pages of equal times may overlap: a window is done when as many different items were
 * seen as it says it has.
 */
export async function walkWindows<Item extends { id: string }>(walk: Walk<Item>): Promise<void> {
  const waiting: Window[] = [{ from: walk.from, until: walk.until }];
  for (let window = waiting.pop(); window; window = waiting.pop()) {
    if (window.from >= window.until) continue;
    const first = await walk.read(window, 1);
    const lengthMs = window.until.getTime() - window.from.getTime();
    if (first.meta.totalPages > maxPagesPerWindow && lengthMs > minWindowMs) {
      const middle = new Date(window.from.getTime() + Math.floor(lengthMs / 2));
      waiting.push({ from: middle, until: window.until }, { from: window.from, until: middle });
      continue;
    }
    await walkWindow(walk, window, first);
    await walk.done(window);
  }
}

async function walkWindow<Item extends { id: string }>(
  { read, take, atOnce }: Walk<Item>,
  window: Window,
  first: Page<Item>,
): Promise<void> {
  const seen = new Set<string>();
  let total = first.meta.totalItems;
  const takeNew = async (page: Page<Item>) => {
    total = page.meta.totalItems;
    const items = page.data.filter(({ id }) => !seen.has(id));
    for (const { id } of items) seen.add(id);
    if (items.length > 0) await take(items);
  };
  for (let round = 1; round <= maxRounds; round++) {
    let pages = first.meta.totalPages;
    for (let next = 1; next <= pages; next += atOnce) {
      const numbers = Array.from({ length: Math.min(atOnce, pages - next + 1) }, (_, n) => next + n);
      const answers = await Promise.all(
        numbers.map((page) => (page === 1 && round === 1 ? first : read(window, page))),
      );
      for (const answer of answers) {
        await takeNew(answer);
        pages = answer.meta.totalPages;
      }
    }
    if (seen.size >= total) return;
  }
}

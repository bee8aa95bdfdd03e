import { setTimeout as sleep } from 'node:timers/promises';
import type { Client, Query } from '../client';
import type { MoveContext } from '../context';
import { type Event, sendEvents } from '../events';
import { countItems, type Page } from '../pages';
import { type Window, walkWindows } from '../windows';
import { moveMedia, type ShownMedia } from './media';

/** What lists of recorded things have in common. */

/** The names of the bounds of time of a list. */
export type Bounds = readonly [from: string, until: string];

/** The last stretch of a run is looked at again by the next one: what was sent late arrived since. */
export const overlapMs = 60 * 60_000;
/** Pages asked for at the same time. */
const atOnce = 4;

const within = ([from, until]: Bounds, window: Window): Query => ({
  [from]: window.from.toISOString(),
  [until]: window.until.toISOString(),
});

export interface StreamWalk<Item> {
  name: string;
  path: string;
  query?: Query;
  bounds: Bounds;
  since: Date;
  take(items: Item[]): Promise<void>;
}

/** Walks a list from where it stood to the end of the move, and notes how far it came. */
export async function moveStream<Item extends { id: string }>(
  context: MoveContext,
  { name, path, query = {}, bounds, since, take }: StreamWalk<Item>,
): Promise<void> {
  const { from, state, until, pageSize, progress } = context;
  const stream = state.stream(name, since);
  const start = stream.doneUntil ? new Date(stream.doneUntil) : since;
  let count = 0;
  await walkWindows<Item>({
    from: start,
    until,
    atOnce,
    read: (window, page) =>
      from.get<Page<Item>>(path, { ...query, ...within(bounds, window), page, limit: pageSize }),
    async take(items) {
      await take(items);
      count += items.length;
      progress.step(`${name}: ${count}, up to ${latestOf(items)}`);
    },
    async done(window) {
      stream.doneUntil = window.until.toISOString();
      state.save();
    },
  });
  stream.doneUntil = new Date(Math.max(start.getTime(), until.getTime() - overlapMs)).toISOString();
  stream.count += count;
  state.save({ now: true });
}

function latestOf(items: readonly object[]): string {
  const { timestamp, startTime } = (items.at(-1) ?? {}) as { timestamp?: string; startTime?: string };
  return (timestamp ?? startTime ?? '').slice(0, 19);
}

/** Sends events and then the files they refer to; what is refused is lost, and said. */
export async function takeEvents(
  context: MoveContext,
  noun: string,
  events: readonly Event[],
  media: readonly ShownMedia[],
): Promise<void> {
  for (const { event, said } of await sendEvents(context.to, events)) {
    context.report.find('lost', noun, `${String(event.body.id)}: ${said}`);
  }
  await moveMedia(context, media);
}

export const countIn = (client: Client, path: string, bounds: Bounds, window: Window): Promise<number> =>
  countItems(client, path, within(bounds, window));

/** Written things take a moment to arrive; when nothing more has come for this long, nothing will. */
const patienceMs = 20_000;
const lookEveryMs = 500;

/** Counts here until there are as many as there, or no more come. */
export async function awaitCount(
  { progress, isDryRun }: MoveContext,
  there: number,
  noun: string,
  count: () => Promise<number>,
): Promise<number> {
  let here = await count();
  for (let changedAt = Date.now(); !isDryRun && here < there && Date.now() - changedAt < patienceMs; ) {
    progress.step(`${noun}: ${here} of ${there} have arrived`);
    await sleep(lookEveryMs);
    const now = await count();
    if (now !== here) changedAt = Date.now();
    here = now;
  }
  return here;
}

/** Places in a list from which a sample is taken. */
const samplePlaces = 4;

/** Some items of some pages, spread over the time. */
export async function sampleOf<Item extends { id: string }>(
  { from, sampleSize }: MoveContext,
  path: string,
  bounds: Bounds,
  window: Window,
  query: Query = {},
): Promise<Item[]> {
  if (sampleSize === 0) return [];
  const limit = Math.min(100, Math.max(1, Math.ceil(sampleSize / samplePlaces)));
  const sample = new Map<string, Item>();
  const read = (page: number) =>
    from.get<Page<Item>>(path, { ...query, ...within(bounds, window), page, limit });
  const { meta } = await read(1);
  const places = Math.min(samplePlaces, meta.totalPages);
  for (let place = 0; place < places; place++) {
    const first = Math.floor((meta.totalPages * place) / places);
    const length = Math.floor(meta.totalPages / places);
    const { data } = await read(1 + first + Math.floor(Math.random() * length));
    for (const item of data) sample.set(item.id, item);
  }
  return [...sample.values()].slice(0, sampleSize);
}

/** Things of a sample that are looked up at the same time. */
const lookUpsAtOnce = 6;

/** One sentence for each thing of a sample that is not the same here. */
export async function compareEach<Item extends { id: string }, Here extends object>(
  sample: readonly Item[],
  find: (item: Item) => Promise<Here | null | undefined>,
  compare: (item: Item, here: Here) => string[],
): Promise<string[]> {
  const different: string[] = [];
  for (let at = 0; at < sample.length; at += lookUpsAtOnce) {
    const items = sample.slice(at, at + lookUpsAtOnce);
    const found = await Promise.all(items.map(find));
    for (const [n, item] of items.entries()) {
      const here = found[n];
      const fields = here ? compare(item, here) : ['is not here'];
      if (fields.length > 0) different.push(`${item.id}: ${fields.join(', ')}`);
    }
  }
  return different;
}

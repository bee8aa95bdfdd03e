import type { PublicAnnotationQueue, PublicAnnotationQueueItem } from '@tracewell/contract';
import type { MoveContext, Noun } from '../context';
import { countItems, readAll, readOldestFirst, readPages } from '../pages';
import { attempt } from './attempt';
import { canonical } from './pair';

const noun = 'annotation-queues';
const path = '/annotation-queues';
const itemsOf = (queueId: string) => `${path}/${encodeURIComponent(queueId)}/items`;

type Item = PublicAnnotationQueueItem;
const keyOf = ({ objectType, objectId }: Item) => canonical([objectType, objectId]);

/** Items of a queue here by what they are about: small enough for a list that people work through. */
async function readHere(to: MoveContext['to'], queueId: string): Promise<Map<string, Item[]>> {
  const items = new Map<string, Item[]>();
  for await (const page of readPages<Item>(to, itemsOf(queueId))) {
    for (const item of page) items.set(keyOf(item), [...(items.get(keyOf(item)) ?? []), item]);
  }
  return items;
}

const readQueues = async (client: MoveContext['from']) =>
  (await readAll<PublicAnnotationQueue>(client, path)).reverse();

/** Queues by name, and what is in them; who is assigned stays behind, as people are not moved. */
export const annotationQueues: Noun = {
  name: noun,
  needs: ['score-configs'],

  async move(context) {
    const { from, to, state, progress } = context;
    const here = new Map((await readQueues(to)).map((queue) => [queue.name, queue]));
    for (const queue of await readQueues(from)) {
      const { name, description } = queue;
      const moved =
        here.get(name) ??
        (await attempt(context, noun, name, () =>
          to.send<PublicAnnotationQueue>(
            'POST',
            path,
            { name, description, scoreConfigIds: configsOf(context, queue) },
            'once',
          ),
        ));
      if (!moved) continue;
      state.ids(noun).set(queue.id, moved.id);
      state.save();
      const before = await readHere(to, moved.id);
      const seen = new Set<string>();
      for await (const page of readOldestFirst<Item>(from, itemsOf(queue.id))) {
        for (const item of page) {
          if (seen.has(item.id)) continue;
          seen.add(item.id);
          await moveItem(context, moved, item, before.get(keyOf(item))?.shift());
        }
        progress.step(`annotation-queues: ${name}: ${seen.size} items`);
      }
    }
  },

  async verify(context) {
    const { from, to, report } = context;
    const there = await readQueues(from);
    const here = new Map((await readQueues(to)).map((queue) => [queue.name, queue]));
    const different: string[] = [];
    const items = { there: 0, here: 0, compared: 0, different: [] as string[] };
    for (const queue of there) {
      const moved = here.get(queue.name);
      items.there += await countItems(from, itemsOf(queue.id));
      if (!moved) {
        different.push(`${queue.name} is not here`);
        continue;
      }
      items.here += await countItems(to, itemsOf(moved.id));
      const configs = configsOf(context, queue);
      if (canonical([...configs].sort()) !== canonical([...moved.scoreConfigIds].sort())) {
        different.push(`${queue.name}: scoreConfigIds`);
      }
      if ((queue.description ?? '') !== (moved.description ?? ''))
        different.push(`${queue.name}: description`);
      const left = await readHere(to, moved.id);
      for await (const page of readPages<Item>(from, itemsOf(queue.id))) {
        for (const item of page) {
          items.compared++;
          const partners = left.get(keyOf(item)) ?? [];
          const partner = partners.findIndex(({ status }) => status === item.status);
          if (partner < 0)
            items.different.push(
              `${queue.name}: ${item.objectType} ${item.objectId} is not here as ${item.status}`,
            );
          else partners.splice(partner, 1);
        }
      }
    }
    report.counts.push({ noun, there: there.length, here: here.size, compared: there.length, different });
    report.counts.push({ noun: 'items of queues', ...items });
  },
};

const configsOf = ({ state }: MoveContext, { scoreConfigIds }: PublicAnnotationQueue): string[] =>
  scoreConfigIds.flatMap((id) => state.ids('score-configs').get(id) ?? []);

async function moveItem(
  context: MoveContext,
  queue: PublicAnnotationQueue,
  item: Item,
  before: Item | undefined,
): Promise<void> {
  const { objectId, objectType, status } = item;
  if (before?.status === status) return;
  await attempt(context, noun, `${queue.name}: ${objectType} ${objectId}`, () =>
    before
      ? context.to.send(
          'PATCH',
          `${itemsOf(queue.id)}/${encodeURIComponent(before.id)}`,
          { status },
          'repeatable',
        )
      : context.to.send('POST', itemsOf(queue.id), { objectId, objectType, status }, 'once'),
  );
}

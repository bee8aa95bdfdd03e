import { setTimeout as sleep } from 'node:timers/promises';
import type { PublicComment } from '@tracewell/contract';
import { isMissing, Refusal } from '../client';
import type { MoveContext, Noun } from '../context';
import { countItems, readAll, readPages } from '../pages';

const noun = 'comments';
const path = '/comments';

/** Whose object was recorded just now is asked for again: what is written takes a moment to arrive. */
const maxTries = 20;
const waitMs = 500;

const readOf = (client: MoveContext['from'], objectType: string, objectId: string) =>
  readAll<PublicComment>(client, path, { objectType, objectId });

/** The words of comments; who wrote them and when stays behind, as people are not moved. */
export const comments: Noun = {
  name: noun,
  needs: ['prompts'],

  async move(context) {
    const { from, to, state, report, progress } = context;
    const ids = state.ids(noun);
    const taken = new Set(ids.values());
    let count = 0;
    for await (const page of readPages<PublicComment>(from, path)) {
      for (const comment of page) {
        if (ids.has(comment.id)) continue;
        const moved = await moveComment(comment);
        if (moved === null) continue;
        ids.set(comment.id, moved);
        taken.add(moved);
        state.save();
      }
      count += page.length;
      progress.step(`comments: ${count}`);
    }

    async function moveComment({ objectType, objectId, content }: PublicComment): Promise<string | null> {
      const hereId = idHere(context, objectType, objectId);
      const same = (await readOf(to, objectType, hereId)).find(
        (comment) => comment.content === content && !taken.has(comment.id),
      );
      if (same) return same.id;
      for (let tries = 1; ; tries++) {
        try {
          const body = { objectType, objectId: hereId, content };
          return (await to.send<{ id: string }>('POST', path, body, 'once')).id;
        } catch (error) {
          if (isMissing(error) && tries < maxTries && !context.isPart) {
            await sleep(waitMs);
            continue;
          }
          if (!(error instanceof Refusal)) throw error;
          const isLeftOut = isMissing(error) && context.isPart;
          report.find(isLeftOut ? 'left-out' : 'lost', noun, `of ${objectType} ${objectId}: ${error.said}`);
          return null;
        }
      }
    }
  },

  async verify(context) {
    const { from, to, report, state } = context;
    const here = await countItems(to, path);
    const there = (await countItems(from, path)) - report.total('left-out', noun);
    const different: string[] = [];
    let compared = 0;
    for await (const page of readPages<PublicComment>(from, path)) {
      for (const comment of page) {
        const id = state.ids(noun).get(comment.id);
        if (id === undefined) continue;
        if (compared === context.sampleSize) break;
        compared++;
        const moved = await to.find<PublicComment>(`${path}/${encodeURIComponent(id)}`);
        if (moved?.content !== comment.content) different.push(`${comment.id}: content`);
      }
      if (compared === context.sampleSize) break;
    }
    report.counts.push({ noun, there, here, compared, different });
  },
};

/** Of a prompt it is the id of a version, which is another one here. */
const idHere = ({ state }: MoveContext, objectType: string, objectId: string): string =>
  objectType === 'PROMPT' ? (state.ids('prompt-versions').get(objectId) ?? objectId) : objectId;

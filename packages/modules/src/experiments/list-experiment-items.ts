import type {
  AnswerOf,
  ExperimentItem,
  listExperimentItems as operation,
  QueryOf,
} from '@tracewell/contract';
import { listExperimentItems as listRecordedItems } from '@tracewell/query/experiments/list-experiment-items';
import { listExperiments as listRecorded } from '@tracewell/query/experiments/list-experiments';
import { readLinkedSpans } from '@tracewell/query/experiments/read-linked-spans';
import { scoresOfExperimentItems } from '@tracewell/query/scores/scores-of-experiments';
import { z } from 'zod';
import { type ProjectAccess, requireScope } from '../access/index';
import { decodeCursor, encodeCursor } from '../cursors/index';
import { readClearedRuns } from '../dataset-runs/index';
import { toScoreV3 } from '../scores/index';
import { type Found, fromLink, fromSpan, showItem, spanGroupsOf } from './experiment-item';
import { type ExperimentDeps, maxExperiments, rangeOf, toDate, tooManyExperiments } from './list-experiments';
import { listLinkedItems } from './store';

type Query = QueryOf<typeof operation>;

/** One cursor for two lists that are merged: a place by time, trace, id and experiment, all descending. */
const cursorSchema = z.object({
  v: z.literal(1),
  lastTime: z.int(),
  lastTraceId: z.string(),
  lastId: z.string(),
  lastExperimentId: z.string(),
});

/** What experiments made of each item, newest first, page by cursor. */
export async function listExperimentItems(
  deps: ExperimentDeps,
  access: ProjectAccess,
  query: Query,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'experiments:read');
  const { projectId } = access;
  const found = await readPage(deps, projectId, query);
  const page = found.slice(0, query.limit);
  const last = page.at(-1)?.place;
  return {
    data: await addScores(deps, projectId, query, page),
    meta:
      found.length > query.limit && last
        ? {
            cursor: encodeCursor({
              v: 1,
              lastTime: last.time,
              lastTraceId: last.traceId,
              lastId: last.id,
              lastExperimentId: last.experimentId,
            }),
          }
        : {},
  };
}

/** One more than the page, so that its end is known. */
async function readPage(deps: ExperimentDeps, projectId: string, query: Query): Promise<Found[]> {
  const { relational, columnar } = deps;
  const { from, to } = rangeOf(query);
  const after = query.cursor === undefined ? undefined : decodeCursor(cursorSchema, query.cursor);
  const limit = query.limit + 1;
  const range = { projectId, from, to, clearedBefore: await readClearedRuns(relational.db, projectId) };
  const selection = {
    ids: query.experimentId,
    names: query.experimentName,
    datasetIds: query.datasetId,
    itemIds: query.experimentItemId,
    filter: query.filter,
  };
  const [recorded, known] = await Promise.all([
    listRecordedItems(columnar, {
      ...range,
      ...selection,
      limit,
      groups: spanGroupsOf(query.fields),
      cursor: after && {
        startTime: after.lastTime,
        traceId: after.lastTraceId,
        id: after.lastId,
        experimentId: after.lastExperimentId,
      },
    }),
    listRecorded(columnar, { ...range, ids: query.experimentId, limit: maxExperiments + 1 }),
  ]);
  if (known.length > maxExperiments) throw tooManyExperiments();
  const links = await listLinkedItems(
    relational.db,
    {
      projectId,
      ...selection,
      from: toDate(from),
      to: to === undefined ? undefined : toDate(to),
      exceptIds: known.map(({ id }) => id),
    },
    limit,
    after && linkedPlaceOf(after),
  );
  const spans = await readLinkedSpans(columnar, {
    projectId,
    links: links.map(({ link }) => link),
    payloads: query.fields.includes('io') || query.fields.includes('metadata'),
  });
  return [...recorded.map(fromSpan), ...links.map((link, index) => fromLink(link, spans[index] ?? null))]
    .sort(byPlace)
    .slice(0, limit);
}

/** Links are made at whole milliseconds: none of them lies at a place between two, all of the earlier ones follow. */
const linkedPlaceOf = (place: z.output<typeof cursorSchema>) =>
  place.lastTime % 1000 === 0
    ? { createdAt: toDate(place.lastTime), traceId: place.lastTraceId, id: place.lastId }
    : { createdAt: toDate(place.lastTime), traceId: '', id: '' };

const byPlace = ({ place: one }: Found, { place: other }: Found): number =>
  other.time - one.time ||
  descending(one.traceId, other.traceId) ||
  descending(one.id, other.id) ||
  descending(one.experimentId, other.experimentId);
const descending = (one: string, other: string): number => (one > other ? -1 : Number(one < other));

async function addScores(
  { columnar }: ExperimentDeps,
  projectId: string,
  query: Query,
  page: readonly Found[],
): Promise<ExperimentItem[]> {
  const items = page.map((found) => showItem(found, query.fields));
  if (!query.fields.includes('scores')) return items;
  const scores = await scoresOfExperimentItems(columnar, {
    projectId,
    traceIds: [...new Set(items.map(({ traceId }) => traceId))],
    observationIds: items.map(({ id }) => id),
    from: rangeOf(query).from,
    limit: query.scoreLimit,
  });
  return items.map((item) => ({
    ...item,
    scores: scores
      .filter(
        ({ traceId, observationId }) =>
          traceId === item.traceId && (observationId === '' || observationId === item.id),
      )
      .slice(0, query.scoreLimit)
      .map((score) => toScoreV3(score, ['core', 'subject'])),
  }));
}

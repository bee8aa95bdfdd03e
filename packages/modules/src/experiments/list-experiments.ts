import type { AnswerOf, Experiment, listExperiments as operation, QueryOf } from '@tracewell/contract';
import { formatIsoTime, type Microseconds, parseIsoTime } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import type { Relational } from '@tracewell/engines/relational/port';
import {
  listExperiments as listRecorded,
  readExperimentMetadata,
} from '@tracewell/query/experiments/list-experiments';
import { ResultTooLarge } from '@tracewell/query/invalid-query';
import { scoresOfExperiments } from '@tracewell/query/scores/scores-of-experiments';
import { z } from 'zod';
import { type ProjectAccess, requireScope } from '../access/index';
import { decodeCursor, encodeCursor } from '../cursors/index';
import { readClearedRuns } from '../dataset-runs/index';
import { parseMetadata } from '../payloads/index';
import { toScoreV3 } from '../scores/index';
import { listLinkedRuns } from './store';

export interface ExperimentDeps {
  relational: Pick<Relational, 'db'>;
  columnar: Columnar;
}
type Query = QueryOf<typeof operation>;
/** An experiment before the groups that were asked for are added. */
interface Listed {
  core: Experiment;
  endTime: Microseconds;
  /** null: spans know it. */
  linkedMetadata: Record<string, unknown> | null;
}

const cursorSchema = z.object({ v: z.literal(1), lastTime: z.int(), lastId: z.string() });

/** Experiments of one time range: they are put in order here, as two stores know them. */
export const maxExperiments = 10_000;
export const tooManyExperiments = () =>
  new ResultTooLarge(
    `More than ${maxExperiments} experiments lie in this time range. Narrow fromStartTime and toStartTime.`,
  );

/** Recorded experiments, and runs that were linked by hand, by their latest activity, page by cursor. */
export async function listExperiments(
  deps: ExperimentDeps,
  access: ProjectAccess,
  query: Query,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'experiments:read');
  const { projectId } = access;
  const after = query.cursor === undefined ? undefined : decodeCursor(cursorSchema, query.cursor);
  const all = await readAll(deps, projectId, query);
  const start = after ? all.findIndex((one) => isAfter(one, after)) : 0;
  const rest = start < 0 ? [] : all.slice(start);
  const page = rest.slice(0, query.limit);
  const last = page.at(-1);
  return {
    data: await addGroups(deps, projectId, query, page),
    meta:
      rest.length > query.limit && last
        ? { cursor: encodeCursor({ v: 1, lastTime: last.endTime, lastId: last.core.id }) }
        : {},
  };
}

const isAfter = ({ endTime, core }: Listed, place: { lastTime: number; lastId: string }): boolean =>
  endTime < place.lastTime || (endTime === place.lastTime && core.id < place.lastId);

export const rangeOf = (query: { fromStartTime: string; toStartTime?: string | undefined }) => ({
  from: parseIsoTime(query.fromStartTime)!,
  to: query.toStartTime === undefined ? undefined : parseIsoTime(query.toStartTime)!,
});
export const toDate = (time: Microseconds): Date => new Date(Math.ceil(time / 1000));

async function readAll(
  { relational, columnar }: ExperimentDeps,
  projectId: string,
  query: Query,
): Promise<Listed[]> {
  const { from, to } = rangeOf(query);
  const selection = {
    projectId,
    ids: query.id,
    names: query.name,
    datasetIds: query.datasetId,
    filter: query.filter,
  };
  const clearedBefore = await readClearedRuns(relational.db, projectId);
  const recorded = await listRecorded(columnar, {
    ...selection,
    from,
    to,
    clearedBefore,
    limit: maxExperiments + 1,
  });
  const linked = await listLinkedRuns(
    relational.db,
    {
      ...selection,
      from: toDate(from),
      to: to === undefined ? undefined : toDate(to),
      exceptIds: recorded.map(({ id }) => id),
    },
    maxExperiments + 1,
  );
  if (recorded.length > maxExperiments || linked.length > maxExperiments) throw tooManyExperiments();
  const listed: Listed[] = [
    ...recorded.map((experiment) => ({
      core: {
        id: experiment.id,
        name: experiment.name,
        description: experiment.description || null,
        startTime: formatIsoTime(experiment.startTime),
        endTime: formatIsoTime(experiment.endTime),
        itemCount: experiment.itemCount,
        datasetId: experiment.datasetId || null,
      },
      endTime: experiment.endTime,
      linkedMetadata: null,
    })),
    ...linked.map((run) => ({
      core: {
        id: run.id,
        name: run.name,
        description: run.description,
        startTime: run.firstAt.toISOString(),
        endTime: run.lastAt.toISOString(),
        itemCount: run.itemCount,
        datasetId: run.datasetId,
      },
      endTime: run.lastAt.getTime() * 1000,
      linkedMetadata: (run.metadata ?? {}) as Record<string, unknown>,
    })),
  ];
  return listed.sort((one, other) => other.endTime - one.endTime || (one.core.id < other.core.id ? 1 : -1));
}

async function addGroups(
  { columnar }: ExperimentDeps,
  projectId: string,
  query: Query,
  page: readonly Listed[],
): Promise<Experiment[]> {
  const { from, to } = rangeOf(query);
  const ids = page.map(({ core }) => core.id);
  const withMetadata = query.fields.includes('metadata');
  const withScores = query.fields.includes('scores');
  const recordedIds = page.flatMap(({ core, linkedMetadata }) => (linkedMetadata ? [] : core.id));
  const [metadata, scores] = await Promise.all([
    withMetadata ? readExperimentMetadata(columnar, { projectId, from, to, ids: recordedIds }) : undefined,
    withScores
      ? scoresOfExperiments(columnar, { projectId, experimentIds: ids, from, limit: query.scoreLimit })
      : undefined,
  ]);
  return page.map(({ core, linkedMetadata }) => ({
    ...core,
    ...(metadata && { metadata: linkedMetadata ?? parseMetadata(metadata.get(core.id) ?? {}) }),
    ...(scores && {
      scores: scores
        .filter(({ datasetRunId }) => datasetRunId === core.id)
        .map((score) => toScoreV3(score, ['core', 'subject'])),
    }),
  }));
}

import type {
  AnswerOf,
  exploreObservationFacets as facetsOperation,
  exploreObservationHistogram as histogramOperation,
  exploreObservations as listOperation,
  ObservationSummary,
  QueryOf,
} from '@tracewell/contract';
import { formatIsoTime } from '@tracewell/domain';
import { observationFields } from '@tracewell/domain/search/index';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { observationFacets } from '@tracewell/query/explore/observation-facets';
import { observationHistogram } from '@tracewell/query/explore/observation-histogram';
import { listObservations } from '@tracewell/query/observations/list-observations';
import type { ObservationRow } from '@tracewell/query/observations/observation-fields';
import type { StoredScore } from '@tracewell/query/scores/score-row';
import { scoresOfTraces } from '@tracewell/query/scores/scores-of-traces';
import { ProjectScope } from '@tracewell/query/sql/project-scope';
import { z } from 'zod';
import { type ProjectAccess, requireScope } from '../access/index';
import { decodeCursor, encodeCursor } from '../cursors/index';
import { rowSelectionOf } from './row-selection';
import { showNode, showScore } from './show-trace';

interface Deps {
  columnar: Columnar;
}

const groups = ['basic', 'time', 'preview', 'model', 'usage', 'prompt', 'toolNames', 'traceContext'] as const;
const cursorSchema = z.object({ startTime: z.number(), traceId: z.string(), id: z.string() });

/** One page of observations with previews, newest first. Throws `invalid_request` for a cursor of another list. */
export async function exploreObservations(
  { columnar }: Deps,
  access: ProjectAccess,
  query: QueryOf<typeof listOperation>,
): Promise<AnswerOf<typeof listOperation>> {
  requireScope(access, 'traces:read');
  const { limit } = query;
  const { observations, cursor } = await listObservations(columnar, {
    ...rowSelectionOf(access, query, observationFields),
    limit,
    cursor: query.cursor ? decodeCursor(cursorSchema, query.cursor) : undefined,
    groups,
  });
  const scores = await scoresOfTraces(columnar, new ProjectScope(access.projectId), [
    ...new Set(observations.map(({ traceId }) => traceId)),
  ]);
  return {
    data: observations.map((row) =>
      showRow(
        row,
        (scores.get(row.traceId) ?? []).filter(({ observationId }) => observationId === row.id),
      ),
    ),
    meta: { limit, ...(cursor && { cursor: encodeCursor(cursor) }) },
  };
}

/** The values of one field, most frequent first. */
export async function exploreObservationFacets(
  { columnar }: Deps,
  access: ProjectAccess,
  query: QueryOf<typeof facetsOperation>,
): Promise<AnswerOf<typeof facetsOperation>> {
  requireScope(access, 'traces:read');
  const { field, search, limit } = query;
  const selection = rowSelectionOf(access, query, observationFields);
  return { data: await observationFacets(columnar, { ...selection, field, valueSearch: search, limit }) };
}

/** Observations over time, in equal buckets. */
export async function exploreObservationHistogram(
  { columnar }: Deps,
  access: ProjectAccess,
  query: QueryOf<typeof histogramOperation>,
): Promise<AnswerOf<typeof histogramOperation>> {
  requireScope(access, 'traces:read');
  const selection = rowSelectionOf(access, query, observationFields);
  const buckets = await observationHistogram(columnar, { ...selection, buckets: query.buckets });
  return { data: buckets.map(({ time, ...measures }) => ({ time: formatIsoTime(time), ...measures })) };
}

type Row = ObservationRow<(typeof groups)[number]>;

function showRow(row: Row, scores: readonly StoredScore[]): ObservationSummary {
  const {
    startOffsetUs: _offset,
    durationUs,
    completionStartOffsetUs,
    ...node
  } = showNode(row, row.startTime);
  return {
    ...node,
    traceId: row.traceId,
    traceName: row.traceName,
    userId: row.userId,
    sessionId: row.sessionId,
    tags: row.tags,
    version: row.version,
    release: row.release,
    latencyMs: durationUs === null ? null : durationUs / 1_000,
    timeToFirstTokenMs: completionStartOffsetUs === null ? null : completionStartOffsetUs / 1_000,
    totalCost: row.totalCost,
    inputPreview: row.inputPreview,
    outputPreview: row.outputPreview,
    scores: scores.map(showScore),
  };
}

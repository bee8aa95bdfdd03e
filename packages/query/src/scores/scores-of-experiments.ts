import type { Microseconds } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { count, type Sql, sql, textList, time } from '../sql/sql';
import { type ScoreRow, type StoredScore, scoreFields, toScore } from './score-row';

/** Nothing is judged before it was recorded; by days, the unit of the sorting key, and one more for clocks apart. */
const since = (from: Microseconds): Sql[] => [
  sql`toStartOfDay(timestamp) >= toStartOfDay(${time(from)} - INTERVAL 1 DAY)`,
];

/** Scores of whole experiments that began at `from` or later, newest first, at most `limit` of each. */
export async function scoresOfExperiments(
  columnar: Columnar,
  request: { projectId: string; experimentIds: readonly string[]; from: Microseconds; limit: number },
): Promise<StoredScore[]> {
  if (request.experimentIds.length === 0) return [];
  const scope = new ProjectScope(request.projectId);
  const rows = await readRows<ScoreRow>(
    columnar,
    'scores.of-experiments',
    sql`
      SELECT ${scoreFields}
      FROM ${scope.current('scores', {
        key: since(request.from),
        where: [sql`dataset_run_id IN ${textList(request.experimentIds)}`],
      })}
      ORDER BY timestamp DESC, id DESC
      LIMIT ${count(request.limit)} BY dataset_run_id`,
  );
  return rows.map(toScore);
}

/** Scores of traces as a whole and of these observations of them, newest first, at most `limit` of each. */
export async function scoresOfExperimentItems(
  columnar: Columnar,
  request: {
    projectId: string;
    traceIds: readonly string[];
    observationIds: readonly string[];
    from: Microseconds;
    limit: number;
  },
): Promise<StoredScore[]> {
  if (request.traceIds.length === 0) return [];
  const scope = new ProjectScope(request.projectId);
  const rows = await readRows<ScoreRow>(
    columnar,
    'scores.of-experiment-items',
    sql`
      SELECT ${scoreFields}
      FROM ${scope.current('scores', {
        key: since(request.from),
        where: [
          sql`trace_id IN ${textList(request.traceIds)}`,
          sql`observation_id = '' OR observation_id IN ${textList(request.observationIds)}`,
        ],
      })}
      ORDER BY timestamp DESC, id DESC
      LIMIT ${count(request.limit)} BY trace_id, observation_id`,
  );
  return rows.map(toScore);
}

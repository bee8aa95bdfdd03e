import type { Columnar } from '@tracewell/engines/columnar/port';
import type { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { count, sql, textList } from '../sql/sql';
import { type ScoreRow, type StoredScore, scoreFields, toScore } from './score-row';

/** Scores shown with one trace; the newest, when there are more. */
export const maxScoresOfTrace = 1_000;

/** Scores of these traces and of their observations, newest first, by trace id. */
export async function scoresOfTraces(
  columnar: Columnar,
  scope: ProjectScope,
  traceIds: readonly string[],
): Promise<Map<string, StoredScore[]>> {
  if (traceIds.length === 0) return new Map();
  const rows = await readRows<ScoreRow>(
    columnar,
    'scores.of-traces',
    sql`
      SELECT ${scoreFields}
      FROM ${scope.current('scores', { where: [sql`trace_id IN ${textList(traceIds)}`] })}
      ORDER BY timestamp DESC, id DESC
      LIMIT ${count(maxScoresOfTrace)} BY trace_id`,
  );
  const scores = new Map<string, StoredScore[]>();
  for (const score of rows.map(toScore)) {
    const ofTrace = scores.get(score.traceId);
    if (ofTrace) ofTrace.push(score);
    else scores.set(score.traceId, [score]);
  }
  return scores;
}

import type { Microseconds } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { countRows } from '../sql/count-rows';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { count, sql, text, time } from '../sql/sql';
import { type IndexedTrace, readTraceAttributes } from '../traces/read-trace-attributes';
import { type ScoreRow, type StoredScore, scoreFields, toScore } from './score-row';
import { type ScoreSelection, scoreConditions } from './score-selection';

/** The largest page. */
export const maxScoresOfPage = 1_000;

export interface ListScores extends ScoreSelection {
  projectId: string;
  limit: number;
  offset?: number;
  /** After this score, in the order newest first. */
  cursor?: { timestamp: Microseconds; id: string } | undefined;
  /** Also read what the judged trace says: user, session, tags, environment. */
  withTrace?: boolean;
}

export interface ListedScore extends StoredScore {
  /** null unless asked for, or when the score judges no trace, or one that is not known. */
  trace: Pick<IndexedTrace, 'userId' | 'sessionId' | 'tags' | 'environment'> | null;
}

export interface ScorePage {
  scores: ListedScore[];
  cursor: { timestamp: Microseconds; id: string } | null;
}

/** Newest first, ties by id. */
export async function listScores(columnar: Columnar, request: ListScores): Promise<ScorePage> {
  const scope = new ProjectScope(request.projectId);
  const limit = Math.min(request.limit, maxScoresOfPage);
  const where = scoreConditions(scope, request);
  const { cursor } = request;
  if (cursor) where.push(sql`(timestamp, id) < (${time(cursor.timestamp)}, ${text(cursor.id)})`);
  const found = await readRows<ScoreRow>(
    columnar,
    'scores.list',
    sql`
      SELECT ${scoreFields}
      FROM ${scope.current('scores', { where })}
      ORDER BY timestamp DESC, id DESC
      LIMIT ${count(limit + 1)} OFFSET ${count(request.offset ?? 0)}`,
  );
  const page = found.slice(0, limit).map(toScore);
  const traces = request.withTrace
    ? await readTraceAttributes(columnar, scope, [...new Set(page.map(({ traceId }) => traceId))])
    : new Map<string, IndexedTrace>();
  const last = page.at(-1);
  return {
    scores: page.map((score) => ({ ...score, trace: traces.get(score.traceId) ?? null })),
    cursor: found.length > limit && last ? { timestamp: last.timestamp, id: last.id } : null,
  };
}

export interface CountScores extends ScoreSelection {
  projectId: string;
}

export async function countScores(columnar: Columnar, request: CountScores): Promise<number> {
  const scope = new ProjectScope(request.projectId);
  return countRows(
    columnar,
    'scores.count',
    sql`SELECT count() AS total FROM ${scope.current('scores', { where: scoreConditions(scope, request) })}`,
  );
}

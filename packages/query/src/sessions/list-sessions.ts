import type { Microseconds } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import type { TimeRange } from '../filter/simple-parameters';
import { countRows } from '../sql/count-rows';
import { type Integer, toNumber } from '../sql/decode';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { allOf, count, type Sql, sql, text, textList, time } from '../sql/sql';
import * as index from '../traces/index-columns';

/** The largest page. */
export const maxSessionsOfPage = 1_000;

/** A session is the traces that name it; nobody creates one. */
export interface Session {
  id: string;
  projectId: string;
  /** The time of its first trace, and of its last. */
  createdAt: Microseconds;
  lastTraceAt: Microseconds;
  /** That of its first trace. */
  environment: string;
  traceCount: number;
  /** The first ones seen, at most `maxUsersOfSession`. */
  userIds: string[];
}

export const maxUsersOfSession = 20;

/** By creation time. */
export interface SessionSelection extends TimeRange {
  ids?: readonly string[] | undefined;
  environment?: readonly string[] | undefined;
  /** Part of the session's id, whatever its case. */
  search?: string | undefined;
}

export interface ListSessions extends SessionSelection {
  projectId: string;
  limit: number;
  offset?: number;
  cursor?: { createdAt: Microseconds; id: string } | undefined;
}

export interface SessionPage {
  sessions: Session[];
  cursor: { createdAt: Microseconds; id: string } | null;
}

/** Newest first, ties by id. */
export async function listSessions(columnar: Columnar, request: ListSessions): Promise<SessionPage> {
  const scope = new ProjectScope(request.projectId);
  const limit = Math.min(request.limit, maxSessionsOfPage);
  const { cursor } = request;
  const after = cursor
    ? sql`(min(timestampOf), sessionId) < (${time(cursor.createdAt)}, ${text(cursor.id)})`
    : sql`1`;
  const rows = await readRows<SessionRow>(
    columnar,
    'sessions.list',
    sql`
      ${sessionsSql(scope, request, [after])}
      ORDER BY min(timestampOf) DESC, sessionId DESC
      LIMIT ${count(limit + 1)} OFFSET ${count(request.offset ?? 0)}`,
  );
  const sessions = rows.slice(0, limit).map((row) => toSession(scope.projectId, row));
  const last = sessions.at(-1);
  return {
    sessions,
    cursor: rows.length > limit && last ? { createdAt: last.createdAt, id: last.id } : null,
  };
}

export interface CountSessions extends SessionSelection {
  projectId: string;
}

export async function countSessions(columnar: Columnar, request: CountSessions): Promise<number> {
  const scope = new ProjectScope(request.projectId);
  return countRows(
    columnar,
    'sessions.count',
    sql`SELECT count() AS total FROM (${sessionsSql(scope, request, [])})`,
  );
}

function sessionsSql(scope: ProjectScope, selection: SessionSelection, more: readonly Sql[]): Sql {
  const { ids, from, to, environment, search } = selection;
  const ofTrace: Sql[] = [sql`${index.traceSessionId} != ''`];
  if (ids) ofTrace.push(sql`${index.traceSessionId} IN ${textList(ids)}`);
  if (search) ofTrace.push(sql`positionCaseInsensitiveUTF8(${index.traceSessionId}, ${text(search)}) > 0`);
  const having: Sql[] = [...more];
  if (from !== undefined) having.push(sql`min(timestampOf) >= ${time(from)}`);
  if (to !== undefined) having.push(sql`min(timestampOf) < ${time(to)}`);
  if (environment && environment.length > 0) {
    having.push(sql`argMin(environmentOf, timestampOf) IN ${textList(environment)}`);
  }
  return sql`
    SELECT
      sessionId,
      toUnixTimestamp64Micro(min(timestampOf)) AS createdAtUs,
      toUnixTimestamp64Micro(max(timestampOf)) AS lastTraceAtUs,
      argMin(environmentOf, timestampOf) AS firstEnvironment,
      count() AS traceCount,
      groupUniqArrayIf(${count(maxUsersOfSession)})(userId, userId != '') AS userIds
    FROM (
      SELECT
        ${index.traceSessionId} AS sessionId,
        ${index.traceTimestamp} AS timestampOf,
        ${index.traceEnvironment} AS environmentOf,
        ${index.traceUserId} AS userId
      FROM ${scope.versions('traces')}
      GROUP BY trace_id
      HAVING ${allOf(ofTrace)}
    )
    GROUP BY sessionId
    HAVING ${allOf(having)}`;
}

interface SessionRow {
  sessionId: string;
  createdAtUs: Integer;
  lastTraceAtUs: Integer;
  firstEnvironment: string;
  traceCount: Integer;
  userIds: string[];
}

const toSession = (projectId: string, row: SessionRow): Session => ({
  id: row.sessionId,
  projectId,
  createdAt: toNumber(row.createdAtUs),
  lastTraceAt: toNumber(row.lastTraceAtUs),
  environment: row.firstEnvironment,
  traceCount: toNumber(row.traceCount),
  userIds: row.userIds,
});

import type { Microseconds } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { type Integer, toNumber } from '../sql/decode';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { count, sql, text, textList, time } from '../sql/sql';
import * as index from '../traces/index-columns';
import { minutesBetween } from '../traces/summary-sql';
import * as columns from './session-columns';
import { meantSessions, type SearchedSessions } from './session-selection';

/** The largest page: all observations of its sessions are added up. */
export const maxSearchedSessions = 200;
/** Users, environments and tags that a session is listed with. */
export const maxListedOfSession = 20;

export interface SearchSessions extends SearchedSessions {
  projectId: string;
  limit: number;
  cursor?: SessionCursor | undefined;
}

/** After this session, in the order newest first. */
export interface SessionCursor {
  createdAt: Microseconds;
  id: string;
}

export interface SessionSummary {
  id: string;
  /** The time of its first trace, and of its last. */
  createdAt: Microseconds;
  lastTraceAt: Microseconds;
  /** To the last end of any trace. */
  durationUs: number;
  traceCount: number;
  /** Traces with an error. */
  errorCount: number;
  totalTokens: number;
  /** US dollars. */
  totalCost: number;
  /** Each at most `maxListedOfSession`, in the order of the alphabet. */
  userIds: string[];
  environments: string[];
  tags: string[];
}

/** Newest first by the first trace, ties by id. Which ones is asked of the index; only these are added up. */
export async function searchSessions(
  columnar: Columnar,
  request: SearchSessions,
): Promise<{ sessions: SessionSummary[]; cursor: SessionCursor | null }> {
  const scope = new ProjectScope(request.projectId);
  const limit = Math.min(request.limit, maxSearchedSessions);
  const { cursor } = request;
  const after = cursor
    ? [sql`(${columns.firstTraceAt}, sessionId) < (${time(cursor.createdAt)}, ${text(cursor.id)})`]
    : [];
  const found = await readRows<PageRow>(
    columnar,
    'sessions.search',
    sql`
      ${meantSessions(scope, request, pageColumns, after)}
      ORDER BY ${columns.firstTraceAt} DESC, sessionId DESC
      LIMIT ${count(limit + 1)}`,
  );
  const page = found.slice(0, limit);
  const totals = await readTotals(columnar, scope, page);
  const sessions = page.map((row) => toSession(row, totals.get(row.sessionId)));
  const last = sessions.at(-1);
  return {
    sessions,
    cursor: found.length > limit && last ? { createdAt: last.createdAt, id: last.id } : null,
  };
}

const listed = (values: typeof columns.tags) =>
  sql`arraySlice(arraySort(${values}), 1, ${count(maxListedOfSession)})`;

const pageColumns = sql`
  sessionId,
  toUnixTimestamp64Micro(${columns.firstTraceAt}) AS createdAtUs,
  toUnixTimestamp64Micro(${columns.lastTraceAt}) AS lastTraceAtUs,
  toUnixTimestamp64Micro(min(firstStartOf)) AS firstStartUs,
  toUnixTimestamp64Micro(max(lastStartOf)) AS lastStartUs,
  ${columns.traceCount} AS traces,
  ${listed(columns.userIds)} AS users,
  ${listed(columns.environments)} AS environments,
  ${listed(columns.tags)} AS tagList`;

/** By session; only observations of their traces are read, and only the granules they lie in. */
async function readTotals(
  columnar: Columnar,
  scope: ProjectScope,
  page: readonly PageRow[],
): Promise<Map<string, TotalsRow>> {
  if (page.length === 0) return new Map();
  const isOnPage = sql`${index.traceSessionId} IN ${textList(page.map(({ sessionId }) => sessionId))}`;
  const traces = columns.tracesOfSessions(scope, [isOnPage]);
  const bounds = {
    firstStart: Math.min(...page.map((row) => toNumber(row.firstStartUs))),
    lastStart: Math.max(...page.map((row) => toNumber(row.lastStartUs))),
  };
  const observations = scope.current('observations', {
    key: [...minutesBetween(bounds), sql`trace_id IN (SELECT traceId FROM (${traces}))`],
  });
  const rows = await readRows<TotalsRow>(
    columnar,
    'sessions.totals',
    sql`
      SELECT
        sessionId,
        ${columns.errorCount} AS errorTraces,
        ${columns.totalCost} AS costOf,
        ${columns.totalTokens} AS tokensOf,
        ${columns.durationUs} AS lasted
      FROM ${columns.measuredTracesOfSessions(traces, observations)}
      GROUP BY sessionId`,
  );
  return new Map(rows.map((row) => [row.sessionId, row]));
}

interface PageRow {
  sessionId: string;
  createdAtUs: Integer;
  lastTraceAtUs: Integer;
  firstStartUs: Integer;
  lastStartUs: Integer;
  traces: Integer;
  users: string[];
  environments: string[];
  tagList: string[];
}

interface TotalsRow {
  sessionId: string;
  errorTraces: Integer;
  costOf: number;
  tokensOf: Integer;
  lasted: Integer;
}

const toSession = (row: PageRow, totals: TotalsRow | undefined): SessionSummary => ({
  id: row.sessionId,
  createdAt: toNumber(row.createdAtUs),
  lastTraceAt: toNumber(row.lastTraceAtUs),
  durationUs: toNumber(totals?.lasted ?? 0),
  traceCount: toNumber(row.traces),
  errorCount: toNumber(totals?.errorTraces ?? 0),
  totalTokens: toNumber(totals?.tokensOf ?? 0),
  totalCost: totals?.costOf ?? 0,
  userIds: row.users,
  environments: row.environments,
  tags: row.tagList,
});

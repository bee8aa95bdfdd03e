import type { Columnar } from '@tracewell/engines/columnar/port';
import * as session from '../sessions/session-columns';
import { meantSessions, type SearchedSessions } from '../sessions/session-selection';
import { type Integer, toNumber } from '../sql/decode';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { count, type Sql, sql, text } from '../sql/sql';
import { maxFacetValues } from './trace-facets';

export type SessionFacetField = 'environment' | 'userId' | 'tags';

export interface SessionFacets extends SearchedSessions {
  projectId: string;
  field: SessionFacetField;
  /** Part of the value, whatever its case. */
  valueSearch?: string | undefined;
  limit: number;
}

/** The values of one field among the sessions that are meant, each counted once a session, most frequent first. */
export async function sessionFacets(
  columnar: Columnar,
  request: SessionFacets,
): Promise<{ value: string; count: number }[]> {
  const scope = new ProjectScope(request.projectId);
  const found = request.valueSearch
    ? sql`positionCaseInsensitiveUTF8(facet, ${text(request.valueSearch)}) > 0`
    : sql`1`;
  const rows = await readRows<{ facet: string; total: Integer }>(
    columnar,
    'sessions.facets',
    sql`
      SELECT facet, count() AS total
      FROM (
        SELECT arrayJoin(facets) AS facet
        FROM (${meantSessions(scope, request, sql`${carried[request.field]} AS facets`)})
      )
      WHERE facet != '' AND ${found}
      GROUP BY facet
      ORDER BY total DESC, facet
      LIMIT ${count(Math.min(request.limit, maxFacetValues))}`,
  );
  return rows.map((row) => ({ value: row.facet, count: toNumber(row.total) }));
}

const carried: Record<SessionFacetField, Sql> = {
  environment: session.environments,
  userId: session.userIds,
  tags: session.tags,
};

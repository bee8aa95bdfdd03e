import type { Columnar } from '@tracewell/engines/columnar/port';
import { categoryOfScore } from '../scores/score-search';
import { type ScoreSelection, scoreConditions } from '../scores/score-selection';
import { type Integer, toNumber } from '../sql/decode';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { count, type Sql, sql, text } from '../sql/sql';
import { maxFacetValues } from './trace-facets';

export type ScoreFacetField =
  | 'name'
  | 'source'
  | 'dataType'
  | 'category'
  | 'environment'
  | 'author'
  /** Keys of metadata: what a search can ask for. */
  | 'metadataKey';

export interface ScoreFacets extends ScoreSelection {
  projectId: string;
  field: ScoreFacetField;
  /** Part of the value, whatever its case. */
  valueSearch?: string | undefined;
  limit: number;
}

/** The values of one field among the scores that are meant, the most frequent first, without the empty one. */
export async function scoreFacets(
  columnar: Columnar,
  request: ScoreFacets,
): Promise<{ value: string; count: number }[]> {
  const scope = new ProjectScope(request.projectId);
  const found = request.valueSearch
    ? sql`positionCaseInsensitiveUTF8(facet, ${text(request.valueSearch)}) > 0`
    : sql`1`;
  const rows = await readRows<{ facet: string; total: Integer }>(
    columnar,
    'scores.facets',
    sql`
      SELECT facet, count() AS total
      FROM (
        SELECT ${carried[request.field]} AS facet
        FROM ${scope.current('scores', { where: scoreConditions(scope, request) })}
      )
      WHERE facet != '' AND ${found}
      GROUP BY facet
      ORDER BY total DESC, facet
      LIMIT ${count(Math.min(request.limit, maxFacetValues))}`,
  );
  return rows.map((row) => ({ value: row.facet, count: toNumber(row.total) }));
}

const carried: Record<ScoreFacetField, Sql> = {
  name: sql`toString(name)`,
  source: sql`toString(source)`,
  dataType: sql`toString(data_type)`,
  category: categoryOfScore,
  environment: sql`toString(environment)`,
  author: sql`author_user_id`,
  metadataKey: sql`toString(arrayJoin(mapKeys(metadata)))`,
};

import { scoreFields } from '@tracewell/domain/search/index';
import { scoreRows } from '../../api-client/explored-rows';
import type { ExploredScore, ScoreFacetField } from '../../api-client/types';
import type { ExploredTable, ExploreRow } from './explored-table';
import { makeScoreColumns, scoreColumnChoices } from './score-columns';

export type ScoreTableRow = ExploredScore & ExploreRow;

export const scoresTable: ExploredTable<ScoreTableRow> = {
  name: 'scores',
  title: 'Scores',
  one: 'score',
  catalogue: scoreFields,
  facets: ['name', 'source', 'dataType', 'category', 'environment', 'author'] satisfies ScoreFacetField[],
  orders: ['timestamp.desc'],
  columns: makeScoreColumns,
  columnChoices: scoreColumnChoices,
  defaultHidden: ['author', 'id'],
  hasDifferences: false,
  hasExport: false,
  hasBulkActions: false,
  opens: ({ traceId, observationId }) => (traceId === null ? null : { traceId, observationId }),
  // Many scores judge one trace.
  keyOf: () => null,
  async fetchPage(projectId, { orderBy: _, ...query }, signal) {
    const page = await scoreRows.fetchPage(projectId, query, signal);
    return { ...page, data: page.data.map((row) => ({ ...row, key: row.id, level: 'DEFAULT' })) };
  },
  fetchFacets: scoreRows.fetchFacets,
  fetchHistogram: scoreRows.fetchHistogram,
};

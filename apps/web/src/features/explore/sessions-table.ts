import { sessionFields } from '@tracewell/domain/search/index';
import { sessionRows } from '../../api-client/explored-rows';
import type { ExploredSession, SessionFacetField } from '../../api-client/types';
import { sessionUrl } from '../session/session-url';
import type { ExploredTable, ExploreRow } from './explored-table';
import { makeSessionColumns, sessionColumnChoices } from './session-columns';

export type SessionRow = ExploredSession & ExploreRow;

export const sessionsTable: ExploredTable<SessionRow> = {
  name: 'sessions',
  title: 'Sessions',
  one: 'session',
  catalogue: sessionFields,
  facets: ['environment', 'userId', 'tags'] satisfies SessionFacetField[],
  orders: ['timestamp.desc'],
  columns: makeSessionColumns,
  columnChoices: sessionColumnChoices,
  defaultHidden: [],
  hasDifferences: false,
  hasExport: false,
  hasBulkActions: false,
  opens: () => null,
  pageOf: (projectId, { id }) => sessionUrl(projectId, id),
  keyOf: () => null,
  async fetchPage(projectId, { orderBy: _, ...query }, signal) {
    const page = await sessionRows.fetchPage(projectId, query, signal);
    const toRow = (row: ExploredSession): SessionRow => ({
      ...row,
      key: row.id,
      level: row.errorCount > 0 ? 'ERROR' : 'DEFAULT',
    });
    return { ...page, data: page.data.map(toRow) };
  },
  fetchFacets: sessionRows.fetchFacets,
  fetchHistogram: sessionRows.fetchHistogram,
};

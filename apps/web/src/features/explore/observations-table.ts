import { observationFields } from '@tracewell/domain/search/index';
import { observationRows } from '../../api-client/explored-rows';
import type { ObservationFacetField, ObservationSummary } from '../../api-client/types';
import type { ExploredTable, ExploreRow } from './explored-table';
import { makeObservationColumns, observationColumnChoices } from './observation-columns';

export type ObservationTableRow = ObservationSummary & ExploreRow;

/** An id is unique in its trace only. */
const keyOf = (traceId: string, id: string | null): string => `${traceId} ${id}`;

export const observationsTable: ExploredTable<ObservationTableRow> = {
  name: 'observations',
  title: 'Observations',
  one: 'observation',
  catalogue: observationFields,
  facets: [
    'type',
    'level',
    'name',
    'model',
    'environment',
    'prompt',
    'tool',
    'traceName',
    'userId',
    'sessionId',
    'tags',
    'version',
    'release',
  ] satisfies ObservationFacetField[],
  orders: ['timestamp.desc'],
  columns: makeObservationColumns,
  columnChoices: observationColumnChoices,
  defaultHidden: ['version', 'release', 'session', 'id', 'traceId'],
  hasDifferences: false,
  hasExport: false,
  hasBulkActions: false,
  opens: ({ traceId, id }) => ({ traceId, observationId: id }),
  keyOf: ({ traceId, observationId }) => keyOf(traceId, observationId),
  async fetchPage(projectId, { orderBy: _, ...query }, signal) {
    const page = await observationRows.fetchPage(projectId, query, signal);
    return {
      ...page,
      data: page.data.map((row) => ({ ...row, key: keyOf(row.traceId, row.id), timestamp: row.startTime })),
    };
  },
  fetchFacets: observationRows.fetchFacets,
  fetchHistogram: observationRows.fetchHistogram,
};

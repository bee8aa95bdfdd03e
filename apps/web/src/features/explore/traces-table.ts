import { traceFields } from '@tracewell/domain/search/index';
import { fetchTraceFacets, fetchTraceHistogram, fetchTraces } from '../../api-client/traces';
import type { TraceFacetField, TraceSummary } from '../../api-client/types';
import type { ExploredTable, ExploreRow } from './explored-table';
import { makeTraceColumns, traceColumnChoices, traceOrders } from './trace-columns';

export type TraceRow = TraceSummary & ExploreRow;

export const tracesTable: ExploredTable<TraceRow> = {
  name: 'traces',
  title: 'Traces',
  one: 'trace',
  catalogue: traceFields,
  facets: [
    'level',
    'name',
    'environment',
    'model',
    'tags',
    'userId',
    'sessionId',
    'tool',
    'prompt',
    'observation',
    'version',
    'release',
  ] satisfies TraceFacetField[],
  orders: traceOrders,
  columns: makeTraceColumns,
  columnChoices: traceColumnChoices,
  defaultHidden: ['version', 'release', 'id'],
  hasDifferences: true,
  hasExport: true,
  hasBulkActions: true,
  opens: ({ id }) => ({ traceId: id, observationId: null }),
  keyOf: ({ traceId }) => traceId,
  async fetchPage(projectId, query, signal) {
    const page = await fetchTraces(projectId, query, signal);
    return { ...page, data: page.data.map((row) => ({ ...row, key: row.id })) };
  },
  fetchFacets: (projectId, query, signal) =>
    fetchTraceFacets(projectId, { ...query, field: query.field as TraceFacetField }, signal),
  fetchHistogram: fetchTraceHistogram,
};

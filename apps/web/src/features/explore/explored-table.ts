import type { FieldCatalogue } from '@tracewell/domain/search/index';
import type { GridColumn } from '@tracewell/ui';
import type { HistogramOfRange, RowPage, Selection, ValueCounts } from '../../api-client/types';

/** What the frame knows of any row. */
export interface ExploreRow {
  /** Unique in its table. */
  key: string;
  /** ISO 8601; what it is ordered by when the newest come first. */
  timestamp: string;
  level: string;
}

/** What opens beside the table. */
export interface Opened {
  traceId: string;
  observationId: string | null;
}

/** One table of the explorer: the frame is the same for all, and all it needs to know stands here. */
export interface ExploredTable<Row extends ExploreRow> {
  /** In the address, and of its saved views. */
  name: 'traces' | 'observations' | 'scores' | 'sessions';
  title: string;
  one: string;
  catalogue: FieldCatalogue;
  /** Of the sidebar, in its order; each is a field of the catalogue. */
  facets: readonly string[];
  /** The first is the default: newest first, the only one that can be followed live. */
  orders: readonly string[];
  columns: (order: string, setOrder: (order: string) => void) => GridColumn<Row>[];
  columnChoices: readonly { id: string; label: string }[];
  defaultHidden: string[];
  /** Whether rows can be compared and downloaded. */
  hasDifferences: boolean;
  hasExport: boolean;
  /** Whether rows can be picked, to change many at once; then a row's key is the id of its trace. */
  hasBulkActions: boolean;
  /** null when the row has no trace to open. */
  opens: (row: Row) => Opened | null;
  /** Of a table whose rows have a page of their own: it is what opens, and nothing beside the table. */
  pageOf?: (projectId: string, row: Row) => string;
  /** null when what stands open does not tell which row opened it. */
  keyOf: (opened: Opened) => string | null;
  fetchPage: (
    projectId: string,
    query: Selection & { orderBy: string; limit: number; cursor?: string | undefined },
    signal: AbortSignal,
  ) => Promise<RowPage<Row>>;
  fetchFacets: (
    projectId: string,
    query: Selection & { field: string; search?: string | undefined; limit: number },
    signal: AbortSignal,
  ) => Promise<ValueCounts>;
  fetchHistogram: (
    projectId: string,
    query: Selection & { buckets: number },
    signal: AbortSignal,
  ) => Promise<HistogramOfRange>;
}

import { request } from './request';
import type {
  ExploredScore,
  ExploredSession,
  HistogramOfRange,
  ObservationSummary,
  RowPage,
  Selection,
  ValueCounts,
} from './types';

/** How a table of the explorer asks for its rows, newest first, their values and their number over time. */
function exploredRows<Row>(noun: string) {
  const base = (projectId: string) => `/api/v1/projects/${encodeURIComponent(projectId)}/${noun}`;
  return {
    fetchPage: (
      projectId: string,
      query: Selection & { limit: number; cursor?: string | undefined },
      signal: AbortSignal,
    ) => request<RowPage<Row>>(base(projectId), { query: { ...query }, signal }),

    fetchFacets: (
      projectId: string,
      query: Selection & { field: string; search?: string | undefined; limit: number },
      signal: AbortSignal,
    ) => request<ValueCounts>(`${base(projectId)}/facets`, { query: { ...query }, signal }),

    /** Where rows neither fail nor cost, their number alone comes. */
    async fetchHistogram(
      projectId: string,
      query: Selection & { buckets: number },
      signal: AbortSignal,
    ): Promise<HistogramOfRange> {
      const { data } = await request<{ data: Counted[] }>(`${base(projectId)}/histogram`, {
        query: { ...query },
        signal,
      });
      return { data: data.map((bucket) => ({ errorCount: 0, totalCost: 0, ...bucket })) };
    },
  };
}

type Bucket = HistogramOfRange['data'][number];
type Counted = Pick<Bucket, 'time' | 'count'> & Partial<Bucket>;

export const observationRows = exploredRows<ObservationSummary>('observations');
export const sessionRows = exploredRows<ExploredSession>('sessions');
export const scoreRows = exploredRows<ExploredScore>('scores');

import { type DashboardWidget, StructuredError } from '@tracewell/contract';
import type { Filter } from '@tracewell/domain';
import type { Relational } from '@tracewell/engines/relational/port';
import { InvalidQuery } from '@tracewell/query/invalid-query';
import { defaultBins } from '@tracewell/query/metrics/metric-query';
import { metricSql } from '@tracewell/query/metrics/metric-sql';
import type { WidgetRow } from './store';

export interface Deps {
  relational: Pick<Relational, 'db'>;
}

/** What a widget asks, and how it is drawn. */
export type WidgetDefinition = Omit<DashboardWidget, 'id' | 'createdAt' | 'updatedAt'>;
export type ChartConfig = WidgetDefinition['chartConfig'];

/** Types stand in the store as text and JSON; the contract checked them on their way in. */
export const definitionOf = (row: WidgetRow): WidgetDefinition => ({
  name: row.name,
  description: row.description,
  view: row.view as WidgetDefinition['view'],
  dimensions: row.dimensions as WidgetDefinition['dimensions'],
  metrics: row.metrics as WidgetDefinition['metrics'],
  filters: row.filters as WidgetDefinition['filters'],
  chartType: row.chartType as WidgetDefinition['chartType'],
  chartConfig: row.chartConfig as ChartConfig,
});

export const toDashboardWidget = (row: WidgetRow): DashboardWidget => ({
  id: row.id,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  ...definitionOf(row),
});

type ChartConfigInput = Partial<Omit<ChartConfig, 'type'>> & {
  type?: ChartConfig['type'] | null | undefined;
};

/** The configuration of a chart, the plain one when none is given. Throws `invalid_body` when it is another chart's. */
export function chartConfigOf(
  chartType: ChartConfig['type'],
  given: ChartConfigInput | null | undefined,
): ChartConfig {
  if (given?.type && given.type !== chartType) {
    throw new StructuredError(
      'invalid_request',
      'invalid_body',
      `chartConfig.type is ${given.type}, but chartType is ${chartType}: give both the same, or leave chartConfig.type out.`,
      { field: 'chartConfig.type', value: given.type, allowedValues: [chartType] },
    );
  }
  const { row_limit, show_value_labels, bins, defaultSort } = given ?? {};
  return {
    type: chartType,
    ...(row_limit !== undefined && row_limit !== null && { row_limit }),
    ...(show_value_labels !== undefined && show_value_labels !== null && { show_value_labels }),
    ...(bins !== undefined && bins !== null && { bins }),
    ...(defaultSort && { defaultSort }),
  };
}

/** Throws `invalid_body` for a widget whose question the metrics could never answer. */
export function requireAnswerable(projectId: string, widget: WidgetDefinition, filter: Filter): void {
  try {
    metricSql({
      projectId,
      view: widget.view,
      dimensions: widget.dimensions.map(({ field }) => field),
      metrics: widget.metrics.map(({ measure, agg }) => ({ measure, aggregation: agg })),
      filter,
      // Any range: the names are what is checked.
      time: null,
      from: 0,
      to: 1,
      order: null,
      rowLimit: null,
      defaultRowLimit: null,
      manyValued: 'free',
      bins: widget.chartConfig.bins ?? defaultBins,
      traceColumns: 'of-row',
    });
  } catch (error) {
    if (!(error instanceof InvalidQuery)) throw error;
    throw new StructuredError('invalid_request', 'invalid_body', error.message);
  }
}

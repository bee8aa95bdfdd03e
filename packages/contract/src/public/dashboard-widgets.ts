import { maxHistogramBins, maxMetricRowLimit } from '@tracewell/domain';
import { z } from 'zod';
import { filter } from '../filter';
import { defineOperation } from '../operation';
import { pageOf, pageQuery } from '../pagination';
import { storableId, storableJson, storableText } from '../storable-text';
import { metricAggregation } from './metrics';

/** Charts that can be placed on any dashboard of the project. */
const tag = 'Dashboard widgets';
const time = z.iso.datetime({ offset: true });

export const dashboardLimits = {
  nameChars: 500,
  descriptionChars: 5_000,
  dimensions: 20,
  metrics: 50,
} as const;

export const dashboardName = storableText(dashboardLimits.nameChars).min(1);
export const dashboardDescription = storableText(dashboardLimits.descriptionChars);

/** The filter of a widget or dashboard: that of the lists, of texts that can be stored. */
export const dashboardFilters = filter.superRefine((conditions, context) => {
  const storable = storableJson.safeParse(conditions);
  for (const { message, path } of storable.error?.issues ?? []) {
    context.addIssue({ code: 'custom', message, path: [...path] });
  }
});

export const storedFilter = z
  .object({
    column: z.string(),
    operator: z.string(),
    type: z.string(),
    value: z.unknown().optional(),
    key: z.string().nullish(),
  })
  .meta({ id: 'DashboardWidgetFilter' });

/** `traces` is read only: widgets that were made before there was another way. */
export const widgetViews = [
  'observations',
  'scores-numeric',
  'scores-boolean',
  'scores-categorical',
] as const;
export const chartTypes = [
  'LINE_TIME_SERIES',
  'AREA_TIME_SERIES',
  'BAR_TIME_SERIES',
  'HORIZONTAL_BAR',
  'VERTICAL_BAR',
  'PIE',
  'NUMBER',
  'HISTOGRAM',
  'PIVOT_TABLE',
] as const;
const chartType = z.enum(chartTypes);

const chartParts = {
  row_limit: z.int().min(1).max(maxMetricRowLimit).nullish(),
  show_value_labels: z.boolean().nullish(),
  bins: z.int().min(1).max(maxHistogramBins).nullish(),
  defaultSort: z
    .object({ column: storableText(dashboardLimits.nameChars), order: z.enum(['ASC', 'DESC']) })
    .nullish(),
};
const chartConfigInput = z.object({ type: chartType.nullish(), ...chartParts });

const name = storableText(dashboardLimits.nameChars);
const dimensions = z.array(z.object({ field: name })).max(dashboardLimits.dimensions);
const metrics = z
  .array(z.object({ measure: name, agg: metricAggregation }))
  .min(1)
  .max(dashboardLimits.metrics);

export const createDashboardWidgetBody = z.object({
  name: dashboardName,
  description: dashboardDescription.nullish(),
  view: z.enum(widgetViews),
  dimensions,
  metrics,
  filters: dashboardFilters,
  chartType,
  chartConfig: chartConfigInput.nullish(),
});

/** Something, in a body where each field may be left out. */
export const hasSomething = (body: Record<string, unknown>): boolean =>
  Object.values(body).some((value) => value !== undefined && value !== null);
export const giveSomething = 'give at least one field to change';

export const updateDashboardWidgetBody = z
  .object({
    name: dashboardName.nullish(),
    description: dashboardDescription.nullish(),
    view: z.enum(widgetViews).nullish(),
    dimensions: dimensions.nullish(),
    metrics: metrics.nullish(),
    filters: dashboardFilters.nullish(),
    chartType: chartType.nullish(),
    chartConfig: chartConfigInput.nullish(),
  })
  .refine(hasSomething, giveSomething);

export const dashboardWidget = z
  .object({
    id: z.string(),
    createdAt: time,
    updatedAt: time,
    name: z.string(),
    description: z.string(),
    view: z.enum([...widgetViews, 'traces']),
    dimensions: z.array(z.object({ field: z.string() })),
    metrics: z.array(z.object({ measure: z.string(), agg: metricAggregation })),
    filters: z.array(storedFilter),
    chartType,
    chartConfig: z.object({ type: chartType, ...chartParts }),
  })
  .meta({ id: 'DashboardWidget' });
export type DashboardWidget = z.infer<typeof dashboardWidget>;

const path = '/api/public/unstable/dashboard-widgets';
const params = z.object({ widgetId: storableId });

export const listDashboardWidgets = defineOperation({
  id: 'listDashboardWidgets',
  method: 'GET',
  path,
  scope: 'dashboards:read',
  tag,
  summary: 'Widgets, the last changed first, page by number.',
  query: z.object(pageQuery),
  responses: { 200: pageOf(dashboardWidget) },
});

export const createDashboardWidget = defineOperation({
  id: 'createDashboardWidget',
  method: 'POST',
  path,
  scope: 'dashboards:create',
  tag,
  summary: 'Creates a widget; placing it on a dashboard is another step.',
  body: createDashboardWidgetBody,
  responses: { 200: dashboardWidget },
});

export const getDashboardWidget = defineOperation({
  id: 'getDashboardWidget',
  method: 'GET',
  path: `${path}/{widgetId}`,
  scope: 'dashboards:read',
  tag,
  summary: 'One widget.',
  params,
  responses: { 200: dashboardWidget },
});

export const updateDashboardWidget = defineOperation({
  id: 'updateDashboardWidget',
  method: 'PATCH',
  path: `${path}/{widgetId}`,
  scope: 'dashboards:update',
  tag,
  summary:
    'Changes what is given of a widget; another type of chart without a configuration takes its plain one.',
  params,
  body: updateDashboardWidgetBody,
  responses: { 200: dashboardWidget },
});

export const deleteDashboardWidget = defineOperation({
  id: 'deleteDashboardWidget',
  method: 'DELETE',
  path: `${path}/{widgetId}`,
  scope: 'dashboards:delete',
  tag,
  summary: 'Deletes a widget that is on no dashboard.',
  params,
  responses: { 200: z.object({ message: z.string() }) },
});

import { z } from 'zod';
import { defineOperation } from '../operation';
import { pageOf, pageQuery } from '../pagination';
import { storableId } from '../storable-text';
import {
  dashboardDescription,
  dashboardFilters,
  dashboardName,
  giveSomething,
  hasSomething,
  storedFilter,
} from './dashboard-widgets';

const tag = 'Dashboards';
const time = z.iso.datetime({ offset: true });

/** The grid: twelve columns, rows downwards without end. Tiles may overlap. */
export const dashboardGrid = {
  columns: 12,
  rows: 10_000,
  tile: { width: 6, height: 6 },
  placements: 200,
} as const;

const cells = {
  x: z
    .int()
    .min(0)
    .max(dashboardGrid.columns - 1),
  y: z.int().min(0).max(dashboardGrid.rows),
  width: z.int().min(1).max(dashboardGrid.columns),
  height: z.int().min(1).max(dashboardGrid.rows),
};
const optionalCells = {
  x: cells.x.nullish(),
  y: cells.y.nullish(),
  width: cells.width.nullish(),
  height: cells.height.nullish(),
};

export const dashboardPlacement = z
  .discriminatedUnion('type', [
    z.object({ type: z.literal('widget'), id: storableId, widgetId: storableId, ...cells }),
    z.object({ type: z.literal('preset'), id: storableId, presetId: storableId, ...cells }),
  ])
  .meta({ id: 'DashboardPlacement' });
export type DashboardPlacement = z.infer<typeof dashboardPlacement>;

const definition = z.object({
  widgets: z
    .array(dashboardPlacement)
    .max(dashboardGrid.placements)
    .superRefine((placements, context) => {
      const seen = new Set<string>();
      for (const [index, { id }] of placements.entries()) {
        if (seen.has(id)) {
          context.addIssue({
            code: 'custom',
            path: [index, 'id'],
            message: `ids of placements are unique on a dashboard; ${id} stands twice`,
          });
        }
        seen.add(id);
      }
    }),
});

export const createDashboardBody = z.object({
  name: dashboardName,
  description: dashboardDescription.nullish(),
  definition: definition.nullish(),
  filters: dashboardFilters.nullish(),
});
export const updateDashboardBody = z
  .object({
    name: dashboardName.nullish(),
    description: dashboardDescription.nullish(),
    definition: definition.nullish(),
    filters: dashboardFilters.nullish(),
  })
  .refine(hasSomething, giveSomething);

export const dashboard = z
  .object({
    id: z.string(),
    createdAt: time,
    updatedAt: time,
    name: z.string(),
    description: z.string(),
    definition: z.object({ widgets: z.array(dashboardPlacement) }),
    filters: z.array(storedFilter),
  })
  .meta({ id: 'Dashboard' });
export type Dashboard = z.infer<typeof dashboard>;

const path = '/api/public/unstable/dashboards';
const params = z.object({ dashboardId: storableId });
const deleted = z.object({ message: z.string() });

export const listDashboards = defineOperation({
  id: 'listDashboards',
  method: 'GET',
  path,
  scope: 'dashboards:read',
  tag,
  summary: 'Dashboards, the last changed first, page by number.',
  query: z.object(pageQuery),
  responses: { 200: pageOf(dashboard) },
});

export const createDashboard = defineOperation({
  id: 'createDashboard',
  method: 'POST',
  path,
  scope: 'dashboards:create',
  tag,
  summary: 'Creates a dashboard, empty or with its tiles.',
  body: createDashboardBody,
  responses: { 200: dashboard },
});

export const getDashboard = defineOperation({
  id: 'getDashboard',
  method: 'GET',
  path: `${path}/{dashboardId}`,
  scope: 'dashboards:read',
  tag,
  summary: 'One dashboard with its tiles.',
  params,
  responses: { 200: dashboard },
});

export const updateDashboard = defineOperation({
  id: 'updateDashboard',
  method: 'PATCH',
  path: `${path}/{dashboardId}`,
  scope: 'dashboards:update',
  tag,
  summary: 'Changes what is given of a dashboard; a definition replaces all of its tiles.',
  params,
  body: updateDashboardBody,
  responses: { 200: dashboard },
});

export const deleteDashboard = defineOperation({
  id: 'deleteDashboard',
  method: 'DELETE',
  path: `${path}/{dashboardId}`,
  scope: 'dashboards:delete',
  tag,
  summary: 'Deletes a dashboard; its widgets stay.',
  params,
  responses: { 200: deleted },
});

export const addDashboardPlacementBody = z.discriminatedUnion('type', [
  z.object({ type: z.literal('widget'), id: storableId.nullish(), widgetId: storableId, ...optionalCells }),
  z.object({ type: z.literal('preset'), id: storableId.nullish(), presetId: storableId, ...optionalCells }),
]);

export const addDashboardPlacement = defineOperation({
  id: 'addDashboardPlacement',
  method: 'POST',
  path: `${path}/{dashboardId}/placements`,
  scope: 'dashboards:update',
  tag,
  summary: 'Places a widget or preset on a dashboard, below what is there unless said otherwise.',
  params,
  body: addDashboardPlacementBody,
  responses: { 200: dashboardPlacement },
});

const placementParams = params.extend({ placementId: storableId });

export const updateDashboardPlacement = defineOperation({
  id: 'updateDashboardPlacement',
  method: 'PATCH',
  path: `${path}/{dashboardId}/placements/{placementId}`,
  scope: 'dashboards:update',
  tag,
  summary: 'Moves or resizes a tile.',
  params: placementParams,
  body: z.object(optionalCells).refine(hasSomething, giveSomething),
  responses: { 200: dashboardPlacement },
});

export const deleteDashboardPlacement = defineOperation({
  id: 'deleteDashboardPlacement',
  method: 'DELETE',
  path: `${path}/{dashboardId}/placements/{placementId}`,
  scope: 'dashboards:update',
  tag,
  summary: 'Takes a tile off a dashboard; its widget stays.',
  params: placementParams,
  responses: { 200: deleted },
});

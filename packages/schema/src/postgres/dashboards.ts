import { sql } from 'drizzle-orm';
import { check, foreignKey, index, integer, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { users } from './accounts';
import { createdAt, exactJson, updatedAt } from './columns';
import { projects } from './projects';

const projectId = () =>
  text('project_id')
    .notNull()
    .references(() => projects.id, { onDelete: 'cascade' });
const createdByUserId = () => text('created_by_user_id').references(() => users.id, { onDelete: 'set null' });

/** A chart: what it asks of the metrics, and how the answer is drawn. */
export const dashboardWidgets = pgTable(
  'dashboard_widgets',
  {
    id: text('id').primaryKey(),
    projectId: projectId(),
    name: text('name').notNull(),
    description: text('description').notNull(),
    view: text('view').notNull(),
    /** `{field}` each. */
    dimensions: exactJson('dimensions').notNull(),
    /** `{measure, agg}` each. */
    metrics: exactJson('metrics').notNull(),
    filters: exactJson('filters').notNull(),
    chartType: text('chart_type').notNull(),
    chartConfig: exactJson('chart_config').notNull(),
    createdByUserId: createdByUserId(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index('dashboard_widgets_project').on(table.projectId, table.updatedAt, table.id),
    // For the key of placements.
    unique('dashboard_widgets_of_project').on(table.projectId, table.id),
  ],
);

export const dashboards = pgTable(
  'dashboards',
  {
    id: text('id').primaryKey(),
    projectId: projectId(),
    name: text('name').notNull(),
    description: text('description').notNull(),
    /** For all widgets on it. */
    filters: exactJson('filters').notNull(),
    createdByUserId: createdByUserId(),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (table) => [
    index('dashboards_project').on(table.projectId, table.updatedAt, table.id),
    unique('dashboards_of_project').on(table.projectId, table.id),
  ],
);

/**
 * A tile on the grid of a dashboard: a widget, or a chart the product brings along. A widget that is placed
 * cannot be deleted, and both belong to one project: the keys say so.
 */
export const dashboardPlacements = pgTable(
  'dashboard_placements',
  {
    /** Of the client, or ours; unique on its dashboard. */
    id: text('id').notNull(),
    dashboardId: text('dashboard_id').notNull(),
    projectId: projectId(),
    widgetId: text('widget_id'),
    presetId: text('preset_id'),
    /** Cells; the grid has twelve columns, and rows go down. */
    x: integer('x').notNull(),
    y: integer('y').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    /** The order in which they are listed. */
    position: integer('position').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.dashboardId, table.id] }),
    foreignKey({
      name: 'dashboard_placements_dashboard',
      columns: [table.projectId, table.dashboardId],
      foreignColumns: [dashboards.projectId, dashboards.id],
    }).onDelete('cascade'),
    foreignKey({
      name: 'dashboard_placements_widget',
      columns: [table.projectId, table.widgetId],
      foreignColumns: [dashboardWidgets.projectId, dashboardWidgets.id],
    }),
    index('dashboard_placements_of_widget').on(table.projectId, table.widgetId),
    check('dashboard_placements_content', sql`num_nonnulls(${table.widgetId}, ${table.presetId}) = 1`),
  ],
);

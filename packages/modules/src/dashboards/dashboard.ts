import { type Dashboard, type DashboardPlacement, StructuredError } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import type { DashboardRow, PlacementRow } from './store';

export interface Deps {
  relational: Pick<Relational, 'db'>;
}

export const toPlacement = ({
  id,
  widgetId,
  presetId,
  x,
  y,
  width,
  height,
}: PlacementRow): DashboardPlacement =>
  widgetId === null
    ? { type: 'preset', id, presetId: presetId ?? '', x, y, width, height }
    : { type: 'widget', id, widgetId, x, y, width, height };

export function toPlacementRow(
  placement: DashboardPlacement,
  of: { projectId: string; dashboardId: string; position: number },
): PlacementRow {
  const { id, x, y, width, height } = placement;
  return {
    id,
    ...of,
    widgetId: placement.type === 'widget' ? placement.widgetId : null,
    presetId: placement.type === 'preset' ? placement.presetId : null,
    x,
    y,
    width,
    height,
  };
}

export const toDashboard = (row: DashboardRow, placements: readonly PlacementRow[]): Dashboard => ({
  id: row.id,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
  name: row.name,
  description: row.description,
  definition: { widgets: placements.map(toPlacement) },
  filters: row.filters as Dashboard['filters'],
});

/** What the audit log keeps of one. */
export const describeDashboard = (row: DashboardRow, placements: readonly PlacementRow[]) => {
  const { name, description, definition, filters } = toDashboard(row, placements);
  return { name, description, definition, filters };
};

export const widgetIdsOf = (placements: readonly DashboardPlacement[]): string[] =>
  placements.flatMap((placement) => (placement.type === 'widget' ? placement.widgetId : []));

/** The first row below all tiles. */
export const rowBelow = (placements: readonly PlacementRow[]): number =>
  placements.reduce((below, { y, height }) => Math.max(below, y + height), 0);

export const noDashboard = (dashboardId: string): StructuredError =>
  new StructuredError(
    'not_found',
    'resource_not_found',
    `This project has no dashboard ${dashboardId.slice(0, 200)}; GET /api/public/unstable/dashboards lists those it has.`,
    { field: 'dashboardId', value: dashboardId.slice(0, 200) },
  );

export const noPlacement = (dashboardId: string, placementId: string): StructuredError =>
  new StructuredError(
    'not_found',
    'resource_not_found',
    `Dashboard ${dashboardId} has no placement ${placementId.slice(0, 200)}; its definition lists those it has.`,
    { field: 'placementId', value: placementId.slice(0, 200) },
  );

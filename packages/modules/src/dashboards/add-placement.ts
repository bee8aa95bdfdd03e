import { randomUUID } from 'node:crypto';
import {
  type BodyOf,
  type DashboardPlacement,
  dashboardGrid,
  type addDashboardPlacement as operation,
  StructuredError,
} from '@tracewell/contract';
import { type ProjectAccess, requireScope } from '../access/index';
import { requireWidgets } from '../dashboard-widgets/index';
import { changeDashboard } from './change-dashboard';
import { type Deps, rowBelow, toPlacementRow, widgetIdsOf } from './dashboard';
import { insertPlacements, updateDashboardRow } from './store';

/**
 * Below all tiles and half as wide as the grid, unless said otherwise. Throws `not_found` for a dashboard or
 * widget the project has not, and `conflict` for an id that is taken or a dashboard that is full.
 */
export async function addPlacement(
  deps: Deps,
  access: ProjectAccess,
  dashboardId: string,
  body: BodyOf<typeof operation>,
): Promise<DashboardPlacement> {
  requireScope(access, 'dashboards:update');
  const { projectId } = access;
  return changeDashboard(deps, access, dashboardId, async (transaction, { placements }) => {
    const id = body.id ?? randomUUID();
    if (placements.some((placement) => placement.id === id)) {
      throw conflict(
        `Dashboard ${dashboardId} already has a placement ${id}. Leave the id out, or give another.`,
      );
    }
    if (placements.length >= dashboardGrid.placements) {
      throw conflict(
        `A dashboard holds at most ${dashboardGrid.placements} placements. Use a further dashboard.`,
      );
    }
    const cells = {
      x: body.x ?? 0,
      y: body.y ?? Math.min(rowBelow(placements), dashboardGrid.rows),
      width: body.width ?? dashboardGrid.tile.width,
      height: body.height ?? dashboardGrid.tile.height,
    };
    const placement: DashboardPlacement =
      body.type === 'widget'
        ? { type: body.type, id, widgetId: body.widgetId, ...cells }
        : { type: body.type, id, presetId: body.presetId, ...cells };
    await requireWidgets(transaction, projectId, widgetIdsOf([placement]));
    const position = (placements.at(-1)?.position ?? -1) + 1;
    const added = toPlacementRow(placement, { projectId, dashboardId, position });
    await insertPlacements(transaction, [added]);
    const row = await updateDashboardRow(transaction, projectId, dashboardId);
    return { row, placements: [...placements, added], answer: placement };
  });
}

const conflict = (message: string) => new StructuredError('conflict', 'conflict', message);

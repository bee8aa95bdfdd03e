import {
  type AnswerOf,
  type listDashboards as operation,
  type QueryOf,
  toPageMeta,
} from '@tracewell/contract';
import { type ProjectAccess, requireScope } from '../access/index';
import { type Deps, toDashboard } from './dashboard';
import { countDashboards, listDashboardRows, listPlacements } from './store';

export async function listDashboards(
  { relational }: Deps,
  access: ProjectAccess,
  { page, limit }: QueryOf<typeof operation>,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'dashboards:read');
  const { projectId } = access;
  const [rows, totalItems] = await Promise.all([
    listDashboardRows(relational.db, projectId, { limit, offset: (page - 1) * limit }),
    countDashboards(relational.db, projectId),
  ]);
  const placements = await listPlacements(
    relational.db,
    projectId,
    rows.map(({ id }) => id),
  );
  const data = rows.map((row) =>
    toDashboard(
      row,
      placements.filter(({ dashboardId }) => dashboardId === row.id),
    ),
  );
  return { data, meta: toPageMeta({ page, limit }, totalItems) };
}

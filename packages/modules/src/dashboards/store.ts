import type { Relational } from '@tracewell/engines/relational/port';
import { dashboardPlacements, dashboards } from '@tracewell/schema/postgres/dashboards';
import { and, asc, count, desc, eq, inArray } from 'drizzle-orm';

type Database = Relational['db'];
export type Reader = Pick<Database, 'select' | 'selectDistinct'>;
export type Writer = Reader & Pick<Database, 'insert' | 'update' | 'delete'>;
export type DashboardRow = typeof dashboards.$inferSelect;
export type PlacementRow = typeof dashboardPlacements.$inferSelect;

const isDashboard = (projectId: string, dashboardId: string) =>
  and(eq(dashboards.projectId, projectId), eq(dashboards.id, dashboardId));
const isPlacement = (projectId: string, dashboardId: string, placementId: string) =>
  and(
    eq(dashboardPlacements.projectId, projectId),
    eq(dashboardPlacements.dashboardId, dashboardId),
    eq(dashboardPlacements.id, placementId),
  );

/** The last changed first, ties by id. */
export const listDashboardRows = (
  db: Reader,
  projectId: string,
  page: { limit: number; offset: number },
): Promise<DashboardRow[]> =>
  db
    .select()
    .from(dashboards)
    .where(eq(dashboards.projectId, projectId))
    .orderBy(desc(dashboards.updatedAt), desc(dashboards.id))
    .limit(page.limit)
    .offset(page.offset);

export async function countDashboards(db: Reader, projectId: string): Promise<number> {
  const [row] = await db
    .select({ total: count() })
    .from(dashboards)
    .where(eq(dashboards.projectId, projectId));
  return row?.total ?? 0;
}

export async function findDashboard(
  db: Reader,
  projectId: string,
  dashboardId: string,
): Promise<DashboardRow | null> {
  const [row] = await db.select().from(dashboards).where(isDashboard(projectId, dashboardId)).limit(1);
  return row ?? null;
}

/** Nobody else changes it or its tiles until the transaction ends. */
export async function lockDashboard(
  transaction: Reader,
  projectId: string,
  dashboardId: string,
): Promise<DashboardRow | null> {
  const [row] = await transaction
    .select()
    .from(dashboards)
    .where(isDashboard(projectId, dashboardId))
    .limit(1)
    .for('update');
  return row ?? null;
}

/** Of these dashboards, each in the order of its definition. */
export async function listPlacements(
  db: Reader,
  projectId: string,
  dashboardIds: readonly string[],
): Promise<PlacementRow[]> {
  if (dashboardIds.length === 0) return [];
  return db
    .select()
    .from(dashboardPlacements)
    .where(
      and(
        eq(dashboardPlacements.projectId, projectId),
        inArray(dashboardPlacements.dashboardId, [...dashboardIds]),
      ),
    )
    .orderBy(asc(dashboardPlacements.position), asc(dashboardPlacements.id));
}

export async function insertDashboard(
  writer: Writer,
  dashboard: typeof dashboards.$inferInsert,
): Promise<DashboardRow> {
  const [row] = await writer.insert(dashboards).values(dashboard).returning();
  return row!;
}

/** Also without a change of its own, as when a tile moves: it is the last changed from then on. */
export async function updateDashboardRow(
  writer: Writer,
  projectId: string,
  dashboardId: string,
  change: Partial<typeof dashboards.$inferInsert> = {},
): Promise<DashboardRow> {
  const [row] = await writer
    .update(dashboards)
    .set({ ...change, updatedAt: new Date() })
    .where(isDashboard(projectId, dashboardId))
    .returning();
  return row!;
}

export async function deleteDashboardRow(
  writer: Writer,
  projectId: string,
  dashboardId: string,
): Promise<void> {
  await writer.delete(dashboards).where(isDashboard(projectId, dashboardId));
}

export async function insertPlacements(writer: Writer, placements: PlacementRow[]): Promise<void> {
  if (placements.length > 0) await writer.insert(dashboardPlacements).values(placements);
}

export async function deletePlacements(
  writer: Writer,
  projectId: string,
  dashboardId: string,
): Promise<void> {
  await writer
    .delete(dashboardPlacements)
    .where(
      and(eq(dashboardPlacements.projectId, projectId), eq(dashboardPlacements.dashboardId, dashboardId)),
    );
}

export type Cells = Pick<PlacementRow, 'x' | 'y' | 'width' | 'height'>;

/** null when the dashboard has no such tile. */
export async function movePlacement(
  writer: Writer,
  projectId: string,
  dashboardId: string,
  placementId: string,
  cells: Partial<Cells>,
): Promise<PlacementRow | null> {
  const [row] = await writer
    .update(dashboardPlacements)
    .set(cells)
    .where(isPlacement(projectId, dashboardId, placementId))
    .returning();
  return row ?? null;
}

/** What it was; null when the dashboard has no such tile. */
export async function deletePlacement(
  writer: Writer,
  projectId: string,
  dashboardId: string,
  placementId: string,
): Promise<PlacementRow | null> {
  const [row] = await writer
    .delete(dashboardPlacements)
    .where(isPlacement(projectId, dashboardId, placementId))
    .returning();
  return row ?? null;
}

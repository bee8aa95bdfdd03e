import type { Relational } from '@tracewell/engines/relational/port';
import { dashboardPlacements, dashboards, dashboardWidgets } from '@tracewell/schema/postgres/dashboards';
import { and, count, desc, eq, inArray } from 'drizzle-orm';

type Database = Relational['db'];
export type Reader = Pick<Database, 'select' | 'selectDistinct'>;
type Writer = Pick<Database, 'select' | 'insert' | 'update' | 'delete'>;
export type WidgetRow = typeof dashboardWidgets.$inferSelect;
export type NewWidget = typeof dashboardWidgets.$inferInsert;

const isWidget = (projectId: string, widgetId: string) =>
  and(eq(dashboardWidgets.projectId, projectId), eq(dashboardWidgets.id, widgetId));

/** The last changed first, ties by id. */
export const listWidgets = (
  db: Reader,
  projectId: string,
  page: { limit: number; offset: number },
): Promise<WidgetRow[]> =>
  db
    .select()
    .from(dashboardWidgets)
    .where(eq(dashboardWidgets.projectId, projectId))
    .orderBy(desc(dashboardWidgets.updatedAt), desc(dashboardWidgets.id))
    .limit(page.limit)
    .offset(page.offset);

export async function countWidgets(db: Reader, projectId: string): Promise<number> {
  const [row] = await db
    .select({ total: count() })
    .from(dashboardWidgets)
    .where(eq(dashboardWidgets.projectId, projectId));
  return row?.total ?? 0;
}

export async function findWidget(db: Reader, projectId: string, widgetId: string): Promise<WidgetRow | null> {
  const [row] = await db.select().from(dashboardWidgets).where(isWidget(projectId, widgetId)).limit(1);
  return row ?? null;
}

/** Nobody else changes, places or deletes it until the transaction ends. */
export async function lockWidget(
  transaction: Reader,
  projectId: string,
  widgetId: string,
): Promise<WidgetRow | null> {
  const [row] = await transaction
    .select()
    .from(dashboardWidgets)
    .where(isWidget(projectId, widgetId))
    .limit(1)
    .for('update');
  return row ?? null;
}

/** Which of them the project has; none of these is deleted until the transaction ends. */
export async function keepWidgets(
  transaction: Reader,
  projectId: string,
  widgetIds: readonly string[],
): Promise<Set<string>> {
  const rows = await transaction
    .select({ id: dashboardWidgets.id })
    .from(dashboardWidgets)
    .where(and(eq(dashboardWidgets.projectId, projectId), inArray(dashboardWidgets.id, [...widgetIds])))
    // In one order, so that two who keep the same ones do not wait for each other.
    .orderBy(dashboardWidgets.id)
    .for('key share');
  return new Set(rows.map(({ id }) => id));
}

export async function insertWidget(writer: Writer, widget: NewWidget): Promise<WidgetRow> {
  const [row] = await writer.insert(dashboardWidgets).values(widget).returning();
  return row!;
}

export async function updateWidget(
  writer: Writer,
  projectId: string,
  widgetId: string,
  change: Partial<NewWidget>,
): Promise<WidgetRow> {
  const [row] = await writer
    .update(dashboardWidgets)
    .set({ ...change, updatedAt: new Date() })
    .where(isWidget(projectId, widgetId))
    .returning();
  return row!;
}

export async function deleteWidgetRow(writer: Writer, projectId: string, widgetId: string): Promise<void> {
  await writer.delete(dashboardWidgets).where(isWidget(projectId, widgetId));
}

/** Dashboards that are named when a widget cannot go; more say nothing more. */
const maxNamed = 5;

export async function dashboardsWithWidget(
  db: Reader,
  projectId: string,
  widgetId: string,
): Promise<{ id: string; name: string }[]> {
  return db
    .selectDistinct({ id: dashboards.id, name: dashboards.name })
    .from(dashboardPlacements)
    .innerJoin(dashboards, eq(dashboards.id, dashboardPlacements.dashboardId))
    .where(and(eq(dashboardPlacements.projectId, projectId), eq(dashboardPlacements.widgetId, widgetId)))
    .limit(maxNamed);
}

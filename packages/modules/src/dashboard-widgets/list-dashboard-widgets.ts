import {
  type AnswerOf,
  type listDashboardWidgets as operation,
  type QueryOf,
  toPageMeta,
} from '@tracewell/contract';
import { type ProjectAccess, requireScope } from '../access/index';
import { countWidgets, listWidgets } from './store';
import { type Deps, toDashboardWidget } from './widget';

export async function listDashboardWidgets(
  { relational }: Deps,
  access: ProjectAccess,
  { page, limit }: QueryOf<typeof operation>,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'dashboards:read');
  const { projectId } = access;
  const [rows, totalItems] = await Promise.all([
    listWidgets(relational.db, projectId, { limit, offset: (page - 1) * limit }),
    countWidgets(relational.db, projectId),
  ]);
  return { data: rows.map(toDashboardWidget), meta: toPageMeta({ page, limit }, totalItems) };
}

import { noWidget } from './no-widget';
import { keepWidgets, type Reader } from './store';

/**
 * The project has all of these, and keeps them until the transaction ends. Throws `not_found` naming the first
 * it has not.
 */
export async function requireWidgets(
  transaction: Reader,
  projectId: string,
  widgetIds: readonly string[],
): Promise<void> {
  if (widgetIds.length === 0) return;
  const kept = await keepWidgets(transaction, projectId, [...new Set(widgetIds)]);
  const missing = widgetIds.find((id) => !kept.has(id));
  if (missing !== undefined) throw noWidget(missing);
}

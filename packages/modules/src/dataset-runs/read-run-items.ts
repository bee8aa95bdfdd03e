import type { DatasetRun, DatasetRunItem } from '@tracewell/contract';
import { formatIsoTime } from '@tracewell/domain';
import { ResultTooLarge } from '@tracewell/query/invalid-query';
import { newestFirst } from './read-runs';
import { type RunDeps, readRecordedLinks } from './recorded-runs';
import { listItemsOfRun, type RunItemRow } from './store';

/** Items of one run that can be read. */
const maxItems = 50_000;

/** Every item of the run, linked or recorded, newest first. Throws `ResultTooLarge`. */
export async function readRunItems(
  deps: RunDeps,
  dataset: { id: string; projectId: string; createdAt: Date },
  run: Pick<DatasetRun, 'id' | 'name'>,
): Promise<DatasetRunItem[]> {
  const [linked, recorded] = await Promise.all([
    listItemsOfRun(deps.relational.db, dataset.projectId, run.id, maxItems + 1),
    readRecordedLinks(deps, dataset, run.id, maxItems + 1),
  ]);
  if (linked.length > maxItems || recorded.length > maxItems) {
    throw new ResultTooLarge(
      `The run ${run.name} has more than ${maxItems} items. Read them in pages: GET /api/public/experiment-items?experimentId=${run.id}&fromStartTime=….`,
    );
  }
  const keyOf = (itemId: string, traceId: string) => JSON.stringify([itemId, traceId]);
  const known = new Set(linked.map((item) => keyOf(item.datasetItemId, item.traceId)));
  return [
    ...linked.map((row) => toRunItem(row, run.name)),
    ...recorded
      .filter((link) => !known.has(keyOf(link.itemId, link.traceId)))
      .map((link) => ({
        // What was recorded has no id of its own as an item of a run; its observation is one.
        id: link.observationId,
        datasetRunId: run.id,
        datasetRunName: run.name,
        datasetItemId: link.itemId,
        traceId: link.traceId,
        observationId: link.observationId,
        createdAt: formatIsoTime(link.startTime),
        updatedAt: formatIsoTime(link.startTime),
      })),
  ].sort(newestFirst);
}

export const toRunItem = (row: RunItemRow, runName: string): DatasetRunItem => ({
  id: row.id,
  datasetRunId: row.datasetRunId,
  datasetRunName: runName,
  datasetItemId: row.datasetItemId,
  traceId: row.traceId,
  observationId: row.observationId,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

import {
  type AnswerOf,
  ApiError,
  type DatasetRun,
  type getDatasetRun as getOperation,
  type listDatasetRunItems as itemsOperation,
  type QueryOf,
  toPageMeta,
} from '@tracewell/contract';
import { type ProjectAccess, requireScope } from '../access/index';
import { findDataset, findDatasetById, possibleNames } from '../datasets/index';
import { readRunItems } from './read-run-items';
import { findRuns } from './read-runs';
import type { RunDeps } from './recorded-runs';

/** One run with all its items. Throws `not_found` for an unknown dataset or run. */
export async function getDatasetRun(
  deps: RunDeps,
  access: ProjectAccess,
  datasetName: string,
  runName: string,
): Promise<AnswerOf<typeof getOperation>> {
  requireScope(access, 'datasets:read');
  const dataset = await findDataset(deps.relational.db, access.projectId, datasetName);
  const [run] = await requireRuns(deps, dataset, runName);
  return { ...run, datasetRunItems: await readRunItems(deps, dataset, run) };
}

/** Items of one run in pages, newest first. Throws `not_found` for an unknown dataset or run. */
export async function listDatasetRunItems(
  deps: RunDeps,
  access: ProjectAccess,
  query: QueryOf<typeof itemsOperation>,
): Promise<AnswerOf<typeof itemsOperation>> {
  requireScope(access, 'datasets:read');
  const dataset = await findDatasetById(deps.relational.db, access.projectId, query.datasetId);
  const [run] = await requireRuns(deps, dataset, query.runName);
  const items = await readRunItems(deps, dataset, run);
  const start = (query.page - 1) * query.limit;
  return { data: items.slice(start, start + query.limit), meta: toPageMeta(query, items.length) };
}

/** All runs of this name, the one clients mean first. Throws `not_found`. */
export async function requireRuns(
  deps: RunDeps,
  dataset: { id: string; name: string; projectId: string; createdAt: Date },
  runName: string,
): Promise<[DatasetRun, ...DatasetRun[]]> {
  const [run, ...others] = await findRuns(deps, dataset, possibleNames(runName));
  if (run) return [run, ...others];
  throw new ApiError(
    'not_found',
    `Dataset run not found: the dataset ${dataset.name} has no run ${possibleNames(runName).at(-1)!.slice(0, 200)}.`,
  );
}

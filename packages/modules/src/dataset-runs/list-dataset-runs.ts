import {
  type AnswerOf,
  type listDatasetRuns as operation,
  type QueryOf,
  toPageMeta,
} from '@tracewell/contract';
import { type ProjectAccess, requireScope } from '../access/index';
import { findDataset } from '../datasets/index';
import { readRuns } from './read-runs';
import type { RunDeps } from './recorded-runs';

/** Runs of a dataset, newest first. Throws `not_found` for an unknown dataset. */
export async function listDatasetRuns(
  deps: RunDeps,
  access: ProjectAccess,
  datasetName: string,
  query: QueryOf<typeof operation>,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'datasets:read');
  const dataset = await findDataset(deps.relational.db, access.projectId, datasetName);
  const runs = await readRuns(deps, dataset);
  const start = (query.page - 1) * query.limit;
  return { data: runs.slice(start, start + query.limit), meta: toPageMeta(query, runs.length) };
}

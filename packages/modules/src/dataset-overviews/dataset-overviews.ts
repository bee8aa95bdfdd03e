import type {
  AnswerOf,
  BodyOf,
  getDatasetV1 as getOperation,
  listDatasetsV1 as listOperation,
  QueryOf,
  upsertDatasetV1 as upsertOperation,
} from '@tracewell/contract';
import type { ProjectAccess } from '../access/index';
import { checkItems, type DescribeMedia, readAllItemIds, readAllItems } from '../dataset-items/index';
import { type RunDeps, readRuns } from '../dataset-runs/index';
import { getDataset, listDatasets, upsertDataset } from '../datasets/index';

/** A dataset as the first generation of clients knows it: with its items, and the names of its runs. */

const placeOf = (dataset: { id: string; name: string; projectId: string; createdAt: string }) => ({
  id: dataset.id,
  name: dataset.name,
  projectId: dataset.projectId,
  createdAt: new Date(dataset.createdAt),
});

/** As `upsertDataset`; the lists are empty whatever the dataset holds, as they always were. */
export async function upsertDatasetV1(
  deps: RunDeps,
  access: ProjectAccess,
  body: BodyOf<typeof upsertOperation>,
): Promise<AnswerOf<typeof upsertOperation>> {
  return { ...(await upsertDataset({ ...deps, checkItems }, access, body)), items: [], runs: [] };
}

/** With the ids of active items and the names of runs. */
export async function listDatasetsV1(
  deps: RunDeps,
  access: ProjectAccess,
  query: QueryOf<typeof listOperation>,
): Promise<AnswerOf<typeof listOperation>> {
  const { data, meta } = await listDatasets(deps, access, query);
  const overviews: AnswerOf<typeof listOperation>['data'] = [];
  for (const dataset of data) {
    const [items, runs] = await Promise.all([
      readAllItemIds(deps.relational.db, dataset),
      readRuns(deps, placeOf(dataset)),
    ]);
    overviews.push({ ...dataset, items, runs: runs.map(({ name }) => name) });
  }
  return { data: overviews, meta };
}

/** With every active item and the names of runs. Throws `not_found`. */
export async function getDatasetV1(
  deps: RunDeps & { describeMedia: DescribeMedia },
  access: ProjectAccess,
  name: string,
): Promise<AnswerOf<typeof getOperation>> {
  const dataset = await getDataset(deps, access, name);
  const [items, runs] = await Promise.all([readAllItems(deps, dataset), readRuns(deps, placeOf(dataset))]);
  return { ...dataset, items, runs: runs.map((run) => run.name) };
}

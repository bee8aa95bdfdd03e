import * as operations from '@tracewell/contract';
import {
  checkItems,
  deleteDatasetItem,
  getDatasetItem,
  listDatasetItems,
  upsertDatasetItem,
} from '@tracewell/modules/dataset-items/index';
import { getDatasetV1, listDatasetsV1, upsertDatasetV1 } from '@tracewell/modules/dataset-overviews/index';
import {
  createDatasetRunItem,
  deleteDatasetRun,
  deleteRunItems,
  getDatasetRun,
  listDatasetRunItems,
  listDatasetRuns,
} from '@tracewell/modules/dataset-runs/index';
import { getDataset, listDatasets, upsertDataset } from '@tracewell/modules/datasets/index';
import { listExperimentItems, listExperiments } from '@tracewell/modules/experiments/index';
import { describeMediaOf } from '@tracewell/modules/media/index';
import type { ApiDeps } from '../deps';
import { absoluteUrl } from '../own-url';
import { readJson } from '../read-body';
import type { Api } from '../serve';

export function mountDatasets(api: Api, deps: ApiDeps): void {
  api.project(operations.upsertDataset, ({ body }, access) =>
    upsertDataset({ ...deps, checkItems }, access, body),
  );
  api.project(operations.listDatasets, ({ query }, access) => listDatasets(deps, access, query));
  api.project(operations.getDataset, ({ params }, access) => getDataset(deps, access, params.datasetName));
  api.project(operations.upsertDatasetV1, ({ body }, access) => upsertDatasetV1(deps, access, body));
  api.project(operations.listDatasetsV1, ({ query }, access) => listDatasetsV1(deps, access, query));
  api.project(operations.getDatasetV1, ({ params, request }, access) =>
    getDatasetV1(withMedia(deps, request), access, params.datasetName),
  );
  mountItems(api, deps);
  mountRuns(api, deps);
  api.project(operations.listExperiments, ({ query }, access) => listExperiments(deps, access, query));
  api.project(operations.listExperimentItems, ({ query }, access) =>
    listExperimentItems(deps, access, query),
  );
}

function mountItems(api: Api, deps: ApiDeps): void {
  api.project(operations.upsertDatasetItem, async ({ request }, access) => {
    // Items may be larger than other bodies: as large as a batch of events.
    const body = operations.upsertDatasetItemBody.parse(
      await readJson(request, deps.config.limits.ingestion),
    );
    return upsertDatasetItem(withMedia(deps, request), access, body);
  });
  api.project(operations.listDatasetItems, ({ query, request }, access) =>
    listDatasetItems(withMedia(deps, request), access, query),
  );
  api.project(operations.getDatasetItem, ({ params, request }, access) =>
    getDatasetItem(withMedia(deps, request), access, params.datasetItemId),
  );
  api.project(operations.deleteDatasetItem, async ({ params }, access) => {
    await deleteDatasetItem({ ...deps, deleteRunItems }, access, params.datasetItemId);
    return { message: 'Dataset item successfully deleted' };
  });
}

function mountRuns(api: Api, deps: ApiDeps): void {
  api.project(operations.createDatasetRunItem, ({ body }, access) =>
    createDatasetRunItem(deps, access, body),
  );
  api.project(operations.listDatasetRunItems, ({ query }, access) =>
    listDatasetRunItems(deps, access, query),
  );
  api.project(operations.listDatasetRuns, ({ params, query }, access) =>
    listDatasetRuns(deps, access, params.datasetName, query),
  );
  api.project(operations.getDatasetRun, ({ params }, access) =>
    getDatasetRun(deps, access, params.datasetName, params.runName),
  );
  api.project(operations.deleteDatasetRun, async ({ params }, access) => {
    await deleteDatasetRun(deps, access, params.datasetName, params.runName);
    return { message: 'Dataset run successfully deleted' };
  });
}

/** With a way to describe files whose URLs the client of this request can use. */
const withMedia = (deps: ApiDeps, request: Request) => ({
  ...deps,
  async describeMedia(projectId: string, mediaIds: readonly string[]) {
    const files = await describeMediaOf(deps, projectId, mediaIds);
    return new Map(
      [...files].map(([id, file]) => [id, { ...file, url: absoluteUrl(file.url, request, deps) }]),
    );
  },
});

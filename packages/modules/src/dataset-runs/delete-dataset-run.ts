import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { findDataset } from '../datasets/index';
import { requireRuns } from './get-dataset-run';
import type { RunDeps } from './recorded-runs';
import { deleteRun } from './store';

/** Deletes the run of this name, its traces stay. Throws `not_found` for an unknown dataset or run. */
export async function deleteDatasetRun(
  deps: RunDeps,
  access: ProjectAccess,
  datasetName: string,
  runName: string,
): Promise<void> {
  requireScope(access, 'datasets:delete');
  const { db } = deps.relational;
  const { projectId } = access;
  const dataset = await findDataset(db, projectId, datasetName);
  const [first, ...others] = await requireRuns(deps, dataset, runName);
  const runs = [first, ...others.filter(({ name }) => name === first.name)];
  await db.transaction(async (transaction) => {
    for (const { id, name, description } of runs) {
      await deleteRun(transaction, { projectId, id, datasetId: dataset.id, name });
      await recordChange(transaction, {
        actor: access.actor,
        organizationId: access.organizationId,
        projectId,
        action: 'dataset-runs.delete',
        resourceType: 'dataset-run',
        resourceId: id,
        before: { datasetId: dataset.id, name, description },
      });
    }
  });
}

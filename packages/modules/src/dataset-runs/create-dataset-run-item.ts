import { randomUUID } from 'node:crypto';
import {
  ApiError,
  type BodyOf,
  type DatasetRunItem,
  type createDatasetRunItem as operation,
} from '@tracewell/contract';
import { getObservation } from '@tracewell/query/observations/get-observation';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { requireItem } from '../dataset-items/index';
import { runIdOf, runMetadataOf } from './dataset-run';
import { toRunItem } from './read-run-items';
import type { RunDeps } from './recorded-runs';
import { ensureRun, insertRunItem } from './store';

type Body = BodyOf<typeof operation>;

/**
 * Links a trace, or an observation of it, to a dataset item; the first link of a name creates the run. The trace
 * may be on its way: clients link what they are still recording. Throws `not_found` for an unknown item, or for an
 * observation given without its trace that is not there.
 */
export async function createDatasetRunItem(
  deps: RunDeps,
  access: ProjectAccess,
  body: Body,
): Promise<DatasetRunItem> {
  requireScope(access, 'datasets:create');
  const { db } = deps.relational;
  const { projectId } = access;
  const moment = body.datasetVersion ? new Date(body.datasetVersion) : undefined;
  const item = await requireItem(db, projectId, body.datasetItemId, moment);
  const traceId = body.traceId || (await traceOf(deps, projectId, body.observationId!));

  return db.transaction(async (transaction) => {
    const { run, isNew } = await ensureRun(transaction, {
      projectId,
      id: runIdOf(projectId, item.datasetId, body.runName),
      datasetId: item.datasetId,
      name: body.runName,
      description: body.runDescription ?? null,
      metadata: runMetadataOf(body.metadata, body.datasetVersion),
    });
    if (isNew) {
      await recordChange(transaction, {
        actor: access.actor,
        organizationId: access.organizationId,
        projectId,
        action: 'dataset-runs.create',
        resourceType: 'dataset-run',
        resourceId: run.id,
        after: { datasetId: run.datasetId, name: run.name, description: run.description },
      });
    }
    // Not audited one by one: a link is recorded data, as the trace it leads to.
    const link = await insertRunItem(transaction, {
      id: randomUUID(),
      projectId,
      datasetRunId: run.id,
      datasetItemId: item.id,
      datasetItemValidFrom: item.validFrom,
      traceId,
      observationId: body.observationId || null,
      ...(body.createdAt && { createdAt: new Date(body.createdAt) }),
    });
    return toRunItem(link, run.name);
  });
}

async function traceOf({ columnar }: RunDeps, projectId: string, observationId: string): Promise<string> {
  const observation = await getObservation(columnar, { projectId, observationId });
  if (observation) return observation.traceId;
  throw new ApiError(
    'not_found',
    `Observation not found: this project has no observation ${observationId.slice(0, 200)}, or not yet. Send traceId beside it.`,
  );
}

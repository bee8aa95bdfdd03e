import { randomUUID } from 'node:crypto';
import {
  ApiError,
  type BodyOf,
  type DatasetItem,
  type upsertDatasetItem as operation,
} from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { findDataset } from '../datasets/index';
import { storablePayload } from '../payloads/index';
import { createItemCheck, requireFit } from './check-item';
import { type DescribeMedia, describeItems } from './describe-items';
import { closeVersion, type ItemVersion, insertVersion, lockItem, nextVersionTime } from './store';

type Body = BodyOf<typeof operation>;

/**
 * Creates the item, or a new version of the one with this id: what is left out, or null, stays as it was.
 * Throws `not_found` for an unknown dataset, `conflict` for an id another dataset uses, `invalid_request` for a
 * payload that does not fit the dataset's schemas.
 */
export async function upsertDatasetItem(
  { relational, describeMedia }: { relational: Pick<Relational, 'db'>; describeMedia: DescribeMedia },
  access: ProjectAccess,
  body: Body,
): Promise<DatasetItem> {
  requireScope(access, 'datasets:create');
  const { projectId } = access;
  const id = body.id ?? randomUUID();
  const sent = payloadsOf(body);

  const row = await relational.db.transaction(async (transaction) => {
    const dataset = await findDataset(transaction, projectId, body.datasetName, { hold: true });
    const latest = await lockItem(transaction, projectId, id);
    const current = latest && latest.validTo === null ? latest : null;
    if (current && current.datasetId !== dataset.id) {
      throw new ApiError(
        'conflict',
        `The id ${id} belongs to an item of another dataset of this project. Send another id, or the name of that dataset.`,
      );
    }
    const at = await nextVersionTime(transaction, latest);
    const version: ItemVersion = {
      projectId,
      id,
      datasetId: dataset.id,
      status: body.status ?? current?.status ?? 'ACTIVE',
      input: sent.input ?? current?.input ?? null,
      expectedOutput: sent.expectedOutput ?? current?.expectedOutput ?? null,
      metadata: sent.metadata ?? current?.metadata ?? null,
      sourceTraceId: body.sourceTraceId ?? current?.sourceTraceId ?? null,
      sourceObservationId: body.sourceObservationId ?? current?.sourceObservationId ?? null,
      createdAt: current?.createdAt ?? at,
      validFrom: at,
      validTo: null,
    };
    requireFit(createItemCheck(dataset), version);
    if (current) await closeVersion(transaction, current, at);
    await insertVersion(transaction, version);
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId,
      action: current ? 'dataset-items.update' : 'dataset-items.create',
      resourceType: 'dataset-item',
      resourceId: id,
      // Not the payloads: the versions of the item keep them.
      before: current && { datasetId: current.datasetId, status: current.status },
      after: { datasetId: dataset.id, status: version.status },
    });
    return { ...version, datasetName: dataset.name };
  });
  const [item] = await describeItems(describeMedia, [row]);
  return item!;
}

const payloadsOf = (body: Body) => ({
  input: storablePayload('input', body.input),
  expectedOutput: storablePayload('expectedOutput', body.expectedOutput),
  metadata: storablePayload('metadata', body.metadata),
});

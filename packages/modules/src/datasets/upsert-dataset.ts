import { randomUUID } from 'node:crypto';
import type { BodyOf, Dataset, upsertDataset as operation } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { compileSchema } from '../json-schemas/index';
import { storablePayload } from '../payloads/index';
import { toDataset } from './dataset-wire';
import { type DatasetRow, insertDataset, lockByName, type Transaction, updateDataset } from './store';

export interface UpsertDatasetDeps {
  relational: Pick<Relational, 'db'>;
  /** Throws `invalid_request` naming items that do not fit the schemas of the dataset. */
  checkItems(transaction: Transaction, dataset: DatasetRow): Promise<void>;
}

/**
 * Creates the dataset of this name, or changes what is sent of it. What is left out stays, and so does what is null:
 * Python clients send null for every argument they were not given, and a script that creates its dataset at each run
 * must not empty it. `""`, `{}` and the schema `{}` take away. A schema is taken only when every item fits it.
 */
export async function upsertDataset(
  { relational, checkItems }: UpsertDatasetDeps,
  access: ProjectAccess,
  body: BodyOf<typeof operation>,
): Promise<Dataset> {
  requireScope(access, 'datasets:create');
  const { name, description, inputSchema, expectedOutputSchema } = body;
  if (inputSchema) compileSchema('inputSchema', inputSchema);
  if (expectedOutputSchema) compileSchema('expectedOutputSchema', expectedOutputSchema);
  const sent = {
    ...(isSent(description) && { description }),
    ...(isSent(body.metadata) && { metadata: storablePayload('metadata', body.metadata) }),
    ...(isSent(inputSchema) && { inputSchema: storablePayload('inputSchema', inputSchema) }),
    ...(isSent(expectedOutputSchema) && {
      expectedOutputSchema: storablePayload('expectedOutputSchema', expectedOutputSchema),
    }),
  };
  const { projectId } = access;

  return relational.db.transaction(async (transaction) => {
    const created = await insertDataset(transaction, { id: randomUUID(), projectId, name, ...sent });
    const before = created ? null : await lockByName(transaction, projectId, name);
    const row = created ?? (await updateDataset(transaction, before!.id, sent));
    if (before && (inputSchema || expectedOutputSchema)) await checkItems(transaction, row);
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId,
      action: before ? 'datasets.update' : 'datasets.create',
      resourceType: 'dataset',
      resourceId: row.id,
      before: before && toDataset(before),
      after: toDataset(row),
    });
    return toDataset(row);
  });
}

const isSent = <Value>(value: Value): value is NonNullable<Value> => value !== undefined && value !== null;

import { ApiError, type BodyOf, type upsertModel as operation, type PublicModel } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { loadBuiltInPrices } from '@tracewell/ingest/enrich/built-in-prices';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { maxModelsPerProject } from './create-model';
import { defineModel, toOwnModel } from './model';
import { countModels, deleteModelRow, insertModel, isModelIdTaken } from './store';

/**
 * Replaces the project's definition of this id, or makes it. Throws `invalid_request` as creating one does and for
 * one that is built in, `conflict` for an id that is in use elsewhere.
 */
export async function upsertModel(
  { relational }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  modelId: string,
  body: BodyOf<typeof operation>,
): Promise<PublicModel> {
  requireScope(access, 'models:create');
  const { projectId } = access;
  if ((await loadBuiltInPrices()).findById(modelId)) {
    throw new ApiError(
      'invalid_request',
      `The model ${modelId} is built in and stays as it is. Create a model of the project: it goes before it.`,
    );
  }
  const definition = defineModel(projectId, body, modelId);
  const row = await relational.db.transaction(async (transaction) => {
    const before = await deleteModelRow(transaction, projectId, modelId);
    if (!before && (await isModelIdTaken(transaction, modelId))) {
      throw new ApiError('conflict', `The id ${modelId} is in use. Choose another, or let POST choose one.`);
    }
    if ((await countModels(transaction, projectId)) >= maxModelsPerProject) {
      throw new ApiError(
        'invalid_request',
        `This project has ${maxModelsPerProject} model definitions, the most it may have. Delete one that is no longer needed.`,
      );
    }
    const inserted = await insertModel(transaction, definition);
    if (!inserted) {
      throw new ApiError(
        'invalid_request',
        `A model ${definition.modelName} already exists in this project under another id. Delete it first, or choose another modelName.`,
      );
    }
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId,
      action: before ? 'models.replace' : 'models.create',
      resourceType: 'model',
      resourceId: modelId,
      ...(before && { before: toOwnModel(before, Date.now()) }),
      after: toOwnModel(inserted, Date.now()),
    });
    return inserted;
  });
  return toOwnModel(row, Date.now());
}

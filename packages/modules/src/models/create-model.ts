import { ApiError, type BodyOf, type createModel as operation, type PublicModel } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { defineModel, toOwnModel } from './model';
import { countModels, insertModel } from './store';

/** The worker holds the definitions of busy projects in memory, and tries them one by one for a new name. */
export const maxModelsPerProject = 1_000;

/**
 * Defines a model of the project; what is ingested from a few seconds later on is priced by it. Throws
 * `invalid_request` when the definition does not hold together or its name is taken.
 */
export async function createModel(
  { relational }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  body: BodyOf<typeof operation>,
): Promise<PublicModel> {
  requireScope(access, 'models:create');
  const { projectId } = access;
  const definition = defineModel(projectId, body);
  const row = await relational.db.transaction(async (transaction) => {
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
        `A model ${definition.modelName} already exists in this project. Delete it first, or choose another modelName.`,
      );
    }
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId,
      action: 'models.create',
      resourceType: 'model',
      resourceId: inserted.id,
      after: toOwnModel(inserted, Date.now()),
    });
    return inserted;
  });
  return toOwnModel(row, Date.now());
}

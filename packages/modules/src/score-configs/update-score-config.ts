import type { BodyOf, updateScoreConfig as operation, PublicScoreConfig } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { configNotFound, settleConfig, toPublicConfig } from './score-config';
import type { ScoreConfigLookup } from './score-config-lookup';
import { findConfig, updateConfig } from './store';

/**
 * Changes what the body names: null clears a bound, the categories or the description, and stands for absent
 * where a value must be. Throws `not_found`, and `invalid_request` when the whole does not go together.
 */
export async function updateScoreConfig(
  deps: { relational: Pick<Relational, 'db'>; scoreConfigs: Pick<ScoreConfigLookup, 'forget'> },
  access: ProjectAccess,
  configId: string,
  body: BodyOf<typeof operation>,
): Promise<PublicScoreConfig> {
  requireScope(access, 'score-configs:update');
  const { projectId } = access;
  const row = await deps.relational.db.transaction(async (transaction) => {
    const before = await findConfig(transaction, projectId, configId, true);
    if (!before) throw configNotFound(configId);
    const { dataType } = before;
    const changes = settleConfig({
      dataType,
      name: body.name ?? before.name,
      isArchived: body.isArchived ?? before.isArchived,
      minValue: body.minValue === undefined ? before.minValue : body.minValue,
      maxValue: body.maxValue === undefined ? before.maxValue : body.maxValue,
      categories: body.categories === undefined ? before.categories : body.categories,
      description: body.description === undefined ? before.description : body.description,
    });
    const updated = await updateConfig(transaction, projectId, configId, changes);
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId,
      action: 'score-configs.update',
      resourceType: 'score-config',
      resourceId: configId,
      before: toPublicConfig(before),
      after: toPublicConfig(updated),
    });
    return updated;
  });
  deps.scoreConfigs.forget(projectId, configId);
  return toPublicConfig(row);
}

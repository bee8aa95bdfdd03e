import { randomUUID } from 'node:crypto';
import type { BodyOf, createScoreConfig as operation, PublicScoreConfig } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ProjectAccess, requireScope } from '../access/index';
import { recordChange } from '../audit-log/index';
import { settleConfig, toPublicConfig } from './score-config';
import type { ScoreConfigLookup } from './score-config-lookup';
import { insertConfig } from './store';

/** Throws `invalid_request` when the parts of the config do not go together. */
export async function createScoreConfig(
  deps: { relational: Pick<Relational, 'db'>; scoreConfigs: Pick<ScoreConfigLookup, 'forget'> },
  access: ProjectAccess,
  body: BodyOf<typeof operation>,
): Promise<PublicScoreConfig> {
  requireScope(access, 'score-configs:create');
  const { projectId } = access;
  const config = settleConfig({
    name: body.name,
    dataType: body.dataType,
    minValue: body.minValue ?? null,
    maxValue: body.maxValue ?? null,
    categories: body.categories ?? null,
    description: body.description ?? null,
  });
  const row = await deps.relational.db.transaction(async (transaction) => {
    const inserted = await insertConfig(transaction, { ...config, id: randomUUID(), projectId });
    await recordChange(transaction, {
      actor: access.actor,
      organizationId: access.organizationId,
      projectId,
      action: 'score-configs.create',
      resourceType: 'score-config',
      resourceId: inserted.id,
      after: config,
    });
    return inserted;
  });
  deps.scoreConfigs.forget(projectId, row.id);
  return toPublicConfig(row);
}

import type { AnswerOf, matchModelName as operation, QueryOf } from '@tracewell/contract';
import { formatIsoTime, type ModelDefinition, parseIsoTime } from '@tracewell/domain';
import type { Relational } from '@tracewell/engines/relational/port';
import { loadBuiltInPrices } from '@tracewell/ingest/enrich/built-in-prices';
import { explainMatch } from '@tracewell/ingest/enrich/model-match';
import { type ProjectAccess, requireScope } from '../access/index';
import { toDefinition, toOwnModel, toPublicModel } from './model';
import { listModelsOfProjects } from './store';

/** Which definition prices an observation with this model name, of all that find it, and why. */
export async function matchModelName(
  { relational }: { relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  query: QueryOf<typeof operation>,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'models:read');
  const { modelName } = query;
  const startTime =
    (query.startTime === undefined ? null : parseIsoTime(query.startTime)) ?? Date.now() * 1000;
  const rows = await listModelsOfProjects(relational.db, [access.projectId]);
  const own = rows.map(toDefinition);
  const snapshot = { definitionsOf: () => own, builtIn: await loadBuiltInPrices() };
  const explained = explainMatch(snapshot, access.projectId, modelName, startTime);
  const chosen = explained.find(({ verdict }) => verdict === 'chosen')?.definition ?? null;
  const row = rows.find(({ id }) => id === chosen?.id);
  const now = startTime / 1000;
  return {
    modelName,
    startTime: formatIsoTime(startTime),
    model: chosen && (row ? toOwnModel(row, now) : toPublicModel(chosen, now)),
    reason: reasonOf(modelName, chosen, explained.length),
    candidates: explained.map(({ definition, verdict }) => ({
      id: definition.id,
      modelName: definition.modelName,
      matchPattern: definition.matchPattern,
      startDate: definition.startDate === null ? null : formatIsoTime(definition.startDate),
      isBuiltIn: definition.projectId === null,
      verdict,
    })),
  };
}

function reasonOf(modelName: string, chosen: ModelDefinition | null, candidates: number): string {
  if (!chosen) {
    return `No definition of this project and none built in finds ${modelName}: it has no price. Create a model whose matchPattern finds it.`;
  }
  if (chosen.projectId === null) {
    return `No definition of this project finds ${modelName}; the built-in ${chosen.modelName} does.`;
  }
  const found = `The project's own ${chosen.modelName} finds ${modelName} by ${chosen.matchPattern}`;
  if (candidates === 1) return `${found}; no other definition does.`;
  return `${found}. Of those that find it, the project's own go before the one built in, and among them the newest that has started.`;
}

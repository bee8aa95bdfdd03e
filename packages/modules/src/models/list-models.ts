import {
  type AnswerOf,
  type listModels as operation,
  type PublicModel,
  type QueryOf,
  toPageMeta,
} from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import { type BuiltInPrices, loadBuiltInPrices } from '@tracewell/ingest/enrich/built-in-prices';
import { type ProjectAccess, requireScope } from '../access/index';
import { maxModelsPerProject } from './create-model';
import { modelNotFound, toOwnModel, toPublicModel } from './model';
import { findModels, listModelNames } from './store';

interface Deps {
  relational: Pick<Relational, 'db'>;
}

/** By name; of one name by unit, then the newest start first. Those built in are among them. */
export async function listModels(
  { relational }: Deps,
  access: ProjectAccess,
  { page, limit }: QueryOf<typeof operation>,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'models:read');
  const builtIn = await loadBuiltInPrices();
  // Two more than there can be: a definition that slipped in beside the limit is shown all the same.
  const own = await listModelNames(relational.db, access.projectId, maxModelsPerProject * 2);
  const all = [...own, ...placesOfBuiltIn(builtIn)].sort(inOrder);
  const places = all.slice((page - 1) * limit, page * limit);
  const ids = places.filter(({ isBuiltIn }: Place) => !isBuiltIn).map(({ id }) => id);
  const rows = ids.length > 0 ? await findModels(relational.db, access.projectId, ids) : [];
  const ownById = new Map(rows.map((row) => [row.id, row]));
  const now = Date.now();
  const data = places.flatMap(({ id, isBuiltIn }: Place): PublicModel[] => {
    const row = ownById.get(id);
    if (!isBuiltIn) return row ? [toOwnModel(row, now)] : [];
    const definition = builtIn.findById(id);
    return definition ? [toPublicModel(definition, now)] : [];
  });
  return { data, meta: toPageMeta({ page, limit }, all.length) };
}

/** Of the project or built in. Throws `not_found`. */
export async function getModel(
  { relational }: Deps,
  access: ProjectAccess,
  modelId: string,
): Promise<PublicModel> {
  requireScope(access, 'models:read');
  const [row] = await findModels(relational.db, access.projectId, [modelId]);
  if (row) return toOwnModel(row, Date.now());
  const definition = (await loadBuiltInPrices()).findById(modelId);
  if (!definition) throw modelNotFound();
  return toPublicModel(definition, Date.now());
}

interface Place {
  id: string;
  modelName: string;
  unit: string | null;
  startDate: Date | null;
  isBuiltIn?: true;
}

const placesOfBuiltIn = (builtIn: BuiltInPrices): Place[] =>
  builtIn
    .names()
    .map(({ id, modelName }) => ({ id, modelName, unit: 'TOKENS', startDate: null, isBuiltIn: true }));

const compare = <Value extends string | number>(a: Value, b: Value): number => (a < b ? -1 : a > b ? 1 : 0);
const startOf = ({ startDate }: Place): number => startDate?.getTime() ?? Number.NEGATIVE_INFINITY;

const inOrder = (a: Place, b: Place): number =>
  compare(a.modelName, b.modelName) ||
  compare(a.unit ?? '', b.unit ?? '') ||
  compare(startOf(b), startOf(a)) ||
  compare(a.id, b.id);

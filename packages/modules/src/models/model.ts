import { randomUUID } from 'node:crypto';
import {
  ApiError,
  type BodyOf,
  type createModel,
  type PricingTierInput,
  type PublicModel,
} from '@tracewell/contract';
import {
  type ModelDefinition,
  type PricingTier,
  pricingTiersAt,
  type TokenizerConfig,
} from '@tracewell/domain';
import { findPatternFault } from '@tracewell/ingest/enrich/pattern';
import type { ModelRow, NewModel } from './store';

/** The rules of a definition, and its forms: as it is kept, as it prices, as the wire shows it. */

export const standardTierName = 'Standard';

/** Throws `invalid_request` for a pattern that is none, or tiers that do not go together. */
export function defineModel(
  projectId: string,
  body: BodyOf<typeof createModel>,
  id: string = randomUUID(),
): NewModel {
  const fault = findPatternFault(body.matchPattern);
  if (fault) throw refusal('matchPattern', fault);
  return {
    id,
    projectId,
    modelName: body.modelName,
    matchPattern: body.matchPattern,
    startDate: body.startDate ?? null,
    unit: body.unit ?? null,
    tokenizerId: body.tokenizerId ?? null,
    tokenizerConfig: body.tokenizerConfig ?? null,
    pricingTiers: body.pricingTiers ? readTiers(id, body.pricingTiers) : [flatTier(id, body)],
  };
}

function flatTier(
  modelId: string,
  { inputPrice, outputPrice, totalPrice }: BodyOf<typeof createModel>,
): PricingTier {
  const flat = { input: inputPrice, output: outputPrice, total: totalPrice };
  const prices = Object.entries(flat).flatMap(([key, price]) =>
    price == null ? [] : [[key, price] as const],
  );
  return {
    id: defaultTierId(modelId),
    name: standardTierName,
    isDefault: true,
    priority: 0,
    conditions: [],
    prices: Object.fromEntries(prices),
  };
}

const defaultTierId = (modelId: string) => `${modelId}_tier_default`;

function readTiers(modelId: string, tiers: readonly PricingTierInput[]): PricingTier[] {
  checkTiers(tiers);
  return [...tiers]
    .sort((a, b) => a.priority - b.priority)
    .map((tier) => ({
      ...tier,
      id: tier.isDefault ? defaultTierId(modelId) : `${modelId}_tier_${tier.priority}`,
    }));
}

function checkTiers(tiers: readonly PricingTierInput[]): void {
  const defaults = tiers.filter(({ isDefault }) => isDefault);
  if (defaults.length !== 1) {
    throw refusal('pricingTiers', `exactly one tier must have isDefault true, ${defaults.length} have`);
  }
  const keys = keysOf(tiers[0]!);
  const names = new Set<string>();
  const priorities = new Set<number>();
  for (const [position, tier] of tiers.entries()) {
    const at = (field: string) => `pricingTiers.${position}.${field}`;
    if (tier.isDefault && tier.priority !== 0)
      throw refusal(at('priority'), 'the default tier has priority 0');
    if (tier.isDefault && tier.conditions.length > 0) {
      throw refusal(at('conditions'), 'the default tier has none; it counts when no other tier does');
    }
    if (!tier.isDefault && tier.conditions.length === 0) {
      throw refusal(at('conditions'), 'a tier that is not the default needs at least one');
    }
    if (names.has(tier.name))
      throw refusal(at('name'), `each name may stand once, ${tier.name} stands twice`);
    if (priorities.has(tier.priority)) {
      throw refusal(at('priority'), `each priority may stand once, ${tier.priority} stands twice`);
    }
    names.add(tier.name);
    priorities.add(tier.priority);
    if (keysOf(tier) !== keys) {
      throw refusal(at('prices'), 'all tiers must have prices for the same usage keys');
    }
    for (const [place, condition] of tier.conditions.entries()) {
      const fault = 'usageDetailPattern' in condition ? findPatternFault(condition.usageDetailPattern) : null;
      if (fault) throw refusal(at(`conditions.${place}.usageDetailPattern`), fault);
    }
  }
}

const keysOf = ({ prices }: PricingTierInput): string => JSON.stringify(Object.keys(prices).sort());

const refusal = (path: string, message: string) =>
  new ApiError('invalid_request', `Invalid request data. ${path}: ${message}`, [{ path, message }]);

export function toDefinition(row: ModelRow): ModelDefinition {
  const { id, projectId, modelName, matchPattern, unit, tokenizerId, pricingTiers } = row;
  return {
    id,
    projectId,
    modelName,
    matchPattern,
    startDate: row.startDate === null ? null : row.startDate.getTime() * 1000,
    unit,
    tokenizerId,
    tokenizerConfig: readTokenizerConfig(row.tokenizerConfig),
    pricingTiers,
  };
}

/** Without a model whose encoding counts there is nothing in it to use. */
function readTokenizerConfig(config: ModelRow['tokenizerConfig']): TokenizerConfig | null {
  const { tokenizerModel, tokensPerMessage, tokensPerName } = config ?? {};
  if (typeof tokenizerModel !== 'string') return null;
  return {
    tokenizerModel,
    ...(typeof tokensPerMessage === 'number' && { tokensPerMessage }),
    ...(typeof tokensPerName === 'number' && { tokensPerName }),
  };
}

/** Built-in definitions were there before every project. */
const createdWithUs = new Date(0);

/** @param now of dated built-in prices, those that count at this time are shown; milliseconds */
export function toPublicModel(
  definition: ModelDefinition,
  now: number,
  own?: Pick<ModelRow, 'createdAt' | 'tokenizerConfig'>,
): PublicModel {
  const tiers = pricingTiersAt(definition, now * 1000);
  const prices = tiers.find(({ isDefault }) => isDefault)?.prices ?? {};
  return {
    id: definition.id,
    modelName: definition.modelName,
    matchPattern: definition.matchPattern,
    startDate: definition.startDate === null ? null : new Date(definition.startDate / 1000).toISOString(),
    unit: definition.unit as PublicModel['unit'],
    inputPrice: prices.input ?? null,
    outputPrice: prices.output ?? null,
    totalPrice: prices.total ?? null,
    tokenizerId: definition.tokenizerId,
    tokenizerConfig: own ? own.tokenizerConfig : definition.tokenizerConfig,
    isLangfuseManaged: definition.projectId === null,
    createdAt: (own?.createdAt ?? createdWithUs).toISOString(),
    prices: Object.fromEntries(Object.entries(prices).map(([key, price]) => [key, { price }])),
    pricingTiers: tiers.map((tier) => ({ ...tier, conditions: tier.conditions.map(toPublicCondition) })),
  };
}

type PublicCondition = PublicModel['pricingTiers'][number]['conditions'][number];
const toPublicCondition = (condition: PricingTier['conditions'][number]): PublicCondition =>
  'usageDetailPattern' in condition ? condition : { ...condition, values: condition.values.map(String) };

export const toOwnModel = (row: ModelRow, now: number): PublicModel =>
  toPublicModel(toDefinition(row), now, row);

export const modelNotFound = () => new ApiError('not_found', 'No model with this id found.');

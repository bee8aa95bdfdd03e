import { describe, expect, it } from 'vitest';
import type { ModelDefinition, PricingTier } from './price';
import { pricingTiersAt } from './price';

const tiers = (name: string): PricingTier[] => [
  { id: name, name, isDefault: true, priority: 0, conditions: [], prices: { input: 1 } },
];
const model = (datedTiers: ModelDefinition['datedTiers']): ModelDefinition => ({
  id: 'm',
  projectId: null,
  modelName: 'm',
  matchPattern: 'm',
  startDate: null,
  unit: 'TOKENS',
  tokenizerId: null,
  tokenizerConfig: null,
  pricingTiers: tiers('base'),
  ...(datedTiers ? { datedTiers } : {}),
});
const at = (iso: string) => Date.parse(iso) * 1000;
const nameAt = (definition: ModelDefinition, iso: string) => pricingTiersAt(definition, at(iso))[0]?.name;

describe('pricingTiersAt', () => {
  it('gives the tiers of a model without dates', () => {
    expect(nameAt(model(undefined), '2026-01-01T00:00:00Z')).toBe('base');
  });

  it('lets the last start that is not after the observation count', () => {
    const definition = model([
      { validity: { from: at('2025-06-10T00:00:00Z') }, pricingTiers: tiers('cut') },
      { validity: { from: at('2026-01-01T00:00:00Z') }, pricingTiers: tiers('cut again') },
    ]);
    expect(nameAt(definition, '2025-06-09T23:59:59Z')).toBe('base');
    expect(nameAt(definition, '2025-06-10T00:00:00Z')).toBe('cut');
    expect(nameAt(definition, '2026-02-01T00:00:00Z')).toBe('cut again');
  });

  it.each([
    ['2026-01-01T00:29:59Z', 'base'],
    ['2026-01-01T00:30:00Z', 'day'],
    ['2026-01-01T16:29:59Z', 'day'],
    ['2026-01-01T16:30:00Z', 'base'],
  ])('knows the hours of the day: %s is %s', (iso, name) => {
    const definition = model([
      { validity: { dailyFromSeconds: 1800, dailyUntilSeconds: 59_400 }, pricingTiers: tiers('day') },
    ]);
    expect(nameAt(definition, iso)).toBe(name);
  });

  it('knows hours that cross midnight', () => {
    const definition = model([
      { validity: { dailyFromSeconds: 79_200, dailyUntilSeconds: 21_600 }, pricingTiers: tiers('night') },
    ]);
    expect(nameAt(definition, '2026-01-01T23:00:00Z')).toBe('night');
    expect(nameAt(definition, '2026-01-01T05:00:00Z')).toBe('night');
    expect(nameAt(definition, '2026-01-01T12:00:00Z')).toBe('base');
  });
});

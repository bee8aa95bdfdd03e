import type { ComparisonOperator, PricingCondition, PricingTier } from '@tracewell/domain';
import { describe, expect, it } from 'vitest';
import { selectTier } from './pricing-tier';

const standard: PricingTier = {
  id: 'standard',
  name: 'Standard',
  isDefault: true,
  priority: 0,
  conditions: [],
  prices: {},
};
const special = (id: string, priority: number, ...conditions: PricingCondition[]): PricingTier => ({
  id,
  name: id,
  isDefault: false,
  priority,
  conditions,
  prices: {},
});
const usageIs = (
  usageDetailPattern: string,
  operator: ComparisonOperator,
  value: number,
  caseSensitive = false,
): PricingCondition => ({ usageDetailPattern, operator, value, caseSensitive });
const nothing = { modelParameters: {}, metadata: {} };

describe('selectTier', () => {
  it('sums every key the pattern finds, whatever its case', () => {
    const tiers = [standard, special('large', 1, usageIs('input', 'gt', 200_000))];
    expect(selectTier(tiers, { input: 150_000, Cache_Read_Input_Tokens: 50_001 }, nothing)?.id).toBe('large');
    expect(selectTier(tiers, { input: 150_000, input_cached_tokens: 50_000 }, nothing)?.id).toBe('standard');
    expect(selectTier(tiers, { output: 900_000, total: 900_000 }, nothing)?.id).toBe('standard');
  });

  it('minds case when told so', () => {
    const tiers = [standard, special('large', 1, usageIs('input', 'gt', 1, true))];
    expect(selectTier(tiers, { INPUT: 5 }, nothing)?.id).toBe('standard');
    expect(selectTier(tiers, { input: 5 }, nothing)?.id).toBe('large');
  });

  it('lets total take part when the pattern finds it', () => {
    const tiers = [standard, special('large', 1, usageIs('tot', 'gte', 10))];
    expect(selectTier(tiers, { total: 10 }, nothing)?.id).toBe('large');
  });

  it.each([
    ['gt', 5, false],
    ['gt', 6, true],
    ['gte', 5, true],
    ['lt', 5, false],
    ['lt', 4, true],
    ['lte', 5, true],
    ['eq', 5, true],
    ['eq', 6, false],
    ['neq', 5, false],
    ['neq', 6, true],
  ] as const)('%s 5 with %i: %s', (operator, units, holds) => {
    const tiers = [standard, special('x', 1, usageIs('^input$', operator, 5))];
    expect(selectTier(tiers, { input: units }, nothing)?.id).toBe(holds ? 'x' : 'standard');
  });

  it('takes no matching key for a sum of zero', () => {
    const tiers = [standard, special('x', 1, usageIs('audio', 'eq', 0))];
    expect(selectTier(tiers, { input: 1 }, nothing)?.id).toBe('x');
  });

  it('goes by priority, not by order, and wants all conditions', () => {
    const tiers = [
      special('second', 2, usageIs('input', 'gt', 10)),
      standard,
      special('first', 1, usageIs('input', 'gt', 10), usageIs('output', 'gt', 10)),
    ];
    expect(selectTier(tiers, { input: 11, output: 11 }, nothing)?.id).toBe('first');
    expect(selectTier(tiers, { input: 11, output: 1 }, nothing)?.id).toBe('second');
  });

  it('compares attributes as text', () => {
    const tier = special('flex', 1, {
      source: 'model_parameters',
      key: 'service_tier',
      operator: 'in',
      values: ['flex', 1, true],
    });
    const withTier = (value: string | number | boolean | null) =>
      selectTier([standard, tier], { input: 1 }, { modelParameters: { service_tier: value }, metadata: {} })
        ?.id;
    expect(withTier('flex')).toBe('flex');
    expect(withTier('1')).toBe('flex');
    expect(withTier(true)).toBe('flex');
    expect(withTier('Flex')).toBe('standard');
    expect(withTier(null)).toBe('standard');
  });

  it('looks only at keys that are there, not at what every object has', () => {
    const tier = special('x', 1, {
      source: 'metadata',
      key: 'constructor',
      operator: 'in',
      values: [String(Object)],
    });
    expect(selectTier([standard, tier], { input: 1 }, nothing)?.id).toBe('standard');
  });

  it('never takes a tier that has no condition or a broken pattern', () => {
    const tiers = [standard, special('bare', 1), special('broken', 2, usageIs('((', 'gte', 0))];
    expect(selectTier(tiers, { input: 1 }, nothing)?.id).toBe('standard');
    expect(selectTier([], { input: 1 }, nothing)).toBeNull();
  });
});

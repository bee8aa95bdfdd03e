import {
  createMetadata,
  emptyTraceAttributes,
  type ModelDefinition,
  type Observation,
  observationLevels,
  observationTypes,
} from '@tracewell/domain';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBuiltInPrices } from './built-in-prices';
import { enrichObservation } from './enrich';
import type { PriceSnapshot } from './model-match';

const observe = (fields: Partial<Observation>): Observation => ({
  traceId: '0af7651916cd43dd8448eb211c80319c',
  id: 'b7ad6b7169203331',
  parentObservationId: '',
  isAppRoot: true,
  type: 'GENERATION',
  name: 'answer',
  startTime: Date.parse('2026-01-15T12:00:00Z') * 1000,
  endTime: null,
  completionStartTime: null,
  level: 'DEFAULT',
  statusMessage: '',
  environment: 'default',
  version: '',
  release: '',
  input: '',
  output: '',
  metadata: createMetadata(),
  trace: emptyTraceAttributes(),
  model: '',
  modelParameters: {},
  promptName: '',
  promptVersion: null,
  providedUsage: {},
  providedCost: {},
  experiment: null,
  instrumentation: {
    serviceName: '',
    serviceVersion: '',
    scopeName: '',
    scopeVersion: '',
    telemetrySdkLanguage: '',
    telemetrySdkName: '',
    telemetrySdkVersion: '',
  },
  ...fields,
});

const ownModel: ModelDefinition = {
  id: 'own',
  projectId: 'p',
  modelName: 'house-model',
  matchPattern: '(?i)^house-model$',
  startDate: null,
  unit: 'TOKENS',
  tokenizerId: null,
  tokenizerConfig: null,
  pricingTiers: [
    { id: 't0', name: 'Standard', isDefault: true, priority: 0, conditions: [], prices: { input: 0.001 } },
    {
      id: 't1',
      name: 'Flex',
      isDefault: false,
      priority: 1,
      conditions: [{ source: 'model_parameters', key: 'service_tier', operator: 'in', values: ['flex'] }],
      prices: { input: 0.0005 },
    },
  ],
};

let snapshot: PriceSnapshot;
beforeAll(async () => {
  const own = [ownModel];
  const none: ModelDefinition[] = [];
  snapshot = {
    definitionsOf: (projectId) => (projectId === 'p' ? own : none),
    builtIn: await loadBuiltInPrices(),
  };
});

const enrich = (fields: Partial<Observation>, projectId = 'p') => {
  const enriched = enrichObservation(observe(fields), snapshot, projectId);
  return { ...enriched, usage: { ...enriched.usage }, cost: { ...enriched.cost } };
};

describe('enrichObservation', () => {
  it('prices the usage of a known model', () => {
    expect(
      enrich({ model: 'gpt-4o', providedUsage: { input: 1000, output: 500, input_cached_tokens: 200 } }),
    ).toMatchObject({
      modelId: 'builtin.openai.gpt-4o',
      model: 'gpt-4o',
      usage: { input: 1000, output: 500, input_cached_tokens: 200, total: 1700 },
      cost: { input: 0.0025, output: 0.005, input_cached_tokens: 0.00025, total: 0.00775 },
      pricingTierId: 'builtin.openai.gpt-4o.standard',
      pricingTierName: 'Standard',
    });
  });

  it('takes the long-context price when all input together is long', () => {
    expect(
      enrich({
        model: 'gemini-2.5-pro',
        providedUsage: { input: 150_000, input_cached_tokens: 60_000, output: 10 },
      }),
    ).toMatchObject({
      pricingTierName: 'Large Context (>200K)',
      cost: { input: 0.375, output: 0.00015 },
    });
  });

  it('keeps the cost a client sends, and its own usage', () => {
    expect(
      enrich({ model: 'gpt-4o', providedUsage: { input: 10 }, providedCost: { input: 0.1, output: 0.2 } }),
    ).toMatchObject({ usage: { input: 10, total: 10 }, cost: { input: 0.1, output: 0.2, total: 0.3 } });
  });

  it('takes what the project defined, only for that project', () => {
    const fields = { model: 'house-model', providedUsage: { input: 10 } };
    expect(enrich(fields)).toMatchObject({ modelId: 'own', cost: { input: 0.01, total: 0.01 } });
    expect(enrich({ ...fields, modelParameters: { service_tier: 'flex' } })).toMatchObject({
      pricingTierId: 't1',
      pricingTierName: 'Flex',
      cost: { input: 0.005, total: 0.005 },
    });
    expect(enrich(fields, 'q')).toMatchObject({ modelId: '', cost: {}, pricingTierId: '' });
  });

  it('counts tokens for a call without numbers, and prices them', () => {
    expect(enrich({ model: 'gpt-4o', input: 'hello world', output: 'hello' })).toMatchObject({
      providedUsage: {},
      usage: { input: 2, output: 1, total: 3 },
      cost: { input: 0.000005, output: 0.00001, total: 0.000015 },
    });
  });

  it.each([
    ['it failed', { level: 'ERROR' }],
    ['usage came', { providedUsage: { output: 1 } }],
    ['cost came', { providedCost: { total: 1 } }],
    ['it is no call', { type: 'SPAN' }],
    ['the model is not known', { model: 'nobody' }],
  ] as [string, Partial<Observation>][])('counts no tokens when %s', (_, fields) => {
    const { usage } = enrich({ model: 'gpt-4o', input: 'hello world', ...fields });
    expect(usage.input).toBeUndefined();
  });

  it('leaves a plain span as it is, with nothing added', () => {
    const plain = observe({ type: 'SPAN', input: 'a', output: 'b' });
    expect(enrichObservation(plain, snapshot, 'p')).toEqual({
      ...plain,
      modelId: '',
      usage: {},
      cost: {},
      pricingTierId: '',
      pricingTierName: '',
      toolDefinitions: {},
      toolCalls: [],
      toolCallNames: [],
    });
  });

  it('hands on only counts the table can hold', () => {
    const { providedUsage, usage } = enrich({ providedUsage: { input: 1.4, output: -5, x: Number.NaN } });
    expect({ ...providedUsage }).toEqual({ input: 1 });
    expect(usage).toEqual({ input: 1, total: 1 });
  });

  it('moves tools and indexes calls', () => {
    const metadata = createMetadata();
    metadata.tools = '[{"name":"now"}]';
    const enriched = enrich({
      input: '[{"role":"user","content":"hi"}]',
      output: '{"tool_calls":[{"id":"c","function":{"name":"now","arguments":"{}"}}]}',
      metadata,
    });
    expect(enriched.input).toBe('{"messages":[{"role":"user","content":"hi"}],"tools":[{"name":"now"}]}');
    expect(Object.keys(enriched.toolDefinitions)).toEqual(['now']);
    expect(enriched.toolCallNames).toEqual(['now']);
    expect(Object.keys(enriched.metadata)).toEqual([]);
    expect(Object.keys(metadata)).toEqual(['tools']);
  });
});

describe('for any observation', () => {
  const amounts = fc.oneof(fc.integer({ min: -5, max: 1_000_000 }), fc.double(), fc.constant(Number.NaN));
  const keys = fc.oneof(
    fc.constantFrom('input', 'output', 'total', 'input_cached_tokens', 'output_reasoning_tokens'),
    fc.string(),
  );
  const texts = fc.oneof(
    fc.string(),
    fc.json(),
    fc.constantFrom('{"tools":[{"name":"a"}]}', '{"tool_calls":[{"function":{"name":"a"}}]}', '42'),
  );
  const observations = fc
    .record({
      type: fc.constantFrom(...observationTypes),
      level: fc.constantFrom(...observationLevels),
      model: fc.constantFrom('', 'gpt-4o', 'gemini-2.5-pro', 'house-model', 'nobody'),
      input: texts,
      output: texts,
      metadata: fc
        .dictionary(fc.constantFrom('tools', 'attributes', 'x'), texts)
        .map((entries) => Object.assign(createMetadata(), entries)),
      providedUsage: fc.dictionary(keys, amounts),
      providedCost: fc.oneof(fc.constant({}), fc.dictionary(keys, amounts)),
    })
    .map(observe);

  it('costs nothing below zero, and is whole units of usage', () => {
    fc.assert(
      fc.property(observations, (observation) => {
        const { usage, cost } = enrichObservation(observation, snapshot, 'p');
        for (const units of Object.values(usage)) expect(Number.isInteger(units) && units >= 0).toBe(true);
        for (const dollars of Object.values(cost)) expect(dollars).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('changes nothing the second time, and never its input', () => {
    fc.assert(
      fc.property(observations, (observation) => {
        const before = structuredClone(observation);
        const once = enrichObservation(observation, snapshot, 'p');
        expect(structuredClone(observation)).toEqual(before);
        expect(enrichObservation(once, snapshot, 'p')).toEqual(once);
      }),
    );
  });

  it('does not depend on the order of usage keys', () => {
    fc.assert(
      fc.property(observations, (observation) => {
        const turned = {
          ...observation,
          providedUsage: Object.fromEntries(Object.entries(observation.providedUsage).reverse()),
        };
        const { usage, cost, pricingTierId } = enrichObservation(observation, snapshot, 'p');
        expect(enrichObservation(turned, snapshot, 'p')).toMatchObject({ usage, cost, pricingTierId });
      }),
    );
  });
});

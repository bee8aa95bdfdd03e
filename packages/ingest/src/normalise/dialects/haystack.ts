/**
 * Haystack 2 (deepset) with its OpenTelemetry tracer: `haystack.pipeline.run` → `haystack.component.run` per
 * component, and `haystack.agent.run`. With content tracing on (HAYSTACK_CONTENT_TRACING_ENABLED), inputs and
 * outputs are JSON. A component says what it is by the name of its class; model and usage are in the `meta` of
 * the replies, in the provider's own form (`_meta` before 2.9; a list beside the replies for text generators).
 */
import type { ObservationType, UsageMap } from '@tracewell/domain';
import type { OtlpSpan } from '../../decode/span';
import type { Content, Dialect } from '../dialect';
import { providerUsage } from '../provider-usage';
import {
  firstText,
  firstValue,
  hasPrefix,
  isObject,
  type ObjectValue,
  parseObject,
  parseStructure,
  textOf,
} from '../values';

/** By the end of the class name. */
const componentTypes: readonly (readonly [RegExp, ObservationType])[] = [
  [/Generator$/, 'GENERATION'],
  [/Embedder$/, 'EMBEDDING'],
  [/(?:Retriever|Ranker|WebSearch)$/, 'RETRIEVER'],
  [/Evaluator$/, 'EVALUATOR'],
  [/^ToolInvoker$/, 'TOOL'],
  [/^Agent$/, 'AGENT'],
];

export const haystack: Dialect = {
  name: 'haystack',
  speaks: ({ attributes, name }) => name.startsWith('haystack.') || hasPrefix(attributes, 'haystack.'),

  observationType({ attributes, name }): ObservationType | undefined {
    if (name.startsWith('haystack.agent.run')) return 'AGENT';
    if (/^haystack\.(?:async_)?pipeline\.run$/.test(name)) return 'CHAIN';
    const component = textOf(attributes['haystack.component.type']);
    return componentTypes.find(([pattern]) => pattern.test(component))?.[1];
  },

  observationName: ({ attributes }) => firstText(attributes, 'haystack.component.name'),

  io({ attributes }) {
    const input = firstValue(
      attributes,
      'haystack.component.input',
      'haystack.pipeline.input_data',
      'haystack.agent.input',
    );
    const output = firstValue(
      attributes,
      'haystack.component.output',
      'haystack.pipeline.output_data',
      'haystack.agent.output',
    );
    if (input === undefined && output === undefined) return undefined;
    return {
      ...(input !== undefined && { input: parseStructure(input)! }),
      ...(output !== undefined && { output: parseStructure(output)! }),
    };
  },

  model: (span) => (isGenerator(span) ? textOf(metaOf(span)?.model) || undefined : undefined),
  usage: (span): UsageMap | undefined => (isGenerator(span) ? providerUsage(metaOf(span)?.usage) : undefined),

  consumes: (key) => contentKeys.has(key),
};

const contentKeys = new Set([
  'haystack.component.input',
  'haystack.component.output',
  'haystack.pipeline.input_data',
  'haystack.pipeline.output_data',
  'haystack.agent.input',
  'haystack.agent.output',
]);

/** Pipelines and agents return the replies of their components once more: only the components themselves count. */
const isGenerator = ({ attributes }: OtlpSpan): boolean =>
  /(?:Generator|Embedder)$/.test(textOf(attributes['haystack.component.type']));

function metaOf({ attributes }: OtlpSpan): ObjectValue | undefined {
  const output = parseObject(attributes['haystack.component.output']);
  const meta = firstOf(output?.meta) ?? firstOf(output?.replies, 'meta') ?? firstOf(output?.replies, '_meta');
  return meta;
}

function firstOf(value: Content | undefined, key?: string): ObjectValue | undefined {
  const first = Array.isArray(value) ? value[0] : value;
  const found = key === undefined ? first : isObject(first) ? first[key] : undefined;
  return isObject(found) ? found : undefined;
}

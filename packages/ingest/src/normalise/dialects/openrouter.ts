/**
 * OpenRouter Broadcast (resource `service.name` = `openrouter`, scope `openrouter` or none; OTLP JSON from
 * OpenRouter's servers): one trace per request, `LLM Generation` with everything, and children `generation` and
 * `provider attempt n: x` with next to nothing.
 *
 * Request and response are JSON in `gen_ai.prompt` and `gen_ai.completion`, the same again in `span.input`,
 * `span.output`, `trace.input` and `trace.output`. The response is `{completion, reasoning, rawRequest}`; the raw
 * request repeats the parameters and tools.
 *
 * Parts of a token count are named under the whole (`gen_ai.usage.input_tokens.cached`) and are included in it;
 * `gen_ai.usage.total_cost`, `…input_cost` and `…output_cost` are US dollars, not tokens. `trace.metadata.*` is
 * what the caller sent in `trace` of the request, and OpenRouter's own account under `trace.metadata.openrouter.*`.
 */
import type { Microseconds, ObservationLevel, ObservationType, UsageMap } from '@tracewell/domain';
import { createMetadata } from '@tracewell/domain';
import type { AttributeValue, OtlpSpan } from '../../decode/span';
import { bucketUsage } from '../bucket-usage';
import type { Content, Dialect, TraceFacets } from '../dialect';
import {
  firstText,
  firstValue,
  hasPrefix,
  isObject,
  numberOf,
  type ObjectValue,
  parseArray,
  parseObject,
  parseStructure,
  textOf,
} from '../values';

const types: Record<string, ObservationType> = {
  generation: 'GENERATION',
  span: 'SPAN',
  event: 'EVENT',
  embedding: 'EMBEDDING',
};

const levels: Record<string, ObservationLevel> = {
  DEBUG: 'DEBUG',
  DEFAULT: 'DEFAULT',
  WARNING: 'WARNING',
  ERROR: 'ERROR',
};

const inputKeys = ['gen_ai.prompt', 'span.input', 'trace.input'] as const;
const outputKeys = ['gen_ai.completion', 'span.output', 'trace.output'] as const;

export const openrouter: Dialect = {
  name: 'openrouter',
  speaks: ({ scope, resource, attributes }) =>
    resource.attributes['service.name'] === 'openrouter' ||
    scope.name === 'openrouter' ||
    hasPrefix(attributes, 'trace.metadata.openrouter.') ||
    hasPrefix(attributes, 'openrouter.'),

  observationType: ({ attributes }): ObservationType | undefined => types[textOf(attributes['span.type'])],

  level: (span): ObservationLevel | undefined =>
    span.statusCode === 2 ? undefined : levels[textOf(span.attributes['span.level']).toUpperCase()],

  io(span) {
    const input = parseStructure(firstValue(span.attributes, ...inputKeys));
    const response = responseOf(span);
    if (input === undefined && response === undefined) return undefined;
    const tools = rawRequestOf(span)?.tools;
    return {
      ...(input !== undefined && { input: withTools(input, tools) }),
      ...(response !== undefined && { output: withoutRequest(response) }),
    };
  },

  trace({ attributes }): Partial<TraceFacets> {
    const facets: Partial<TraceFacets> = {};
    const name = firstText(attributes, 'langfuse.trace.name', 'trace.name');
    const userId = firstText(attributes, 'user.id', 'trace.user_id', 'trace.metadata.openrouter.user_id');
    const sessionId = firstText(attributes, 'session.id', 'trace.session_id');
    const tags = parseArray(attributes['trace.tags'])?.map(textOf);
    const metadata = createMetadata();
    for (const key in attributes) {
      if (key.startsWith('trace.metadata.'))
        metadata[key.slice('trace.metadata.'.length)] = textOf(attributes[key]);
    }
    if (name) facets.name = name;
    if (userId) facets.userId = userId;
    if (sessionId) facets.sessionId = sessionId;
    if (tags?.length) facets.tags = tags;
    if (Object.keys(metadata).length > 0) facets.metadata = metadata;
    return facets;
  },

  metadata({ attributes }) {
    const metadata: Record<string, Content> = Object.create(null);
    for (const key in attributes) {
      if (key.startsWith('span.metadata.'))
        metadata[key.slice('span.metadata.'.length)] = parseStructure(attributes[key])!;
    }
    return Object.keys(metadata).length > 0 ? metadata : undefined;
  },

  modelParameters(span) {
    const raw = rawRequestOf(span);
    if (!raw) return undefined;
    const parameters: Record<string, AttributeValue> = {};
    for (const [key, value] of Object.entries(raw)) {
      if (value !== null && !toldKeys.has(key)) parameters[key] = value;
    }
    return Object.keys(parameters).length > 0 ? parameters : undefined;
  },

  usage({ attributes }): UsageMap | undefined {
    const read = (key: string) => numberOf(attributes[`gen_ai.usage.${key}`]);
    return bucketUsage({
      input: read('input_tokens') ?? read('prompt_tokens'),
      output: read('output_tokens') ?? read('completion_tokens'),
      total: read('total_tokens'),
      cacheRead: read('input_tokens.cached'),
      cacheWrite: read('input_tokens.cache_creation') ?? read('input_tokens.cache_write'),
      inputAudio: read('input_tokens.audio'),
      reasoning: read('output_tokens.reasoning'),
      outputAudio: read('output_tokens.audio'),
      cacheIs: 'inside',
    });
  },

  cost({ attributes }): UsageMap | undefined {
    const cost: UsageMap = {};
    for (const key of ['input', 'output', 'total'] as const) {
      const amount = numberOf(attributes[`gen_ai.usage.${key}_cost`]);
      if (amount !== undefined) cost[key] = amount;
    }
    return Object.keys(cost).length > 0 ? cost : undefined;
  },

  completionStartTime({ attributes, startTime }): Microseconds | undefined {
    const milliseconds = numberOf(attributes['trace.metadata.openrouter.first_token_ms']);
    return milliseconds ? startTime + Math.round(milliseconds * 1000) : undefined;
  },

  environment: ({ attributes }) => firstText(attributes, 'trace.environment', 'trace.metadata.environment'),

  consumes: (key) =>
    (inputKeys as readonly string[]).includes(key) ||
    (outputKeys as readonly string[]).includes(key) ||
    key.startsWith('trace.metadata.') ||
    key.startsWith('span.metadata.'),
};

/** Of the raw request, what is told elsewhere: content, tools, model, and who asked. */
const toldKeys = new Set([
  'messages',
  'prompt',
  'tools',
  'model',
  'user',
  'session_id',
  'trace',
  'metadata',
  'posthogDistinctId',
]);

const responseOf = ({ attributes }: OtlpSpan): Content | undefined =>
  parseStructure(firstValue(attributes, ...outputKeys));

function rawRequestOf(span: OtlpSpan): ObjectValue | undefined {
  const response = responseOf(span);
  return isObject(response) ? parseObject(response.rawRequest) : undefined;
}

function withTools(input: Content, tools: AttributeValue | undefined): Content {
  return Array.isArray(tools) && isObject(input) && input.tools === undefined ? { ...input, tools } : input;
}

function withoutRequest(response: Content): Content {
  if (!isObject(response)) return response;
  const { rawRequest: _request, ...said } = response;
  return said;
}

/**
 * MLflow Tracing 2.14 and later, when it exports over OTLP (scope names vary: `mlflow`, the name of the traced
 * module, or none), and its TypeScript SDK.
 *
 * Every `mlflow.*` value is JSON text, a plain text too: the type of a chat call is `"CHAT_MODEL"` with the
 * quotes. Inputs and outputs are whole in `mlflow.spanInputs` and `mlflow.spanOutputs`.
 *
 * Token usage is in `mlflow.chat.tokenUsage`, cost in US dollars in `mlflow.llm.cost` (3.x). The integrations of
 * agent frameworks put the sum of a run on the AGENT span although each model call inside has its own: MLflow
 * itself leaves out the descendants when it sums, here the agent span is left out instead, as the calls know
 * their model. `input_tokens` are the provider's own: with Anthropic's messages, cached tokens come on top.
 */
import type { ObservationLevel, ObservationType, UsageMap } from '@tracewell/domain';
import type { AttributeValue, OtlpSpan } from '../../decode/span';
import { bucketUsage } from '../bucket-usage';
import type { Content, Dialect, TraceFacets } from '../dialect';
import {
  hasPrefix,
  isObject,
  numberOf,
  type ObjectValue,
  parseArray,
  parseJson,
  parseObject,
  textOf,
} from '../values';

const types: Record<string, ObservationType> = {
  LLM: 'GENERATION',
  CHAT_MODEL: 'GENERATION',
  EMBEDDING: 'EMBEDDING',
  RETRIEVER: 'RETRIEVER',
  RERANKER: 'RETRIEVER',
  TOOL: 'TOOL',
  AGENT: 'AGENT',
  CHAIN: 'CHAIN',
  WORKFLOW: 'CHAIN',
  EVALUATOR: 'EVALUATOR',
  GUARDRAIL: 'GUARDRAIL',
  PARSER: 'SPAN',
  MEMORY: 'SPAN',
  TASK: 'SPAN',
};

const levels: Record<string, ObservationLevel> = {
  DEBUG: 'DEBUG',
  INFO: 'DEFAULT',
  WARNING: 'WARNING',
  ERROR: 'ERROR',
  CRITICAL: 'ERROR',
};

const tagPrefix = 'mlflow.traceTag.';

export const mlflow: Dialect = {
  name: 'mlflow',
  speaks: ({ attributes }) => hasPrefix(attributes, 'mlflow.'),

  observationType: (span): ObservationType | undefined =>
    types[textOf(read(span, 'mlflow.spanType')).toUpperCase()],

  level(span): ObservationLevel | undefined {
    const level = levels[textOf(read(span, 'mlflow.spanLogLevel')).toUpperCase()];
    return span.statusCode === 2 ? undefined : level;
  },

  io(span) {
    const input = read(span, 'mlflow.spanInputs');
    const output = read(span, 'mlflow.spanOutputs');
    if (input === undefined && output === undefined) return undefined;
    return {
      ...(input !== undefined && {
        input: withTools(input, parseArray(span.attributes['mlflow.chat.tools'])),
      }),
      ...(output !== undefined && { output }),
    };
  },

  trace(span): Partial<TraceFacets> {
    const of = (...keys: string[]) => {
      for (const key of keys) {
        const text = textOf(span.attributes[key]);
        // Ids are taken literally: only the quotes of JSON text go, a number stays as it was written.
        if (text) return text.startsWith('"') ? textOf(read(span, key)) : text;
      }
      return undefined;
    };
    const sessionId = of('session.id', 'mlflow.trace.session');
    const userId = of('user.id', 'mlflow.trace.user');
    const name = of('mlflow.traceName', `${tagPrefix}mlflow.traceName`);
    return { ...(sessionId && { sessionId }), ...(userId && { userId }), ...(name && { name }) };
  },

  metadata(span) {
    const metadata: Record<string, Content> = Object.create(null);
    for (const key in span.attributes) {
      if (isUserTag(key)) {
        metadata[key.slice(tagPrefix.length)] = read(span, key)!;
      }
    }
    return Object.keys(metadata).length > 0 ? metadata : undefined;
  },

  model(span) {
    const model = read(span, 'mlflow.llm.model');
    if (typeof model === 'string' && model !== '') return model;
    return isModelCall(span) ? textOf(inputsOf(span).model) || undefined : undefined;
  },

  modelParameters(span) {
    if (!isModelCall(span)) return undefined;
    const given: ObjectValue = { ...parseObject(span.attributes.invocation_params), ...inputsOf(span) };
    const parameters: Record<string, AttributeValue> = {};
    for (const key of parameterKeys)
      if (given[key] !== undefined && given[key] !== null) parameters[key] = given[key];
    return Object.keys(parameters).length > 0 ? parameters : undefined;
  },

  usage(span): UsageMap | undefined {
    const usage = read(span, 'mlflow.chat.tokenUsage');
    if (!isObject(usage)) return undefined;
    const anthropic = [read(span, 'mlflow.message.format'), read(span, 'mlflow.llm.provider')].includes(
      'anthropic',
    );
    return bucketUsage({
      input: numberOf(usage.input_tokens),
      output: numberOf(usage.output_tokens),
      total: numberOf(usage.total_tokens),
      cacheRead: numberOf(usage.cache_read_input_tokens),
      cacheWrite: numberOf(usage.cache_creation_input_tokens),
      ...(anthropic && { cacheIs: 'beside' }),
    });
  },

  cost(span): UsageMap | undefined {
    const cost = read(span, 'mlflow.llm.cost');
    if (!isObject(cost)) return undefined;
    const costs: UsageMap = {};
    for (const key of ['input', 'output', 'total'] as const) {
      const amount = numberOf(cost[`${key}_cost`]);
      if (amount !== undefined) costs[key] = amount;
    }
    return Object.keys(costs).length > 0 ? costs : undefined;
  },

  repeatsChildren: (span) => isAggregate(span),
  consumes: (key) =>
    key === 'mlflow.spanInputs' ||
    key === 'mlflow.spanOutputs' ||
    key === 'mlflow.chat.tools' ||
    isUserTag(key),
};

const parameterKeys = [
  'temperature',
  'top_p',
  'top_k',
  'max_tokens',
  'max_completion_tokens',
  'max_output_tokens',
  'frequency_penalty',
  'presence_penalty',
  'seed',
  'stop',
  'n',
  'stream',
  'response_format',
  'reasoning_effort',
  'service_tier',
  'tool_choice',
] as const;

/** MLflow keeps tags of its own under the same prefix. */
const isUserTag = (key: string): boolean =>
  key.startsWith(tagPrefix) && !key.startsWith(`${tagPrefix}mlflow.`);

const typeOf = (span: OtlpSpan): string => textOf(read(span, 'mlflow.spanType')).toUpperCase();
const isModelCall = (span: OtlpSpan): boolean => ['LLM', 'CHAT_MODEL', 'EMBEDDING'].includes(typeOf(span));
const isAggregate = (span: OtlpSpan): boolean => ['AGENT', 'CHAIN', 'WORKFLOW'].includes(typeOf(span));

/** An attribute as what its JSON text stands for; a text that is no JSON is itself. */
function read({ attributes }: OtlpSpan, key: string): AttributeValue | undefined {
  const value = attributes[key];
  if (value === undefined || value === null) return undefined;
  const parsed = typeof value === 'string' ? (parseJson(value) ?? value) : value;
  // `null` is how MLflow writes "nothing was returned".
  return parsed === 'null' || parsed === null ? undefined : parsed;
}

function inputsOf(span: OtlpSpan): ObjectValue {
  const inputs = read(span, 'mlflow.spanInputs');
  return isObject(inputs) ? inputs : {};
}

function withTools(input: Content, tools: AttributeValue[] | undefined): Content {
  return tools && isObject(input) && input.tools === undefined ? { ...input, tools } : input;
}

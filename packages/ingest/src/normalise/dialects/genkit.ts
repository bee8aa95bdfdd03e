/**
 * Firebase Genkit (JavaScript, Go, Python; scope `genkit-tracer`). What a span is, is `genkit:type` (`action`,
 * `flow`, `flowStep`, `util`) and for actions `genkit:metadata:subtype`; input and output are JSON.
 *
 * A flow's tree is `flow` → util `generate` → model `googleai/gemini-2.5-flash` and tools, with a further
 * `generate` inside for each round of tool calls. `generate`, and every flow that returns its response, repeats
 * the model's whole output with its `usage`: only the model spans count. `outputTokens` leaves out the thoughts
 * when the total only adds up with them.
 */
import type { ObservationLevel, ObservationType, UsageMap } from '@tracewell/domain';
import type { AttributeValue, OtlpSpan } from '../../decode/span';
import { bucketUsage } from '../bucket-usage';
import type { Content, Dialect, TraceFacets } from '../dialect';
import {
  firstText,
  hasPrefix,
  isMeaningful,
  isObject,
  numberOf,
  type ObjectValue,
  parseJson,
  parseObject,
  parseStructure,
  textOf,
} from '../values';

const types: Record<string, ObservationType> = {
  model: 'GENERATION',
  'background-model': 'GENERATION',
  embedder: 'EMBEDDING',
  tool: 'TOOL',
  'tool.v2': 'TOOL',
  retriever: 'RETRIEVER',
  reranker: 'RETRIEVER',
  evaluator: 'EVALUATOR',
  flow: 'CHAIN',
  agent: 'AGENT',
  'custom-agent': 'AGENT',
};

const subtype = 'genkit:metadata:subtype';
const metadataPrefix = 'genkit:metadata:';

export const genkit: Dialect = {
  name: 'genkit',
  speaks: ({ scope, attributes }) => scope.name === 'genkit-tracer' || hasPrefix(attributes, 'genkit:'),

  observationType: ({ attributes }): ObservationType | undefined =>
    types[textOf(attributes[subtype])] ?? (attributes['genkit:type'] === 'flow' ? 'CHAIN' : undefined),

  observationName: ({ attributes }) => firstText(attributes, 'genkit:name'),

  level: ({ attributes }): ObservationLevel | undefined =>
    attributes['genkit:state'] === 'error' ? 'ERROR' : undefined,

  io({ attributes }) {
    const input = jsonOf(attributes['genkit:input']);
    const output = jsonOf(attributes['genkit:output']);
    if (input === undefined && output === undefined) return undefined;
    return {
      ...(input !== undefined && { input: inputOf(input) }),
      ...(output !== undefined && {
        output: isObject(output) && output.message !== undefined ? output.message : output,
      }),
    };
  },

  trace({ attributes }): Partial<TraceFacets> {
    const sessionId = firstText(
      attributes,
      'session.id',
      'gen_ai.conversation.id',
      'genkit:sessionId',
      'genkit:metadata:agent:sessionId',
    );
    return sessionId ? { sessionId } : {};
  },

  metadata(span) {
    const { attributes } = span;
    const metadata: Record<string, Content> = Object.create(null);
    for (const key in attributes) {
      if (key.startsWith(metadataPrefix) && key !== subtype) {
        metadata[key.slice(metadataPrefix.length)] = parseStructure(attributes[key])!;
      }
    }
    const reason = outputOf(span)?.finishReason;
    if (reason !== undefined) metadata.finishReason = reason;
    return Object.keys(metadata).length > 0 ? metadata : undefined;
  },

  model: (span) => (isModelCall(span) ? firstText(span.attributes, 'genkit:name') : undefined),

  modelParameters(span) {
    if (!isModelCall(span)) return undefined;
    const request = parseObject(outputOf(span)?.request);
    const config = parseObject(span.attributes['genkit:input'])?.config ?? request?.config;
    return isObject(config) && Object.keys(config).length > 0
      ? (config as Record<string, AttributeValue>)
      : undefined;
  },

  usage(span): UsageMap | undefined {
    const usage = outputOf(span)?.usage;
    if (!isObject(usage)) return undefined;
    return bucketUsage({
      input: numberOf(usage.inputTokens),
      output: numberOf(usage.outputTokens),
      total: numberOf(usage.totalTokens),
      cacheRead: numberOf(usage.cachedContentTokens),
      reasoning: numberOf(usage.thoughtsTokens),
      cacheIs: 'inside',
    });
  },

  repeatsChildren: (span) => !isModelCall(span),

  consumes: (key) =>
    key === 'genkit:input' || key === 'genkit:output' || (key.startsWith(metadataPrefix) && key !== subtype),
};

const isModelCall = ({ attributes }: OtlpSpan): boolean =>
  ['model', 'background-model', 'embedder'].includes(textOf(attributes[subtype]));

function outputOf({ attributes }: OtlpSpan): ObjectValue | undefined {
  return parseObject(attributes['genkit:output']);
}

/** Every value is JSON text, a plain text in quotes; what is no JSON is text as it came. */
function jsonOf(value: AttributeValue | undefined): Content | undefined {
  if (typeof value !== 'string') return value ?? undefined;
  return value === '' ? undefined : (parseJson(value) ?? value);
}

/** A model's request without its config, which is told as parameters; the messages alone when nothing else is said. */
function inputOf(input: Content): Content {
  if (!isObject(input) || input.messages === undefined) return input;
  const { config: _told, ...request } = input;
  const said = Object.entries(request).filter(([, value]) => isMeaningful(value));
  return said.length === 1 ? input.messages : Object.fromEntries(said);
}

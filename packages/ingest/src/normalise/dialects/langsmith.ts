/**
 * LangSmith's OpenTelemetry exporter (Python and JavaScript, scope `langsmith`; LANGSMITH_OTEL_ENABLED), used by
 * LangChain and LangGraph, and the attributes that other tracers write to be read by LangSmith.
 *
 * The run type is in `langsmith.span.kind`; `gen_ai.operation.name` is derived from it and misleads: a retriever
 * says `embeddings` and a prompt template says `chat`. Inputs and outputs are whole, as JSON, in `gen_ai.prompt`
 * and `gen_ai.completion`; the Python exporter sends them as bytes, which arrive here as base64.
 *
 * Every run whose output holds a message with usage gets gen_ai.usage.*, the chains around the model call too,
 * so only model runs count. The split of cached and reasoning tokens is in the output, and a second time as the
 * text of a Python dict.
 *
 * LangSmith's own "session" (`langsmith.trace.session_id`, `…session_name`) is the project that is written to,
 * not a conversation: a conversation is the metadata `session_id`, `thread_id` or `conversation_id`.
 */
import type { ObservationLevel, ObservationType, UsageMap } from '@tracewell/domain';
import type { AttributeValue, OtlpSpan } from '../../decode/span';
import { bucketUsage } from '../bucket-usage';
import type { Content, Dialect, TraceFacets } from '../dialect';
import { providerUsage } from '../provider-usage';
import {
  firstText,
  hasPrefix,
  isObject,
  numberOf,
  type ObjectValue,
  parseJson,
  parseStructure,
} from '../values';

const types: Record<string, ObservationType> = {
  llm: 'GENERATION',
  chain: 'CHAIN',
  tool: 'TOOL',
  retriever: 'RETRIEVER',
  embedding: 'EMBEDDING',
  agent: 'AGENT',
  prompt: 'SPAN',
  parser: 'SPAN',
};

const metadataPrefix = 'langsmith.metadata.';

export const langsmith: Dialect = {
  name: 'langsmith',
  speaks: ({ scope, attributes }) => scope.name === 'langsmith' || hasPrefix(attributes, 'langsmith.'),

  observationType: ({ attributes }): ObservationType | undefined =>
    types[String(attributes['langsmith.span.kind'] ?? '').toLowerCase()],

  level(span): ObservationLevel | undefined {
    return span.statusCode !== 2 && tagsOf(span).includes('langsmith:hidden') ? 'DEBUG' : undefined;
  },

  io({ attributes }) {
    const input = decodeContent(attributes['gen_ai.prompt']);
    const output = decodeContent(attributes['gen_ai.completion']);
    if (input === undefined && output === undefined) return undefined;
    return { ...(input !== undefined && { input }), ...(output !== undefined && { output }) };
  },

  trace(span): Partial<TraceFacets> {
    const { attributes } = span;
    const of = (...keys: string[]) => firstText(attributes, ...keys.map((key) => metadataPrefix + key));
    const sessionId = firstText(attributes, 'session.id') ?? of('session_id', 'thread_id', 'conversation_id');
    const userId = firstText(attributes, 'user.id') ?? of('user_id', 'langfuse_user_id');
    // Runs inside a trace carry tags of their own; only the root's are the trace's.
    const tags = span.parentSpanId === '' ? tagsOf(span).filter((tag) => !isInternalTag(tag)) : [];
    return { ...(sessionId && { sessionId }), ...(userId && { userId }), ...(tags.length > 0 && { tags }) };
  },

  metadata(span) {
    const { attributes } = span;
    const metadata: Record<string, Content> = Object.create(null);
    for (const key in attributes) {
      if (key.startsWith(metadataPrefix))
        metadata[key.slice(metadataPrefix.length)] = parseStructure(attributes[key])!;
    }
    const project = attributes['langsmith.trace.session_name'];
    if (project !== undefined) metadata.langsmith_project = project;
    const tags = tagsOf(span);
    if (tags.length > 0) metadata.tags = tags;
    return Object.keys(metadata).length > 0 ? metadata : undefined;
  },

  model: ({ attributes }) =>
    firstText(attributes, 'gen_ai.response.model', 'gen_ai.request.model', `${metadataPrefix}ls_model_name`),

  modelParameters({ attributes }) {
    const parameters: Record<string, AttributeValue> = {};
    for (const [from, to] of [
      ['ls_temperature', 'temperature'],
      ['ls_max_tokens', 'max_tokens'],
      ['ls_stop', 'stop'],
    ] as const) {
      const value = attributes[metadataPrefix + from];
      if (value !== undefined) parameters[to] = value;
    }
    for (const key in attributes) {
      if (key.startsWith('gen_ai.request.') && key !== 'gen_ai.request.model') {
        parameters[key.slice('gen_ai.request.'.length)] = attributes[key]!;
      }
    }
    return Object.keys(parameters).length > 0 ? parameters : undefined;
  },

  usage({ attributes }): UsageMap | undefined {
    const told = findUsage(decodeContent(attributes['gen_ai.completion']));
    const split = told && providerUsage(told);
    if (split) return split;
    const input = pythonDict(attributes['gen_ai.usage.input_token_details']);
    const output = pythonDict(attributes['gen_ai.usage.output_token_details']);
    return bucketUsage({
      input: numberOf(attributes['gen_ai.usage.input_tokens']),
      output: numberOf(attributes['gen_ai.usage.output_tokens']),
      total: numberOf(attributes['gen_ai.usage.total_tokens']),
      cacheRead: input.cache_read,
      cacheWrite: input.cache_creation,
      inputAudio: input.audio,
      reasoning: output.reasoning,
      outputAudio: output.audio,
      cacheIs: 'inside',
    });
  },

  repeatsChildren({ attributes }) {
    const kind = attributes['langsmith.span.kind'];
    return typeof kind === 'string' && kind !== 'llm' && kind !== 'embedding';
  },

  consumes: (key) => key === 'gen_ai.prompt' || key === 'gen_ai.completion' || key.startsWith(metadataPrefix),
};

/** Tags are sent as one text, joined by commas. */
function tagsOf({ attributes }: OtlpSpan): string[] {
  const tags = attributes['langsmith.span.tags'];
  if (Array.isArray(tags)) return tags.map(String);
  if (typeof tags !== 'string') return [];
  return tags
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

/** Tags the framework gives its own runs: the place in a sequence or graph, and what to hide. */
const isInternalTag = (tag: string): boolean => /^(?:seq:step:|graph:step:|map:key:|langsmith:)/.test(tag);

const base64Text = /^[A-Za-z0-9+/]+={0,2}$/;

/** JSON text, or the base64 of JSON text. Text that is neither is kept as it came. */
function decodeContent(value: AttributeValue | undefined): Content | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value !== 'string') return value;
  const parsed = parseStructure(value);
  if (typeof parsed !== 'string') return parsed;
  if (value.length % 4 !== 0 || !base64Text.test(value)) return value;
  const decoded = parseJson(Buffer.from(value, 'base64').toString('utf8'));
  return typeof decoded === 'object' && decoded !== null ? decoded : value;
}

/** Depth of the places LangChain puts `usage_metadata` in: the output, a message in it, a generation's message. */
const usageSearchDepth = 6;

function findUsage(value: Content | undefined, depth = usageSearchDepth): ObjectValue | undefined {
  if (depth === 0 || typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value) && isObject(value.usage_metadata)) return value.usage_metadata;
  const inner = Array.isArray(value)
    ? value.slice(0, 1)
    : [value.generations, value.message, value.kwargs, value.output].filter((part) => part !== undefined);
  for (const part of inner) {
    const found = findUsage(part, depth - 1);
    if (found) return found;
  }
  return undefined;
}

/** The counts of `{'cache_read': 12, 'audio': 0}`. */
function pythonDict(value: AttributeValue | undefined): Record<string, number | undefined> {
  const counts: Record<string, number> = Object.create(null);
  if (typeof value !== 'string') return counts;
  for (const match of value.slice(0, 1000).matchAll(/['"](\w+)['"]:\s*(\d+)/g))
    counts[match[1]!] = Number(match[2]);
  return counts;
}

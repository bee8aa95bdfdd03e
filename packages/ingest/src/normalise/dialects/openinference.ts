/**
 * OpenInference (Arize Phoenix): the instrumentations of `openinference.instrumentation.*` and of frameworks that
 * write its attributes themselves (smolagents, Agno, BeeAI, LlamaIndex, Haystack …).
 *
 * `input.value` and `output.value` are text or JSON, as their mime types say, and kept as they came. Messages,
 * documents and embeddings are flattened with dots and each keeps its wrapper (`{message: {…}}`).
 */
import type { ObservationType, UsageMap } from '@tracewell/domain';
import type { Attributes, AttributeValue, OtlpSpan } from '../../decode/span';
import type { Content, Dialect, TraceFacets } from '../dialect';
import { rebuildFlattened } from '../flattened';
import { readUsage } from '../usage';
import {
  firstText,
  firstValue,
  isObject,
  keysOf,
  numberOf,
  parseObject,
  parseStructure,
  textOf,
} from '../values';
import { tagsOf } from './langfuse';

const kind = 'openinference.span.kind';
const kinds: Record<string, ObservationType> = {
  LLM: 'GENERATION',
  CHAIN: 'CHAIN',
  RETRIEVER: 'RETRIEVER',
  RERANKER: 'RETRIEVER',
  EMBEDDING: 'EMBEDDING',
  AGENT: 'AGENT',
  TOOL: 'TOOL',
  GUARDRAIL: 'GUARDRAIL',
  EVALUATOR: 'EVALUATOR',
  PROMPT: 'SPAN',
};

const ownPrefixes = /^(?:openinference|input|output|llm|retrieval|embedding|reranker|document|tag|tool)\./;

export const openInference: Dialect = {
  name: 'openinference',
  speaks(span) {
    if (kind in span.attributes || span.scope.name.startsWith('openinference')) return true;
    for (const key of keysOf(span.attributes)) if (ownPrefixes.test(key)) return true;
    return false;
  },

  observationType({ attributes }) {
    const name = textOf(attributes[kind]);
    return Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  },

  io({ attributes, scope }) {
    const told: { input?: Content; output?: Content } = scope.name === llamaIndex ? readTold(attributes) : {};
    const input = told.input ?? firstValue(attributes, 'input.value') ?? readInput(attributes);
    const output = told.output ?? firstValue(attributes, 'output.value') ?? readOutput(attributes);
    return { ...(input !== undefined && { input }), ...(output !== undefined && { output }) };
  },

  trace({ attributes }): Partial<TraceFacets> {
    const tags = firstValue(attributes, 'tag.tags');
    return tags ? { tags: tagsOf(tags) } : {};
  },

  metadata: ({ attributes }) => readMetadata(attributes),

  model: ({ attributes }) =>
    firstText(
      attributes,
      'llm.response.model',
      'llm.model_name',
      'embedding.model_name',
      'reranker.model_name',
    ) ?? requestedModel(attributes),

  modelParameters({ attributes }): Record<string, AttributeValue> | undefined {
    const parameters =
      parseObject(attributes['llm.invocation_parameters']) ??
      parseObject(attributes['embedding.invocation_parameters']);
    if (parameters) return withoutModel(parameters);
    const flattened = rebuildFlattened(attributes, 'llm.invocation_parameters');
    return isObject(flattened) ? withoutModel(flattened) : undefined;
  },

  usage: (span) => readUsage(span, 'llm.token_count.'),

  cost({ attributes }): UsageMap | undefined {
    const cost: UsageMap = {};
    for (const [key, name] of costNames) {
      const amount = numberOf(attributes[`llm.cost.${name}`]);
      if (amount !== undefined) cost[key] = amount;
    }
    return Object.keys(cost).length > 0 ? cost : undefined;
  },

  repeatsChildren,
  consumes: (key) => consumedKeys.has(key) || consumedPrefixes.test(key),
};

const costNames = [
  ['input', 'prompt'],
  ['output', 'completion'],
  ['total', 'total'],
] as const;

const consumedKeys = new Set(['input.value', 'output.value', 'tag.tags']);
const consumedPrefixes =
  /^(?:llm\.(?:input_messages|output_messages|prompts|choices)|retrieval\.documents|embedding\.embeddings|reranker\.(?:input|output)_documents)(?:\.|$)/;

/**
 * Agents and chains sum up their calls. The instrumentation of Claude's agent SDK sees no single calls, so its
 * agent span is the only one with numbers. LlamaIndex's says LLM of every method of a model, of those too that only
 * prepare a call or hand it on; one that calls shows what it sent.
 */
function repeatsChildren({ attributes, scope }: OtlpSpan): boolean {
  const name = attributes[kind];
  if (name === 'LLM' && scope.name === llamaIndex) return !isCall(attributes);
  return (name === 'AGENT' || name === 'CHAIN') && !scope.name.includes('claude');
}

const llamaIndex = 'openinference.instrumentation.llama_index';
const signOfCall = /^llm\.(?:input_messages|prompts|token_count)(?:\.|$)/;

function isCall(attributes: Attributes): boolean {
  for (const key of keysOf(attributes)) if (signOfCall.test(key)) return true;
  return false;
}

/** LlamaIndex's values are how Python prints its objects, without the calls of tools and the documents' texts. */
function readTold(attributes: Attributes): { input?: Content; output?: Content } {
  const input = rebuildFlattened(attributes, 'llm.input_messages');
  const output =
    rebuildFlattened(attributes, 'llm.output_messages') ??
    rebuildFlattened(attributes, 'retrieval.documents');
  return { ...(input !== undefined && { input }), ...(output !== undefined && { output }) };
}

function readInput(attributes: Attributes): Content | undefined {
  const messages =
    rebuildFlattened(attributes, 'llm.input_messages') ?? rebuildFlattened(attributes, 'llm.prompts');
  if (messages !== undefined) return messages;
  const documents = rebuildFlattened(attributes, 'reranker.input_documents');
  const query = attributes['reranker.query'];
  if (documents !== undefined) return query === undefined ? documents : { query, documents };
  return (
    query ??
    textsToEmbed(rebuildFlattened(attributes, 'embedding.embeddings')) ??
    parseStructure(firstValue(attributes, 'tool.parameters'))
  );
}

const readOutput = (attributes: Attributes): Content | undefined =>
  rebuildFlattened(attributes, 'llm.output_messages') ??
  rebuildFlattened(attributes, 'llm.choices') ??
  rebuildFlattened(attributes, 'retrieval.documents') ??
  rebuildFlattened(attributes, 'reranker.output_documents');

/** The texts are what was asked; vectors are no answer that anybody reads. */
function textsToEmbed(embeddings: AttributeValue | undefined): Content | undefined {
  if (!Array.isArray(embeddings)) return undefined;
  const texts = embeddings.map((entry) =>
    isObject(entry) && isObject(entry.embedding) ? entry.embedding.text : undefined,
  );
  return texts.every((text) => text !== undefined) ? (texts as Content) : undefined;
}

const readMetadata = (attributes: Attributes): Record<string, Content> | undefined =>
  parseObject(attributes.metadata);

/** A call that failed has no answer that names its model: what was asked for is all that is known. */
function requestedModel(attributes: Attributes): string | undefined {
  const parameters =
    parseObject(attributes['llm.invocation_parameters']) ??
    parseObject(attributes['embedding.invocation_parameters']);
  return parameters && firstText(parameters, 'model');
}

function withoutModel({ model: _model, ...parameters }: Record<string, AttributeValue>) {
  return parameters;
}

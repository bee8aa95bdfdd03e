/**
 * Vercel's AI SDK 3 to 6 (scope `ai`, or whatever tracer the application hands it); version 7 speaks GenAI (and vercel-ai-7.ts).
 * `ai.generateText` → `ai.generateText.doGenerate` for each step, and `ai.toolCall` for each tool.
 *
 * The outer span repeats model, usage and answer of its steps, so its numbers are left out. What a step used is
 * told by `ai.usage.*`, whose names changed in 5 (`promptTokens` → `inputTokens`) and 6 (details), by
 * `gen_ai.usage.*`, and for cached tokens by the provider's metadata.
 */
import { createMetadata, type Microseconds, type ObservationType } from '@tracewell/domain';
import type { Attributes, AttributeValue, OtlpSpan } from '../../decode/span';
import type { Content, Dialect, TraceFacets } from '../dialect';
import { addMetadata } from '../metadata';
import {
  firstText,
  firstValue,
  hasPrefix,
  isMeaningful,
  isObject,
  keysOf,
  numberOf,
  parseJson,
  parseObject,
  parseStructure,
  textOf,
} from '../values';
import { promptVersionOf, tagsOf } from './langfuse';
import { providerMetadataOf, readVercelUsage } from './vercel-ai-usage';

const metadataPrefix = 'ai.telemetry.metadata.';
/** Told of the trace or the prompt, not metadata of the user's own. */
const reservedMetadata = new Set(['userId', 'sessionId', 'tags', 'langfusePrompt']);

const modelCalls = [
  'ai.generateText.doGenerate',
  'ai.streamText.doStream',
  'ai.generateObject.doGenerate',
  'ai.streamObject.doStream',
];
const embeddingCalls = ['ai.embed.doEmbed', 'ai.embedMany.doEmbed'];
const rerankCalls = ['ai.rerank.doRerank'];
const outerOperations = new Set([
  'ai.generateText',
  'ai.streamText',
  'ai.generateObject',
  'ai.streamObject',
  'ai.embed',
  'ai.embedMany',
  'ai.rerank',
]);

const inputKeys = ['ai.prompt.messages', 'ai.prompt', 'ai.toolCall.args', 'ai.value', 'ai.values'];
const outputKeys = [
  'ai.response.text',
  'ai.result.text',
  'ai.toolCall.result',
  'ai.response.object',
  'ai.result.object',
  'ai.response.toolCalls',
  'ai.result.toolCalls',
  'ai.embedding',
  'ai.embeddings',
];
const consumed = new Set([...inputKeys, ...outputKeys]);

export const vercelAi: Dialect = {
  name: 'vercel-ai',
  speaks: ({ scope, attributes }) =>
    scope.name === 'ai' ||
    'ai.operationId' in attributes ||
    isAiOperation(attributes['operation.name']) ||
    hasPrefix(attributes, 'ai.telemetry.'),

  observationType({ attributes }): ObservationType | undefined {
    const operation = operationOf(attributes);
    if (operation === 'ai.toolCall') return 'TOOL';
    if (!modelKeys.some((key) => isMeaningful(attributes[key]))) return undefined;
    if (modelCalls.includes(operation)) return 'GENERATION';
    if (embeddingCalls.includes(operation)) return 'EMBEDDING';
    if (rerankCalls.includes(operation)) return 'RETRIEVER';
    return undefined;
  },

  observationName({ attributes }) {
    const toolName = firstText(attributes, 'ai.toolCall.name');
    if (toolName) return toolName;
    const operation = firstText(attributes, 'ai.operationId');
    if (!operation) return undefined;
    const functionId = firstText(attributes, 'ai.telemetry.functionId');
    return functionId ? `${functionId}:${operation}` : operation;
  },

  io({ attributes }) {
    const input = parseItems(firstValue(attributes, ...inputKeys));
    const output = parseItems(answerOf(attributes));
    return { ...(input !== undefined && { input }), ...(output !== undefined && { output }) };
  },

  trace({ attributes }): Partial<TraceFacets> {
    const userId = firstText(attributes, `${metadataPrefix}userId`);
    const sessionId = firstText(attributes, `${metadataPrefix}sessionId`);
    const tags = firstValue(attributes, `${metadataPrefix}tags`);
    return {
      ...(userId && { userId }),
      ...(sessionId && { sessionId }),
      ...(tags && { tags: tagsOf(tags) }),
      metadata: addMetadata(createMetadata(), readMetadata(attributes)),
    };
  },

  metadata: ({ attributes }) => readMetadata(attributes),

  model: ({ attributes }) =>
    firstText(attributes, 'gen_ai.response.model', 'ai.model.id', 'gen_ai.request.model'),
  modelParameters: readParameters,
  usage: (span) => readVercelUsage(span),

  completionStartTime({ attributes, startTime }): Microseconds | undefined {
    const milliseconds = numberOf(
      attributes['ai.response.msToFirstChunk'] ?? attributes['ai.stream.msToFirstChunk'],
    );
    return milliseconds !== undefined && milliseconds >= 0
      ? startTime + Math.ceil(milliseconds) * 1000
      : undefined;
  },

  prompt({ attributes }) {
    const prompt = parseObject(attributes[`${metadataPrefix}langfusePrompt`]);
    const name = textOf(prompt?.name);
    return name ? { name, version: promptVersionOf(prompt?.version) } : undefined;
  },

  repeatsChildren: ({ attributes }) => outerOperations.has(operationOf(attributes)),
  consumes: (key) => consumed.has(key) || key.startsWith(metadataPrefix),
};

const modelKeys = [
  'langfuse.observation.model.name',
  'ai.model.id',
  'gen_ai.request.model',
  'gen_ai.response.model',
];

const isAiOperation = (name: AttributeValue | undefined): boolean =>
  typeof name === 'string' && name.startsWith('ai.');

/** `operation.name` is the operation and, after a blank, the application's name for the function. */
function operationOf(attributes: Attributes): string {
  return firstText(attributes, 'ai.operationId') ?? textOf(attributes['operation.name']).split(' ', 1)[0]!;
}

/** The values of `embedMany` and their vectors come as a list of JSON texts. */
const parseItems = (value: Content | undefined): Content | undefined =>
  Array.isArray(value)
    ? value.map((item) => (typeof item === 'string' ? (parseJson(item) ?? item) : item))
    : value;

/** Text and tool calls are one message of the assistant; else whatever the call returned. */
function answerOf(attributes: Attributes): Content | undefined {
  const text = firstValue(attributes, 'ai.response.text');
  const toolCalls = firstValue(attributes, 'ai.response.toolCalls');
  if (text === undefined || toolCalls === undefined) return firstValue(attributes, ...outputKeys);
  return { role: 'assistant', content: text, tool_calls: parseStructure(toolCalls)! };
}

function readMetadata(attributes: Attributes): Record<string, Content> {
  const metadata: Record<string, Content> = Object.create(null);
  for (const key of keysOf(attributes)) {
    if (!key.startsWith(metadataPrefix)) continue;
    const name = key.slice(metadataPrefix.length);
    if (!reservedMetadata.has(name)) metadata[name] = attributes[key]!;
  }
  return metadata;
}

const parameterSources: Record<string, string[]> = {
  maxSteps: ['ai.settings.maxSteps'],
  toolChoice: ['ai.prompt.toolChoice'],
  maxTokens: ['gen_ai.request.max_tokens', 'ai.settings.maxTokens', 'ai.settings.maxOutputTokens'],
  finishReason: ['gen_ai.response.finish_reasons', 'gen_ai.finishReason', 'ai.response.finishReason'],
  system: ['gen_ai.system', 'ai.model.provider'],
  maxRetries: ['ai.settings.maxRetries'],
  mode: ['ai.settings.mode'],
  temperature: ['gen_ai.request.temperature', 'ai.settings.temperature'],
  topP: ['gen_ai.request.top_p', 'ai.settings.topP'],
};

/** Every value as text; what the SDK does not say is left out. */
function readParameters(span: OtlpSpan): Record<string, AttributeValue> | undefined {
  const { attributes } = span;
  const parameters: Record<string, AttributeValue> = {};
  for (const [name, keys] of Object.entries(parameterSources)) {
    const value = keys.map((key) => attributes[key]).find((found) => found !== undefined && found !== null);
    if (value !== undefined) parameters[name] = textOf(value);
  }
  const { openai } = providerMetadataOf(span);
  const tier = (isObject(openai) && openai.serviceTier) || attributes['gen_ai.request.service_tier'];
  if (tier) parameters.service_tier = textOf(tier);
  return Object.keys(parameters).length > 0 ? parameters : undefined;
}

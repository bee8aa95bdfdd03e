/**
 * OpenTelemetry's semantic conventions for generative AI, in every version since 1.26, as written by the
 * instrumentations of OpenTelemetry itself, by AI SDK 7, Strands, AutoGen, Agent Framework, vLLM, LiteLLM and
 * many more; content in events is read by gen-ai-events.ts.
 *
 * | since | change                                                                              |
 * | 1.27  | `gen_ai.usage.prompt_tokens`, `.completion_tokens` → `.input_tokens`, `.output_tokens` |
 * | 1.31  | operations `create_agent`, `execute_tool`; 1.33 `invoke_agent`                      |
 * | 1.37  | `gen_ai.system` → `gen_ai.provider.name`; content in attributes                     |
 */
import type { Microseconds, ObservationType, UsageMap } from '@tracewell/domain';
import type { AttributeValue } from '../../decode/span';
import type { Dialect } from '../dialect';
import { readUsage } from '../usage';
import { firstText, hasPrefix, keysOf, numberOf } from '../values';
import { contentKeys, readAttributeContents } from './gen-ai-contents';

const operations: Record<string, ObservationType> = {
  chat: 'GENERATION',
  completion: 'GENERATION',
  text_completion: 'GENERATION',
  generate_content: 'GENERATION',
  generate: 'GENERATION',
  image_generation: 'GENERATION',
  embeddings: 'EMBEDDING',
  retrieval: 'RETRIEVER',
  invoke_agent: 'AGENT',
  create_agent: 'AGENT',
  invoke_workflow: 'CHAIN',
  agent_step: 'SPAN',
  execute_tool: 'TOOL',
};

/** Their numbers are sums over the calls they make, which are spans of their own. */
const repeating = new Set(['invoke_agent', 'agent_step', 'invoke_workflow']);

const operation = 'gen_ai.operation.name';

export const genAi: Dialect = {
  name: 'gen-ai',
  speaks: ({ attributes }) => hasPrefix(attributes, 'gen_ai.'),

  observationType({ attributes }) {
    const name = attributes[operation];
    return typeof name === 'string' && Object.hasOwn(operations, name) ? operations[name] : undefined;
  },

  observationName: ({ attributes }) => firstText(attributes, 'gen_ai.tool.name'),
  io: ({ attributes }) => readAttributeContents(attributes),

  model: ({ attributes }) => firstText(attributes, 'gen_ai.response.model', 'gen_ai.request.model'),
  modelParameters: ({ attributes }) => readRequestParameters(attributes),

  usage: (span) => readUsage(span, 'gen_ai.usage.', 'llm.usage.'),
  cost({ attributes }): UsageMap | undefined {
    const total = numberOf(attributes['gen_ai.usage.cost']);
    return total === undefined ? undefined : { total };
  },

  completionStartTime({ attributes, startTime }): Microseconds | undefined {
    const seconds = numberOf(
      attributes['gen_ai.server.time_to_first_token'] ??
        attributes['gen_ai.response.time_to_first_chunk'] ??
        attributes['gen_ai.client.operation.time_to_first_chunk'] ??
        attributes['gen_ai.latency.time_to_first_token'],
    );
    return seconds !== undefined && seconds >= 0 ? startTime + Math.round(seconds * 1e6) : undefined;
  },

  repeatsChildren: ({ attributes }) => repeating.has(attributes[operation] as string),
  consumes: (key) => contentKeys.has(key),
};

const requestPrefix = 'gen_ai.request.';

/** All of `gen_ai.request.*` but the model. */
export function readRequestParameters(
  attributes: Record<string, AttributeValue>,
): Record<string, AttributeValue> | undefined {
  const parameters: Record<string, AttributeValue> = Object.create(null);
  let any = false;
  for (const key of keysOf(attributes)) {
    if (!key.startsWith(requestPrefix) || key === 'gen_ai.request.model') continue;
    parameters[key.slice(requestPrefix.length)] = attributes[key]!;
    any = true;
  }
  return any ? parameters : undefined;
}

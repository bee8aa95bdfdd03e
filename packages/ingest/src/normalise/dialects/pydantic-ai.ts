/**
 * Pydantic AI (scope `pydantic-ai`, also when exported by Logfire), data format versions 1 to 6:
 *
 * | version | agent span            | model span         | tool span                                   |
 * | 1       | `all_messages_events` | `events`           | `tool_arguments`, `tool_response`           |
 * | 2       | `pydantic_ai.all_messages` | gen_ai.*.messages | as 1                                  |
 * | 3 … 6   | as 2, `invoke_agent x`| as 2               | `execute_tool x`, gen_ai.tool.call.*        |
 *
 * The agent span sums the usage of its model spans: up to 2025 under the same gen_ai.usage.* keys (and, before
 * version 3, without an operation name to tell it by), later under gen_ai.aggregated_usage.*. Either way it
 * repeats its children and its numbers are left out.
 *
 * `gen_ai.usage.input_tokens` includes cached tokens for every provider. The details are repeated under
 * `gen_ai.usage.details.*`, there also with the provider's own names (`details.input_tokens` for Anthropic),
 * so only the known ones are read. `operation.cost` is the price of the call in US dollars.
 *
 * Tools stay where the enrichment looks for them: `model_request_parameters` and `gen_ai.tool.definitions`.
 */
import type { Microseconds, ObservationType, UsageMap } from '@tracewell/domain';
import type { OtlpSpan } from '../../decode/span';
import { bucketUsage } from '../bucket-usage';
import type { Content, Dialect } from '../dialect';
import {
  firstValue,
  isObject,
  numberOf,
  type ObjectValue,
  parseArray,
  parseObject,
  parseStructure,
} from '../values';

export const pydanticAi: Dialect = {
  name: 'pydantic-ai',
  speaks: ({ scope, attributes }) =>
    scope.name === 'pydantic-ai' ||
    'pydantic_ai.all_messages' in attributes ||
    'model_request_parameters' in attributes,

  observationType(span): ObservationType | undefined {
    if (isAgentRun(span)) return 'AGENT';
    if ('tool_arguments' in span.attributes || 'tool_response' in span.attributes) return 'TOOL';
    return undefined;
  },

  io(span) {
    if (isAgentRun(span)) return agentIo(span);
    const { attributes } = span;
    const input = firstValue(attributes, 'tool_arguments');
    const output = firstValue(attributes, 'tool_response');
    if (input === undefined && output === undefined) return undefined;
    return { ...(input !== undefined && { input }), ...(output !== undefined && { output }) };
  },

  metadata({ attributes }) {
    const metadata = parseObject(attributes.metadata);
    return metadata && { ...metadata };
  },

  usage({ attributes }): UsageMap | undefined {
    const read = (...keys: string[]) => {
      for (const key of keys) {
        const count = numberOf(attributes[`gen_ai.usage.${key}`]);
        if (count !== undefined) return count;
      }
      return undefined;
    };
    return bucketUsage({
      input: read('input_tokens'),
      output: read('output_tokens'),
      cacheRead: read(
        'cache_read.input_tokens',
        'details.cache_read_tokens',
        'details.cache_read_input_tokens',
        'details.cached_content_tokens',
        'details.cached_tokens',
      ),
      cacheWrite: read(
        'cache_creation.input_tokens',
        'details.cache_write_tokens',
        'details.cache_creation_input_tokens',
      ),
      reasoning: read('reasoning.output_tokens', 'details.reasoning_tokens', 'details.thoughts_tokens'),
      inputAudio: read('details.input_audio_tokens'),
      outputAudio: read('details.output_audio_tokens'),
    });
  },

  cost({ attributes }): UsageMap | undefined {
    const total = numberOf(attributes['operation.cost']);
    return total === undefined ? undefined : { total };
  },

  completionStartTime({ attributes, startTime }): Microseconds | undefined {
    const seconds = numberOf(attributes['gen_ai.client.operation.time_to_first_chunk']);
    return seconds === undefined ? undefined : startTime + Math.round(seconds * 1e6);
  },

  repeatsChildren: isAgentRun,
  consumes: (key) =>
    key === 'pydantic_ai.all_messages' ||
    key === 'all_messages_events' ||
    key === 'final_result' ||
    key === 'tool_arguments' ||
    key === 'tool_response',
};

function isAgentRun({ attributes, name }: OtlpSpan): boolean {
  return (
    attributes['gen_ai.operation.name'] === 'invoke_agent' ||
    'pydantic_ai.all_messages' in attributes ||
    'all_messages_events' in attributes ||
    name === 'agent run'
  );
}

/** All messages of the run; the answer is the final result, and its message is not told a second time as input. */
function agentIo({ attributes }: OtlpSpan): { input?: Content; output?: Content } | undefined {
  const result = firstValue(attributes, 'final_result');
  const text = firstValue(attributes, 'pydantic_ai.all_messages', 'all_messages_events');
  const messages = parseArray(text);
  if (!messages) {
    if (text === undefined && result === undefined) return undefined;
    return { ...(text !== undefined && { input: text }), ...(result !== undefined && { output: result }) };
  }
  const last = messages.at(-1);
  const answered = isObject(last) && last.role === 'assistant';
  const input = withInstructions(
    answered ? messages.slice(0, -1) : messages,
    attributes['gen_ai.system_instructions'],
  );
  const output = result ?? (answered ? last : undefined);
  return { ...(input.length > 0 && { input }), ...(output !== undefined && { output }) };
}

function withInstructions(messages: Content[], instructions: Content | undefined): Content[] {
  const spoken = messages.some((message) => isObject(message) && message.role === 'system');
  const parsed = parseStructure(instructions);
  if (spoken || !parsed) return messages;
  const parts = Array.isArray(parsed) ? parsed : [parsed];
  const content = parts.map((part) => (isObject(part) ? textOfPart(part) : String(part))).join('\n');
  return [{ role: 'system', content }, ...messages];
}

const textOfPart = (part: ObjectValue): string =>
  typeof part.content === 'string' ? part.content : JSON.stringify(part);

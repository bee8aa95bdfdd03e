/**
 * Strands Agents (Python and TypeScript SDKs; scope `strands.telemetry.tracer`, `strands-agents` or the name of the
 * application, told by `gen_ai.system` or `gen_ai.provider.name` = `strands-agents`):
 * `invoke_agent x` → `execute_event_loop_cycle` → `chat` and `execute_tool x`; before 1.0 `Cycle <id>`,
 * `Model invoke` and `Tool: x`. Messages are span events of the GenAI conventions.
 *
 * Counts are written twice (`prompt_tokens` and `input_tokens`), the agent's are the sum over its calls. They are
 * the provider's own: Bedrock and Anthropic count cached tokens beside the input, OpenAI within it, which only
 * the total tells. Cached tokens are `cache_read_input_tokens` and `cache_write_input_tokens`.
 */
import type { Microseconds, ObservationType, UsageMap } from '@tracewell/domain';
import type { OtlpSpan } from '../../decode/span';
import { bucketUsage } from '../bucket-usage';
import type { Dialect } from '../dialect';
import { numberOf } from '../values';

export const strandsAgents: Dialect = {
  name: 'strands-agents',
  speaks: ({ scope, attributes }) =>
    scope.name === 'strands-agents' ||
    scope.name.startsWith('strands.') ||
    attributes['gen_ai.system'] === 'strands-agents' ||
    attributes['gen_ai.provider.name'] === 'strands-agents' ||
    'event_loop.cycle_id' in attributes,

  observationType(span): ObservationType | undefined {
    if (isModelCall(span)) return 'GENERATION';
    if (isAgent(span)) return 'AGENT';
    if (/^(?:execute_tool|Tool:)/.test(span.name)) return 'TOOL';
    return /^(?:execute_event_loop_cycle|Cycle )/.test(span.name) ? 'CHAIN' : undefined;
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
      input: read('input_tokens', 'prompt_tokens'),
      output: read('output_tokens', 'completion_tokens'),
      total: read('total_tokens'),
      cacheRead: read('cache_read.input_tokens', 'cache_read_input_tokens'),
      cacheWrite: read(
        'cache_creation.input_tokens',
        'cache_write_input_tokens',
        'cache_creation_input_tokens',
      ),
    });
  },

  completionStartTime({ attributes, startTime }): Microseconds | undefined {
    const milliseconds = numberOf(attributes['gen_ai.server.time_to_first_token']);
    return milliseconds ? startTime + Math.round(milliseconds * 1000) : undefined;
  },

  repeatsChildren: (span) => isAgent(span) && !isModelCall(span),
};

const isModelCall = ({ attributes, name }: OtlpSpan): boolean =>
  attributes['gen_ai.operation.name'] === 'chat' || name === 'Model invoke';

/** An agent, or several of them (`invoke_swarm`, `invoke_graph`). */
const isAgent = ({ attributes, name }: OtlpSpan): boolean =>
  /^invoke_/.test(String(attributes['gen_ai.operation.name'] ?? '')) || /^invoke_/.test(name);

/**
 * Flue's OpenTelemetry package (scope `@flue/opentelemetry`, 1.0 betas): `flue.workflow x` → `flue.operation prompt`
 * → `chat model` (or `gen_ai.generate`), `flue.tool x`, `flue.task x` (a sub-agent), `flue.compaction`.
 *
 * Every span inside a task carries the task's id, so a task is told by its prompt, agent or name. Content is JSON.
 *
 * Usage is that of the runtime underneath: `input_tokens` excludes what was read from or written to the cache,
 * and the cost in US dollars is `gen_ai.usage.cost_total`, which is no token count. Operations and compactions
 * repeat the sum of their turns under keys of their own.
 */
import type { ObservationType, UsageMap } from '@tracewell/domain';
import type { OtlpSpan } from '../../decode/span';
import { bucketUsage } from '../bucket-usage';
import type { Dialect, TraceFacets } from '../dialect';
import { firstText, firstValue, hasPrefix, numberOf, parseStructure } from '../values';

const inputKeys = [
  'flue.turn.input',
  'flue.tool.arguments',
  'flue.task.prompt',
  'flue.workflow.payload',
] as const;
const outputKeys = [
  'flue.turn.output',
  'flue.tool.result',
  'flue.task.result',
  'flue.operation.result',
  'flue.workflow.result',
] as const;

export const flue: Dialect = {
  name: 'flue',
  speaks: ({ scope, attributes }) => scope.name === '@flue/opentelemetry' || hasPrefix(attributes, 'flue.'),

  observationType(span): ObservationType | undefined {
    const { attributes, name } = span;
    if (isModelTurn(span)) return 'GENERATION';
    if ('flue.tool.name' in attributes || 'flue.tool.call_id' in attributes) return 'TOOL';
    if (name.startsWith('flue.task') || 'flue.task.prompt' in attributes || 'flue.task.agent' in attributes)
      return 'AGENT';
    if ('flue.workflow.name' in attributes || 'flue.operation.kind' in attributes) return 'CHAIN';
    return name === 'flue.compaction' ? 'CHAIN' : undefined;
  },

  observationName: ({ attributes }) => firstText(attributes, 'flue.tool.name'),

  io({ attributes }) {
    const input = parseStructure(firstValue(attributes, ...inputKeys));
    const output = parseStructure(firstValue(attributes, ...outputKeys));
    if (input === undefined && output === undefined) return undefined;
    return { ...(input !== undefined && { input }), ...(output !== undefined && { output }) };
  },

  trace({ attributes }): Partial<TraceFacets> {
    const sessionId = firstText(attributes, 'session.id', 'gen_ai.conversation.id', 'flue.instance_id');
    return sessionId ? { sessionId } : {};
  },

  usage({ attributes }): UsageMap | undefined {
    const read = (key: string) => numberOf(attributes[`gen_ai.usage.${key}`]);
    return bucketUsage({
      input: read('input_tokens'),
      output: read('output_tokens'),
      total: read('total_tokens'),
      cacheRead: read('cache_read_tokens'),
      cacheWrite: read('cache_write_tokens'),
      cacheIs: 'beside',
    });
  },

  cost({ attributes }): UsageMap | undefined {
    const total = numberOf(attributes['gen_ai.usage.cost_total']);
    return total === undefined ? undefined : { total };
  },

  consumes: (key) =>
    (inputKeys as readonly string[]).includes(key) || (outputKeys as readonly string[]).includes(key),
};

const isModelTurn = ({ attributes }: OtlpSpan): boolean =>
  'flue.turn.purpose' in attributes || 'flue.turn.input' in attributes || 'flue.turn.output' in attributes;

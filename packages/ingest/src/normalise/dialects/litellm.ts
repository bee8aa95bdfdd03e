/**
 * LiteLLM's `otel` callback, proxy and SDK (scope `litellm`): `Received Proxy Server Request` → `litellm_request` →
 * `raw_gen_ai_request`, and service spans (`redis`, `postgres`, `auth`, `router`, `batch_write_to_db` …, with
 * `service` and `call_type`).
 *
 * Messages and token counts are in Traceloop's flattened gen_ai.* keys and read by those dialects; the counts of
 * cached and reasoning tokens are only in `metadata.usage_object`, the text of a Python dict, where the prompt
 * includes what was cached whatever the provider. Cost in US dollars is `gen_ai.cost.*` (v2: `litellm.cost.*`). A
 * request answered from LiteLLM's own cache (`hidden_params` with a `cache_key`) repeats the first one's cost
 * although nothing was spent.
 *
 * Inside the proxy the account is written to the parent span. With USE_OTEL_LITELLM_REQUEST_SPAN it stands on
 * both, which one span cannot tell: see docs/adr/0004.
 */
import type { ObservationLevel, ObservationType, UsageMap } from '@tracewell/domain';
import type { OtlpSpan } from '../../decode/span';
import { bucketUsage } from '../bucket-usage';
import type { Dialect, TraceFacets } from '../dialect';
import { firstText, hasPrefix, numberOf, parseObject, textOf } from '../values';

export const litellm: Dialect = {
  name: 'litellm',
  speaks: ({ scope, attributes }) =>
    scope.name === 'litellm' ||
    'hidden_params' in attributes ||
    hasPrefix(attributes, 'metadata.user_api_key'),

  observationType(span): ObservationType | undefined {
    if (span.name === 'raw_gen_ai_request' || isService(span)) return 'SPAN';
    const request = textOf(span.attributes['llm.request.type']);
    if (/embedding$/.test(request)) return 'EMBEDDING';
    return request !== '' || 'gen_ai.request.model' in span.attributes ? 'GENERATION' : undefined;
  },

  level: (span): ObservationLevel | undefined =>
    (isService(span) || span.name === 'raw_gen_ai_request') && span.statusCode !== 2 ? 'DEBUG' : undefined,

  trace({ attributes }): Partial<TraceFacets> {
    const sessionId = firstText(attributes, 'session.id', 'gen_ai.conversation.id', 'metadata.session_id');
    const userId = firstText(
      attributes,
      'user.id',
      'llm.user',
      'metadata.user_api_key_end_user_id',
      'metadata.user_api_key_user_id',
    );
    return { ...(sessionId && { sessionId }), ...(userId && { userId }) };
  },

  usage({ attributes }): UsageMap | undefined {
    const counts = countsOf(textOf(attributes['metadata.usage_object']));
    const read = (key: string) => numberOf(attributes[`gen_ai.usage.${key}`]);
    return bucketUsage({
      input: counts.prompt_tokens ?? read('prompt_tokens') ?? read('input_tokens'),
      output: counts.completion_tokens ?? read('completion_tokens') ?? read('output_tokens'),
      total: counts.total_tokens ?? read('total_tokens') ?? numberOf(attributes['llm.usage.total_tokens']),
      cacheRead: counts.cached_tokens ?? counts.cache_read_input_tokens ?? read('cache_read_input_tokens'),
      cacheWrite: counts.cache_creation_input_tokens ?? read('cache_creation_input_tokens'),
      reasoning: counts.reasoning_tokens ?? read('reasoning_tokens'),
      cacheIs: 'inside',
    });
  },

  cost({ attributes }): UsageMap | undefined {
    if (parseObject(attributes.hidden_params)?.cache_key) return { total: 0 };
    const cost: UsageMap = {};
    for (const key of ['input', 'output', 'total'] as const) {
      const amount = numberOf(attributes[`gen_ai.cost.${key}_cost`] ?? attributes[`litellm.cost.${key}`]);
      if (amount !== undefined) cost[key] = amount;
    }
    return Object.keys(cost).length > 0 ? cost : undefined;
  },

  repeatsChildren: (span) => span.name === 'raw_gen_ai_request',
};

const isService = ({ attributes, scope }: OtlpSpan): boolean =>
  scope.name === 'litellm' && 'service' in attributes && 'call_type' in attributes;

/** The counts in the text of a Python dict, nested ones too; the first of equal names counts. */
function countsOf(text: string): Record<string, number | undefined> {
  const counts: Record<string, number> = Object.create(null);
  for (const match of text.slice(0, 4000).matchAll(/['"](\w+)['"]:\s*(\d+)/g))
    counts[match[1]!] ??= Number(match[2]);
  return counts;
}

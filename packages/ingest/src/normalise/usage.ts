import type { UsageMap } from '@tracewell/domain';
import type { Attributes, OtlpSpan } from '../decode/span';
import { bucketUsage, isCount, type UsageReport, without } from './bucket-usage';
import { keysOf, numberOf } from './values';

/** Every spelling the field uses, below `gen_ai.usage.`, `llm.usage.` and `llm.token_count.`; the first that is there counts. */
const spellings: Record<
  Exclude<keyof UsageReport, 'others' | 'cacheIs' | 'reasoningIs'>,
  readonly string[]
> = {
  input: ['prompt_tokens', 'input_tokens', 'prompt', 'input'],
  output: ['completion_tokens', 'output_tokens', 'completion', 'output'],
  total: ['total_tokens', 'total'],
  cacheRead: [
    'cache_read.input_tokens',
    'cache_read_input_tokens',
    'cache_read_tokens',
    'details.cache_read_tokens',
    'details.cache_read_input_tokens',
    'prompt_details.cache_read',
    'prompt_details.cache_input',
    'input_cached_tokens',
    'input_tokens.cached',
    'cached_input_tokens',
    'details.cached_tokens',
  ],
  cacheWrite: [
    'cache_creation.input_tokens',
    'cache_creation_input_tokens',
    'cache_write_input_tokens',
    'cache_write.input_tokens',
    'cache_write_tokens',
    'details.cache_write_tokens',
    'details.cache_creation_input_tokens',
    'prompt_details.cache_write',
    'input_cache_creation',
  ],
  cacheWrite5m: ['cache_creation.ephemeral_5m_input_tokens', 'input_cache_creation_5m'],
  cacheWrite1h: ['cache_creation.ephemeral_1h_input_tokens', 'input_cache_creation_1h'],
  inputAudio: [
    'prompt_details.audio',
    'input_audio_tokens',
    'details.input_audio_tokens',
    'prompt_audio_tokens',
  ],
  reasoning: [
    'reasoning.output_tokens',
    'completion_details.reasoning',
    'reasoning_tokens',
    'output_tokens.reasoning',
    'details.reasoning_tokens',
    'output_reasoning_tokens',
  ],
  outputAudio: [
    'completion_details.audio',
    'output_audio_tokens',
    'details.output_audio_tokens',
    'completion_audio_tokens',
  ],
};
const reportKeyOf = new Map<string, keyof typeof spellings>();
for (const key of Object.keys(spellings) as (keyof typeof spellings)[])
  for (const spelling of spellings[key]) reportKeyOf.set(spelling, key);

/** Not counts of tokens, or counts that only repeat others in a provider's own spelling. */
const passedOver = new Set(['cost', 'details.input_tokens', 'details.output_tokens', 'details.total_tokens']);

/** Collects the counts below the prefixes. Undefined when there are none. */
export function readUsageReport(attributes: Attributes, ...prefixes: string[]): UsageReport | undefined {
  const found: Partial<Record<keyof typeof spellings, { rank: number; count: number }>> = {};
  const others: UsageMap = Object.create(null);
  let any = false;
  for (const key of keysOf(attributes)) {
    const prefix = prefixes.find((candidate) => key.startsWith(candidate));
    if (prefix === undefined) continue;
    const name = key.slice(prefix.length);
    const count = numberOf(attributes[key]);
    if (!isCount(count) || passedOver.has(name)) continue;
    any = true;
    const reportKey = reportKeyOf.get(name);
    if (!reportKey) {
      others[name.replace(/^details\./, '')] = count;
      continue;
    }
    const rank = spellings[reportKey].indexOf(name);
    if (rank < (found[reportKey]?.rank ?? Number.POSITIVE_INFINITY)) found[reportKey] = { rank, count };
  }
  if (!any) return undefined;
  const report: UsageReport = { others };
  for (const key of Object.keys(found) as (keyof typeof spellings)[]) report[key] = found[key]!.count;
  if (report.cacheWrite !== undefined)
    report.cacheWrite = without(report.cacheWrite, (report.cacheWrite5m ?? 0) + (report.cacheWrite1h ?? 0));
  return report;
}

/** `readUsageReport` in buckets, by the convention of who recorded the span. */
export function readUsage(span: OtlpSpan, ...prefixes: string[]): UsageMap | undefined {
  const report = readUsageReport(span.attributes, ...prefixes);
  if (report && cacheBesideScopes.test(span.scope.name)) report.cacheIs = 'beside';
  return report && bucketUsage(report);
}

/**
 * Instrumentations that pass on the counts of Anthropic or Bedrock as those report them. Anthropic's own clients
 * (`com.anthropic.sdk.python`) add the cached tokens to the input, as the convention wants it.
 */
const cacheBesideScopes = /^(?:strands|openlit|com\.anthropic\.(?!sdk\.))/;

import type { UsageMap } from '@tracewell/domain';
import type { Attributes, OtlpSpan } from '../decode/span';
import { keysOf, numberOf } from './values';

/**
 * Token counts as an instrumentation reports them, before it is decided which contain which; undefined where it
 * says nothing. docs/adr/0003-usage-buckets.md has the reasoning.
 */
export interface UsageReport {
  input?: number;
  output?: number;
  total?: number;
  cacheRead?: number;
  cacheWrite?: number;
  /** Cache writes by how long they are kept; not part of `cacheWrite`. */
  cacheWrite5m?: number;
  cacheWrite1h?: number;
  inputAudio?: number;
  reasoning?: number;
  outputAudio?: number;
  /** Counts without a bucket of their own; kept under their names. */
  others?: UsageMap;
}

/** Whether `input` contains what the cache read and wrote (OpenAI, OpenTelemetry), or it stands beside (Anthropic). */
export type CacheConvention = 'inside' | 'beside';

/**
 * Reported counts to buckets that do not overlap: `input` without cached tokens, `output` without reasoning. No
 * bucket goes below zero and none is counted twice: a part that is larger than its whole stands beside it.
 */
export function bucketUsage(report: UsageReport, convention?: CacheConvention): UsageMap {
  const { input, output, cacheRead, cacheWrite, cacheWrite5m, cacheWrite1h, reasoning } = report;
  const cached = (cacheRead ?? 0) + (cacheWrite ?? 0) + (cacheWrite5m ?? 0) + (cacheWrite1h ?? 0);
  const inside = judgeParts(report, cached, convention);

  const buckets: UsageMap = {};
  const put = (key: string, count: number | undefined) => {
    if (isCount(count)) buckets[key] = count;
  };
  put(
    'input',
    input === undefined ? undefined : without(inside.cache ? input - cached : input, report.inputAudio),
  );
  put(
    'output',
    output === undefined
      ? undefined
      : without(inside.reasoning ? output - (reasoning ?? 0) : output, report.outputAudio),
  );
  // A part of zero says nothing that the whole does not.
  put('input_cached_tokens', cacheRead || undefined);
  put('input_cache_creation', cacheWrite || undefined);
  put('input_cache_creation_5m', cacheWrite5m || undefined);
  put('input_cache_creation_1h', cacheWrite1h || undefined);
  put('input_audio_tokens', report.inputAudio || undefined);
  put('output_reasoning_tokens', reasoning || undefined);
  put('output_audio_tokens', report.outputAudio || undefined);

  const sum = Object.values(buckets).reduce((a, b) => a + b, 0);
  if (input !== undefined || output !== undefined) put('total', Math.max(sum, report.total ?? 0));
  else put('total', report.total);
  for (const [key, count] of Object.entries(report.others ?? {})) if (!(key in buckets)) put(key, count);
  return buckets;
}

/** Which parts are inside their wholes: what is impossible, then what is known, then what the total adds up to. */
function judgeParts(report: UsageReport, cached: number, convention: CacheConvention | undefined) {
  const { input = 0, output = 0, reasoning = 0, total } = report;
  const cacheChoices = cached > input ? [false] : convention ? [convention === 'inside'] : [true, false];
  const reasoningChoices = reasoning > output ? [false] : [true, false];
  const fallback = { cache: cacheChoices[0]!, reasoning: reasoningChoices[0]! };
  if (total === undefined) return fallback;
  for (const reasoningInside of reasoningChoices)
    for (const cacheInside of cacheChoices) {
      const expected = input + output + (cacheInside ? 0 : cached) + (reasoningInside ? 0 : reasoning);
      if (expected === total) return { cache: cacheInside, reasoning: reasoningInside };
    }
  return fallback;
}

const without = (whole: number, part = 0): number => (part <= whole ? whole - part : whole);

export const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

/** Every spelling the field uses, below `gen_ai.usage.`, `llm.usage.` and `llm.token_count.`; the first that is there counts. */
const spellings: Record<Exclude<keyof UsageReport, 'others'>, readonly string[]> = {
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
  if (!report) return undefined;
  const usage = bucketUsage(report, cacheConventionOf(span));
  return Object.keys(usage).length > 0 ? usage : undefined;
}

/** Instrumentations that pass on the counts of Anthropic or Bedrock as those report them. */
const cacheBesideScopes = /^(?:strands|openlit|com\.anthropic\.)/;
const cacheConventionOf = (span: OtlpSpan): CacheConvention | undefined =>
  cacheBesideScopes.test(span.scope.name) ? 'beside' : undefined;

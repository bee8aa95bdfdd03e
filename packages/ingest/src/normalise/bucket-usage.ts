import type { UsageMap } from '@tracewell/domain';

/**
 * Token counts as a provider, framework or instrumentation reports them, before it is decided which contain which;
 * undefined where it says nothing. What is no count (negative, a fraction) counts as not said.
 * docs/adr/0003-usage-buckets.md has the reasoning.
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
  /** Whether `input` contains what the cache read and wrote (OpenAI, Gemini), or it stands beside (Anthropic, Bedrock). */
  cacheIs?: PartPlace;
  /** Whether `output` contains the reasoning (OpenAI), or it stands beside (Gemini). */
  reasoningIs?: PartPlace;
}

/** Known of who reports; where it is left out, the counts decide. */
export type PartPlace = 'inside' | 'beside';

/**
 * Reported counts to buckets that do not overlap: `input` without cached tokens, `output` without reasoning. No
 * bucket goes below zero and none is counted twice: a part that is larger than its whole stands beside it.
 * Undefined when nothing was counted.
 */
export function bucketUsage(report: UsageReport): UsageMap | undefined {
  const counts = keepCounts(report);
  const { input, output, total, cacheRead, cacheWrite, cacheWrite5m, cacheWrite1h, reasoning } = counts;
  const cached = (cacheRead ?? 0) + (cacheWrite ?? 0) + (cacheWrite5m ?? 0) + (cacheWrite1h ?? 0);
  const inside = judgeParts(counts, cached, report);

  const buckets: UsageMap = {};
  const put = (key: string, count: number | undefined) => {
    if (count !== undefined) buckets[key] = count;
  };
  if (input !== undefined) put('input', without(inside.cache ? input - cached : input, counts.inputAudio));
  if (output !== undefined)
    put('output', without(inside.reasoning ? output - (reasoning ?? 0) : output, counts.outputAudio));
  // A part of zero says nothing that the whole does not.
  put('input_cached_tokens', cacheRead || undefined);
  put('input_cache_creation', cacheWrite || undefined);
  put('input_cache_creation_5m', cacheWrite5m || undefined);
  put('input_cache_creation_1h', cacheWrite1h || undefined);
  put('input_audio_tokens', counts.inputAudio || undefined);
  put('output_reasoning_tokens', reasoning || undefined);
  put('output_audio_tokens', counts.outputAudio || undefined);

  const sum = Object.values(buckets).reduce((a, b) => a + b, 0);
  if (input !== undefined || output !== undefined) put('total', Math.max(sum, total ?? 0));
  else put('total', total);
  for (const [key, count] of Object.entries(report.others ?? {}))
    if (isCount(count) && !(key in buckets)) put(key, count);
  return Object.keys(buckets).length > 0 ? buckets : undefined;
}

const countKeys = [
  'input',
  'output',
  'total',
  'cacheRead',
  'cacheWrite',
  'cacheWrite5m',
  'cacheWrite1h',
  'inputAudio',
  'reasoning',
  'outputAudio',
] as const;
type Counts = Partial<Record<(typeof countKeys)[number], number>>;

function keepCounts(report: UsageReport): Counts {
  const counts: Counts = {};
  for (const key of countKeys) if (isCount(report[key])) counts[key] = report[key];
  return counts;
}

/** Which parts are inside their wholes: what is impossible, then what is known, then what the total adds up to. */
function judgeParts(counts: Counts, cached: number, { cacheIs, reasoningIs }: UsageReport) {
  const { input = 0, output = 0, reasoning = 0, total } = counts;
  const cacheChoices = placesOf(cached, input, cacheIs);
  const reasoningChoices = placesOf(reasoning, output, reasoningIs);
  for (const reasoningInside of reasoningChoices)
    for (const cacheInside of cacheChoices) {
      const expected = input + output + (cacheInside ? 0 : cached) + (reasoningInside ? 0 : reasoning);
      if (expected === total) return { cache: cacheInside, reasoning: reasoningInside };
    }
  return { cache: cacheChoices[0]!, reasoning: reasoningChoices[0]! };
}

/** Whether the part may be inside its whole, the likelier answer first. */
function placesOf(part: number, whole: number, known: PartPlace | undefined): boolean[] {
  if (part > whole) return [false];
  return known ? [known === 'inside'] : [true, false];
}

/** The whole less a part of it; a part that is larger was none. */
export const without = (whole: number, part = 0): number => (part <= whole ? whole - part : whole);

export const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bucketUsage, type PartPlace, type UsageReport } from './bucket-usage';

describe('bucketUsage', () => {
  it.each<[string, UsageReport, PartPlace | undefined, Record<string, number>]>([
    [
      'takes cached tokens out of an input that holds them',
      { input: 100, output: 10, cacheRead: 60 },
      undefined,
      { input: 40, input_cached_tokens: 60, output: 10, total: 110 },
    ],
    [
      'leaves an input that is smaller than its cache',
      { input: 12, output: 10, cacheRead: 2000, cacheWrite: 300 },
      undefined,
      { input: 12, input_cached_tokens: 2000, input_cache_creation: 300, output: 10, total: 2322 },
    ],
    [
      'leaves an input that is known to stand beside its cache',
      { input: 100, output: 10, cacheRead: 60 },
      'beside',
      { input: 100, input_cached_tokens: 60, output: 10, total: 170 },
    ],
    [
      'believes a total that holds the cache besides',
      { input: 100, output: 10, total: 170, cacheRead: 60 },
      undefined,
      { input: 100, input_cached_tokens: 60, output: 10, total: 170 },
    ],
    [
      'believes a total that does not',
      { input: 100, output: 10, total: 110, cacheRead: 60 },
      undefined,
      { input: 40, input_cached_tokens: 60, output: 10, total: 110 },
    ],
    [
      'mends a total that leaves out a cache known to stand beside',
      { input: 12, output: 30, total: 42, cacheRead: 9 },
      'beside',
      { input: 12, input_cached_tokens: 9, output: 30, total: 51 },
    ],
    [
      'takes reasoning out of the output',
      { input: 5, output: 50, reasoning: 30 },
      undefined,
      { input: 5, output: 20, output_reasoning_tokens: 30, total: 55 },
    ],
    [
      'leaves an output that is smaller than its reasoning',
      { input: 5, output: 3, reasoning: 30 },
      undefined,
      { input: 5, output: 3, output_reasoning_tokens: 30, total: 38 },
    ],
    [
      'believes a total that holds the thoughts besides (Gemini)',
      { input: 50, output: 40, total: 115, reasoning: 25 },
      undefined,
      { input: 50, output: 40, output_reasoning_tokens: 25, total: 115 },
    ],
    [
      'adds reasoning that is known to stand beside the output',
      { input: 5, output: 50, reasoning: 30, reasoningIs: 'beside' },
      undefined,
      { input: 5, output: 50, output_reasoning_tokens: 30, total: 85 },
    ],
    [
      'decides on cache and thoughts together',
      { input: 50, output: 40, total: 135, reasoning: 25, cacheRead: 20 },
      undefined,
      { input: 50, input_cached_tokens: 20, output: 40, output_reasoning_tokens: 25, total: 135 },
    ],
    [
      'keeps a total with more than it can name',
      { input: 50, output: 40, total: 100 },
      undefined,
      { input: 50, output: 40, total: 100 },
    ],
    [
      'splits audio off',
      { input: 100, inputAudio: 30, output: 50, outputAudio: 20 },
      undefined,
      { input: 70, input_audio_tokens: 30, output: 30, output_audio_tokens: 20, total: 150 },
    ],
    ['tells a lone total', { total: 9 }, undefined, { total: 9 }],
    [
      'keeps other counts by their names, outside the total',
      { input: 1, output: 1, others: { web_searches: 2, input: 99 } },
      undefined,
      { input: 1, output: 1, total: 2, web_searches: 2 },
    ],
    [
      'takes nothing from a part that is no count',
      { input: 9, output: 4, cacheRead: -3, reasoning: 0.5, others: { web_searches: -1 } },
      undefined,
      { input: 9, output: 4, total: 13 },
    ],
    [
      'leaves out parts of zero',
      { input: 1, output: 0, cacheRead: 0, reasoning: 0 },
      undefined,
      { input: 1, output: 0, total: 1 },
    ],
  ])('%s', (_name, report, cacheIs, buckets) => {
    expect(bucketUsage({ ...report, cacheIs })).toEqual(buckets);
  });

  it('knows nothing from nothing', () => {
    expect(bucketUsage({})).toBeUndefined();
    expect(bucketUsage({ input: -1, others: {} })).toBeUndefined();
  });

  it('never makes a negative bucket, nor one that adds up to more than everything reported', () => {
    const count = fc.option(fc.nat(1_000_000), { nil: undefined });
    fc.assert(
      fc.property(
        fc.record({
          input: count,
          output: count,
          total: count,
          cacheRead: count,
          cacheWrite: count,
          reasoning: count,
        }),
        fc.constantFrom<(PartPlace | undefined)[]>('inside', 'beside', undefined),
        (report, cacheIs) => {
          const { total = 0, ...parts } = bucketUsage({ ...report, cacheIs }) ?? {};
          for (const bucket of Object.values(parts)) expect(bucket).toBeGreaterThanOrEqual(0);
          const { total: _total, ...reported } = report;
          const most = Object.values(reported).reduce<number>((sum, part) => sum + (part ?? 0), 0);
          const sum = Object.values(parts).reduce((a, b) => a + b, 0);
          expect(sum).toBeLessThanOrEqual(most);
          if (report.input !== undefined || report.output !== undefined)
            expect(total).toBeGreaterThanOrEqual(sum);
        },
      ),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { formatIsoTime, normaliseEnvironment, parseIsoTime, reduceUsage } from './index';

describe('time', () => {
  it('keeps microseconds of any precision and offset', () => {
    expect(parseIsoTime('2026-01-02T03:04:05.123456789Z')).toBe(
      Date.UTC(2026, 0, 2, 3, 4, 5, 123) * 1000 + 456,
    );
    expect(parseIsoTime('2026-01-02T05:04:05+02:00')).toBe(Date.UTC(2026, 0, 2, 3, 4, 5) * 1000);
  });
  it('refuses text without an offset, and text that is no time', () => {
    expect(parseIsoTime('2026-01-02T03:04:05')).toBeNull();
    expect(parseIsoTime('2026-13-02T03:04:05Z')).toBeNull();
    expect(parseIsoTime('2026-02-30T03:04:05Z')).toBeNull();
    expect(parseIsoTime('2028-02-29T03:04:05Z')).not.toBeNull();
    expect(parseIsoTime('yesterday')).toBeNull();
  });
  it('shows milliseconds', () => {
    expect(formatIsoTime(parseIsoTime('2026-01-02T03:04:05.123999Z')!)).toBe('2026-01-02T03:04:05.123Z');
  });
});

describe('environment', () => {
  it.each([
    ['Production', 'production'],
    ['langfuse-langfuse_eval', 'eval'],
    ['langfuse', 'default'],
    ['mit umlaut ä', 'default'],
    [undefined, 'default'],
    ['x'.repeat(50), 'x'.repeat(40)],
  ])('%s becomes %s', (given, expected) => expect(normaliseEnvironment(given)).toBe(expected));
});

describe('usage', () => {
  it('shows three numbers of many keys', () => {
    expect(
      reduceUsage({ input: 3, input_cached_tokens: 4, output: 5, output_reasoning: 1, total: 13 }),
    ).toEqual({
      input: 7,
      output: 6,
      total: 13,
    });
  });
});

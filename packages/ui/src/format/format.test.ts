import { describe, expect, it } from 'vitest';
import { formatDuration, formatMicroseconds } from './duration';
import { formatExactMoney, formatMoney, formatUnitPrice } from './money';
import { formatBytes, formatCompact, formatCount } from './number';
import { describeTime, formatAgo, formatTime } from './time';

describe('durations', () => {
  it.each([
    [0, '0 ms'],
    [0.42, '0.42 ms'],
    [842, '842 ms'],
    [999.6, '1.00 s'],
    [3420, '3.42 s'],
    [59_999, '1m 00s'],
    [125_000, '2m 05s'],
    [3_599_900, '1h 00m'],
    [3_840_000, '1h 04m'],
    [183_600_000, '2d 3h'],
    [-842, '-842 ms'],
  ])('%d ms reads %s', (ms, text) => expect(formatDuration(ms)).toBe(text));
  it('keeps microseconds', () => expect(formatMicroseconds(420)).toBe('0.42 ms'));
});

describe('money', () => {
  it.each([
    [0, '$0'],
    [0.0000004, '<$0.000001'],
    [0.000123, '$0.00012'],
    [0.0042, '$0.0042'],
    [0.1234, '$0.123'],
    [12.345, '$12.35'],
    [1234.5, '$1,234.50'],
    [123_456, '$123,456'],
  ])('%d reads %s', (dollars, text) => expect(formatMoney(dollars)).toBe(text));
  it('never shows a cost as nothing', () => {
    for (let exponent = -12; exponent < 4; exponent++) expect(formatMoney(3 * 10 ** exponent)).not.toBe('$0');
  });
  it('shows unit prices per million', () => expect(formatUnitPrice(0.0000025)).toBe('$2.5 / 1M'));
  it('keeps every digit when asked', () => expect(formatExactMoney(0.00000025)).toBe('$0.00000025'));
});

describe('numbers', () => {
  it.each([
    [942, '942'],
    [9_999, '9,999'],
    [12_345, '12.3k'],
    [100_000, '100k'],
    [999_600, '1M'],
    [1_240_000, '1.24M'],
    [2_000_000_000, '2B'],
  ])('%d is compact as %s', (count, text) => expect(formatCompact(count)).toBe(text));
  it('groups counts', () => expect(formatCount(1234567)).toBe('1,234,567'));
  it('shows bytes', () => expect(formatBytes(10 * 1024 * 1024)).toBe('10.0 MB'));
});

describe('times', () => {
  const now = new Date(2026, 10, 24, 14, 3, 22);
  it('has the same width all year', () => {
    expect(formatTime(new Date(2026, 0, 2, 3, 4, 5).toISOString(), now)).toBe('Jan 02 03:04:05');
    expect(formatTime(new Date(2025, 0, 2, 3, 4, 5).toISOString(), now)).toBe('Jan 02 2025 03:04');
  });
  it('says the distance', () => {
    expect(formatAgo(new Date(now.getTime() - 300_000).toISOString(), now)).toBe('5m ago');
    expect(formatAgo(new Date(now.getTime() + 300_000).toISOString(), now)).toBe('in 5m');
    expect(formatAgo(new Date(now.getTime() - 1000).toISOString(), now)).toBe('just now');
  });
  it('names the UTC time beside the local one', () =>
    expect(describeTime('2026-11-24T13:03:22.123Z', now)[1]).toBe('2026-11-24 13:03:22.123 UTC'));
  it('shows what is no time as it came', () => expect(formatTime('soon', now)).toBe('soon'));
});

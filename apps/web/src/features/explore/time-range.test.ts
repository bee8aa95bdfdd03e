import { describe, expect, it } from 'vitest';
import { encodeBetween, parseTimeRange } from './time-range';

// Tuesday.
const now = new Date(2026, 10, 24, 14, 30, 0);
const at = (...parts: [number, number, number, number?, number?]) =>
  new Date(parts[0], parts[1], parts[2], parts[3] ?? 0, parts[4] ?? 0);
const range = (text: string) => {
  const found = parseTimeRange(text, now);
  return found ? [found.from, found.to] : null;
};
const ago = (ms: number) => new Date(now.getTime() - ms);

describe('a time range', () => {
  it.each([
    ['25m', 25 * 60e3],
    ['25 min', 25 * 60e3],
    ['2 hours', 2 * 3600e3],
    ['last 2 hours', 2 * 3600e3],
    ['past hour', 3600e3],
    ['1.5h', 1.5 * 3600e3],
    ['7d', 7 * 86_400e3],
    ['Last 3 Days', 3 * 86_400e3],
    ['2w', 14 * 86_400e3],
    ['90s', 90e3],
  ])('%s reaches back from now', (text, ms) => expect(range(text)).toEqual([ago(ms), null]));

  it.each([
    ['all', null, null],
    ['today', at(2026, 10, 24), null],
    ['yesterday', at(2026, 10, 23), at(2026, 10, 24)],
    ['this week', at(2026, 10, 23), null],
    ['2026-11-03', at(2026, 10, 3), at(2026, 10, 4)],
    ['nov 3', at(2026, 10, 3), at(2026, 10, 4)],
    ['December 3', at(2025, 11, 3), at(2025, 11, 4)],
    ['nov 3 2024', at(2024, 10, 3), at(2024, 10, 4)],
    ['14:00', at(2026, 10, 24, 14), null],
    ['2026-11-03 14:00 - 15:30', at(2026, 10, 3, 14), at(2026, 10, 3, 15, 30)],
    ['2026-11-01 to 2026-11-03', at(2026, 10, 1), at(2026, 10, 4)],
    ['nov 20 - nov 22', at(2026, 10, 20), at(2026, 10, 23)],
    ['dec 20 to nov 2', at(2025, 11, 20), at(2026, 10, 3)],
    ['yesterday to today', at(2026, 10, 23), at(2026, 10, 25)],
    ['nov 1 to now', at(2026, 10, 1), null],
  ])('%s', (text, from, to) => expect(range(text)).toEqual([from, to]));

  it.each(['', 'soon', '25', '0m', 'x5m', '2026-02-31', '25:99', 'nov', '16:00', '15:00 - 14:00', '999999w'])(
    'refuses %s',
    (text) => expect(range(text)).toBeNull(),
  );

  it('comes back from the URL to the millisecond', () => {
    const [from, to] = [now.getTime() - 12_345, now.getTime() - 45];
    expect(range(encodeBetween(from, to))).toEqual([new Date(from), new Date(to)]);
  });
  it('names itself for people', () => {
    const label = (text: string) => parseTimeRange(text, now)?.label;
    expect(label('25m')).toBe('Last 25 minutes');
    expect(label('1h')).toBe('Last hour');
    expect(label('2026-11-03')).toBe('Nov 3');
    expect(label('2026-11-01 to 2026-11-03')).toBe('Nov 1 – Nov 3');
    expect(label('2026-11-03 14:00 - 15:30')).toBe('Nov 3 14:00 – 15:30');
  });
});

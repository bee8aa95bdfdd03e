import { expect, it } from 'vitest';
import { findLastSign, planRefresh, readRunState, silenceMs } from './run-state';

const startMs = Date.parse('2026-01-01T00:00:00.000Z');
const span = (durationUs: number | null, type = 'SPAN', offsetUs = 0) => ({
  type,
  startTime: new Date(startMs + offsetUs / 1000).toISOString(),
  startOffsetUs: offsetUs,
  durationUs,
  completionStartOffsetUs: null,
});

it('runs while its trace was heard a moment ago', () => {
  const later = span(1_000_000, 'SPAN', silenceMs * 1000);
  const lastSign = findLastSign([span(null), later]);
  expect(lastSign).toBe(startMs + silenceMs + 1_000);
  expect(readRunState(span(null), lastSign, startMs + silenceMs + 5_000)).toEqual({
    kind: 'running',
    elapsedMs: silenceMs + 5_000,
  });
});
it('has stopped talking after the named silence, and says when it was last heard', () => {
  expect(readRunState(span(null), null, startMs + silenceMs).kind).toBe('running');
  expect(readRunState(span(null), null, startMs + silenceMs + 1)).toEqual({
    kind: 'silent',
    lastSignAt: startMs,
  });
});
it('ended when it has an end, and an event never runs', () => {
  expect(readRunState(span(0), null, startMs).kind).toBe('ended');
  expect(readRunState(span(null, 'EVENT'), null, startMs).kind).toBe('ended');
});
it('a clock that is behind shows no negative time', () =>
  expect(readRunState(span(null), null, startMs - 9_000)).toEqual({ kind: 'running', elapsedMs: 0 }));
it('asks less and less often, and no more after the silence', () => {
  const delays = [0, 60_000, 119_000, silenceMs].map((later) => planRefresh([span(null)], startMs + later));
  expect(delays).toEqual([2_000, 7_500, 14_875, 15_000]);
  expect(planRefresh([span(null)], startMs + silenceMs + 1)).toBe(false);
  expect(planRefresh([], startMs)).toBe(false);
});

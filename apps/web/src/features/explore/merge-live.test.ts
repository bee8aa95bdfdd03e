import { describe, expect, it } from 'vitest';
import { letIn, listPending, mergeLive, nothingLive, updateKnown } from './merge-live';

interface Row {
  key: string;
  timestamp: string;
  level: string;
  latencyMs: number;
}
const row = (key: string, second: number, latencyMs = 1): Row => ({
  key,
  timestamp: `2026-11-24T10:00:${String(second).padStart(2, '0')}.000Z`,
  level: 'DEFAULT',
  latencyMs,
});
const ids = (rows: Row[]) => rows.map((each) => each.key).join('');

describe('a live list', () => {
  const listed = [row('c', 3), row('b', 2), row('a', 1)];
  const listedIds = new Set(['a', 'b', 'c']);

  it('does not move when something new comes', () => {
    const newest = [row('d', 4), ...listed];
    const state = updateKnown(nothingLive, listedIds, newest);
    expect(ids(mergeLive(listed, state))).toBe('cba');
    expect(ids(listPending(state, listedIds, newest))).toBe('d');
  });
  it('puts new rows in their place by time once let in, and once only', () => {
    const newest = [row('e', 5), ...listed.slice(0, 1), row('x', 2, 9)];
    const state = letIn(nothingLive, listPending(nothingLive, listedIds, newest));
    expect(ids(mergeLive(listed, state))).toBe('ecxba');
    expect(listPending(state, listedIds, newest)).toEqual([]);
    expect(ids(mergeLive([row('e', 5), ...listed], state))).toBe('ecxba');
  });
  it('shows the latest version of a listed row in its place', () => {
    const state = updateKnown(nothingLive, listedIds, [row('b', 2, 77)]);
    expect(mergeLive(listed, state)[1]?.latencyMs).toBe(77);
  });
  it('keeps what was let in up to date too', () => {
    const state = updateKnown(letIn(nothingLive, [row('d', 4)]), listedIds, [row('d', 4, 50)]);
    expect(mergeLive(listed, state)[0]?.latencyMs).toBe(50);
  });
  it('is the same list while nothing changed', () => {
    const state = updateKnown(nothingLive, listedIds, listed);
    expect(
      updateKnown(
        state,
        listedIds,
        listed.map((each) => ({ ...each })),
      ),
    ).toBe(state);
    expect(mergeLive(listed, nothingLive)).toBe(listed);
  });
});

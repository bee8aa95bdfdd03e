import { describe, expect, it } from 'vitest';
import type { TraceSummary } from '../../api-client/types';
import { letIn, listPending, mergeLive, nothingLive, updateKnown } from './merge-live';

const row = (id: string, second: number, latencyMs = 1): TraceSummary => ({
  id,
  timestamp: `2026-11-24T10:00:${String(second).padStart(2, '0')}.000Z`,
  name: id,
  userId: '',
  sessionId: '',
  tags: [],
  environment: 'default',
  version: '',
  release: '',
  public: false,
  level: 'DEFAULT',
  latencyMs,
  observationCount: 1,
  errorCount: 0,
  usage: { input: 0, output: 0, total: 0 },
  totalCost: 0,
  models: [],
  inputPreview: '',
  outputPreview: '',
  scores: [],
});
const ids = (rows: TraceSummary[]) => rows.map((each) => each.id).join('');

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

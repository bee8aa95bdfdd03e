import { describe, expect, it } from 'vitest';
import { syncStatusOf } from './integration';

const now = new Date('2026-01-02T12:00:00Z');
const before = new Date('2026-01-02T11:00:00Z');
const longBefore = new Date('2026-01-02T10:00:00Z');
const later = new Date('2026-01-02T13:00:00Z');
const row = {
  enabled: true,
  runningSince: null,
  nextSyncAt: null,
  lastSyncAt: null,
  lastError: null,
  lastErrorAt: null,
};

describe('the status of an export', () => {
  it.each([
    ['idle', {}],
    ['disabled', { enabled: false, lastErrorAt: before, lastError: 'x' }],
    ['running', { runningSince: before, nextSyncAt: before }],
    ['queued', { nextSyncAt: now }],
    ['idle', { nextSyncAt: later }],
    ['up_to_date', { lastSyncAt: before, nextSyncAt: later }],
    ['queued', { lastSyncAt: before, nextSyncAt: before }],
    ['error', { lastErrorAt: before, lastError: 'x', nextSyncAt: before }],
    ['error', { lastSyncAt: longBefore, lastErrorAt: before, lastError: 'x' }],
    ['up_to_date', { lastErrorAt: longBefore, lastError: 'x', lastSyncAt: before, nextSyncAt: later }],
  ])('is %s for %j', (status, changes) => {
    expect(syncStatusOf({ ...row, ...changes }, now)).toBe(status);
  });
});

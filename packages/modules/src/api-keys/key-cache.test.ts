import { describe, expect, it } from 'vitest';
import { KeyCache } from './key-cache';

/** A database that answers, is away, or hangs, and a clock that stands until it is moved. */
function setUp(options: { maxKeys?: number; timeoutMs?: number } = {}) {
  const state = { time: 0, rows: new Map<string, string>(), asked: 0, mode: 'up' as 'up' | 'away' | 'hangs' };
  const cache = new KeyCache<string>(
    async (lookup) => {
      state.asked++;
      if (state.mode === 'away') throw new Error('connection refused');
      if (state.mode === 'hangs') await new Promise(() => {});
      return state.rows.get(lookup) ?? null;
    },
    { now: () => state.time, ...options },
  );
  return { state, cache };
}

describe('KeyCache', () => {
  it('asks the database once for many requests within four seconds', async () => {
    const { state, cache } = setUp();
    state.rows.set('a', 'key-a');
    await Promise.all(Array.from({ length: 50 }, () => cache.get('a')));
    state.time = 3_999;
    expect(await cache.get('a')).toBe('key-a');
    expect(state.asked).toBe(1);
  });

  it('refuses a revoked key after at most five seconds', async () => {
    const { state, cache } = setUp();
    state.rows.set('a', 'key-a');
    await cache.get('a');
    state.rows.delete('a');
    state.time = 5_000;
    expect(await cache.get('a')).toBeNull();
  });

  it('lets a key that was unknown in a second after it was created', async () => {
    const { state, cache } = setUp();
    expect(await cache.get('a')).toBeNull();
    state.rows.set('a', 'key-a');
    state.time = 1_000;
    expect(await cache.get('a')).toBe('key-a');
  });

  it('answers known keys for five minutes while the database is away, and not longer', async () => {
    const { state, cache } = setUp();
    state.rows.set('a', 'key-a');
    await cache.get('a');
    state.mode = 'away';
    for (const time of [5_000, 60_000, 299_999]) {
      state.time = time;
      expect(await cache.get('a')).toBe('key-a');
    }
    state.time = 300_000;
    await expect(cache.get('a')).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('never calls an unknown key wrong while it cannot look', async () => {
    const { state, cache } = setUp();
    await cache.get('known-to-be-missing');
    state.mode = 'away';
    state.time = 10_000;
    await expect(cache.get('never-seen')).rejects.toMatchObject({ code: 'unavailable' });
    await expect(cache.get('known-to-be-missing')).rejects.toMatchObject({ code: 'unavailable' });
  });

  it('leaves a database that failed alone for a second, then asks again', async () => {
    const { state, cache } = setUp();
    state.rows.set('a', 'key-a');
    await cache.get('a');
    state.mode = 'away';
    state.time = 10_000;
    for (let i = 0; i < 20; i++) await cache.get('a');
    expect(state.asked).toBe(2);
    state.mode = 'up';
    state.rows.set('a', 'key-a-changed');
    state.time = 11_000;
    expect(await cache.get('a')).toBe('key-a-changed');
  });

  it('waits for a database that hangs no longer than its limit', async () => {
    const { state, cache } = setUp({ timeoutMs: 5 });
    state.rows.set('a', 'key-a');
    await cache.get('a');
    state.mode = 'hangs';
    state.time = 10_000;
    expect(await cache.get('a')).toBe('key-a');
  });

  it('remembers no more than its limit, and forgets whom it asked for longest ago', async () => {
    const { state, cache } = setUp({ maxKeys: 2 });
    for (const lookup of ['a', 'b', 'c']) await cache.get(lookup);
    expect(state.asked).toBe(3);
    await cache.get('c');
    await cache.get('b');
    expect(state.asked).toBe(3);
    await cache.get('a');
    expect(state.asked).toBe(4);
  });

  it('forgets no key it knows because many wrong ones are tried', async () => {
    const { state, cache } = setUp({ maxKeys: 2 });
    state.rows.set('a', 'key-a');
    await cache.get('a');
    for (let guess = 0; guess < 10; guess++) await cache.get(`guess ${guess}`);
    state.mode = 'away';
    state.time = 60_000;
    expect(await cache.get('a')).toBe('key-a');
  });
});

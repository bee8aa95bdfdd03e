import { describe, expect, it } from 'vitest';
import { describeCache } from './conformance';
import { openMemoryCache } from './memory';

describeCache('memory', () => {
  let time = 0;
  return {
    cache: openMemoryCache({ now: () => time }),
    async wait(ms) {
      time += ms;
    },
  };
});

describe('memory cache', () => {
  it('is bounded, and forgets what was unused for longest', async () => {
    const cache = openMemoryCache({ maxEntries: 2 });
    for (const key of ['a', 'b']) await cache.set(key, key, { ttlMs: 1_000 });
    await cache.get('a');
    await cache.set('c', 'c', { ttlMs: 1_000 });
    expect(await cache.get('b')).toBeUndefined();
    expect(await cache.get('a')).toBe('a');
  });
});

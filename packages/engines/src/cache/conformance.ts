import { describe, expect, it } from 'vitest';
import type { Cache } from './port';

/** What every cache must do. `wait` passes time: real or faked. */
export function describeCache(
  name: string,
  open: () => { cache: Cache; wait(ms: number): Promise<void> },
): void {
  describe(`${name} as cache`, () => {
    it('keeps values apart from their source, until they expire or are deleted', async () => {
      const { cache, wait } = open();
      const value = { list: [1, 2] };
      await cache.set('k', value, { ttlMs: 1_000 });
      value.list.push(3);
      expect(await cache.get('k')).toEqual({ list: [1, 2] });
      expect(await cache.get('other')).toBeUndefined();
      await cache.delete('k');
      expect(await cache.get('k')).toBeUndefined();
      await cache.set('k', null, { ttlMs: 1_000 });
      expect(await cache.get('k')).toBeNull();
      await wait(1_001);
      expect(await cache.get('k')).toBeUndefined();
    });
  });
}

import type { Cache } from './port';

/** In process, bounded: the entry unused for longest goes first. */
export function openMemoryCache({ maxEntries = 10_000, now = Date.now } = {}): Cache {
  const entries = new Map<string, { json: string; expiresAt: number }>();
  return {
    async get<Value>(key: string): Promise<Value | undefined> {
      const entry = entries.get(key);
      if (!entry) return undefined;
      entries.delete(key);
      if (entry.expiresAt <= now()) return undefined;
      entries.set(key, entry);
      return JSON.parse(entry.json) as Value;
    },
    async set(key, value, { ttlMs }) {
      entries.delete(key);
      entries.set(key, { json: JSON.stringify(value), expiresAt: now() + ttlMs });
      if (entries.size > maxEntries) entries.delete(entries.keys().next().value!);
    },
    async delete(key) {
      entries.delete(key);
    },
  };
}

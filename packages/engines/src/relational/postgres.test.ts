import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { openPostgres } from './postgres';
import { isRelationalUnavailable } from './unavailable';

describe('openPostgres', () => {
  it('says unavailable when nothing answers', async () => {
    const store = openPostgres({ url: 'postgres://x:y@127.0.0.1:9/z', connectTimeoutMs: 500 });
    expect(await store.ping()).toBe(false);
    const error = await store.db.execute(sql`SELECT 1`).catch((caught: unknown) => caught);
    expect(isRelationalUnavailable(error)).toBe(true);
    await store.close();
  });

  it('knows outages by their code wherever in the chain they are, and nothing else', () => {
    const withCode = (code: string) => Object.assign(new Error('x'), { code });
    for (const code of ['ECONNREFUSED', '08006', '53300', '57P01', '57P03', '40001']) {
      expect(isRelationalUnavailable(withCode(code)), code).toBe(true);
      expect(isRelationalUnavailable(new Error('wrapped', { cause: withCode(code) })), code).toBe(true);
    }
    for (const code of ['23505', '42P01', '22P02', '28P01', 'ENOENT']) {
      expect(isRelationalUnavailable(withCode(code)), code).toBe(false);
    }
    expect(isRelationalUnavailable(undefined)).toBe(false);
  });
});

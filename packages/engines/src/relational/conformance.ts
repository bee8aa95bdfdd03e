import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Relational } from './port';
import { isRelationalUnavailable } from './unavailable';

/** What every relational store must do; run by each adapter's test against the real thing. */
export function describeRelational(name: string, open: () => Relational): void {
  describe(`${name} as relational store`, () => {
    let store: Relational;
    beforeAll(() => {
      store = open();
    });
    afterAll(() => store.close());

    it('answers, and is a Postgres that is new enough', async () => {
      expect(await store.ping()).toBe(true);
      const { rows } = await store.pool.query("SELECT current_setting('server_version_num')::int AS version");
      expect(rows[0].version).toBeGreaterThanOrEqual(150_000);
    });

    it('keeps whole transactions or nothing of them', async () => {
      const table = `t_${process.pid}`;
      await store.pool.query(`CREATE TABLE ${table} (n int)`);
      await expect(
        store.db.transaction(async (transaction) => {
          await transaction.execute(sql.raw(`INSERT INTO ${table} VALUES (1)`));
          throw new Error('changed my mind');
        }),
      ).rejects.toThrow('changed my mind');
      await store.db.transaction((transaction) =>
        transaction.execute(sql.raw(`INSERT INTO ${table} VALUES (2)`)),
      );
      expect((await store.pool.query(`SELECT n FROM ${table}`)).rows).toEqual([{ n: 2 }]);
    });

    it('orders text by code points', async () => {
      const { rows } = await store.pool.query(
        `SELECT array_agg(t ORDER BY t COLLATE "C") AS ordered FROM unnest(ARRAY['b','a','B','é','Z','_']) AS t`,
      );
      expect(rows[0].ordered).toEqual(['B', 'Z', '_', 'a', 'b', 'é']);
    });

    it('tells an outage from a mistake', async () => {
      const mistake = await store.db
        .execute(sql`SELECT 1 FROM no_such_table`)
        .catch((error: unknown) => error);
      expect(isRelationalUnavailable(mistake)).toBe(false);
      const killed = await store.db
        .execute(sql`SELECT pg_terminate_backend(pg_backend_pid())`)
        .catch((error: unknown) => error);
      expect(isRelationalUnavailable(killed)).toBe(true);
      // The pool goes on with another connection.
      expect(await store.ping()).toBe(true);
    });
  });
}

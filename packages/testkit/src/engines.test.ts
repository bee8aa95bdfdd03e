import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { startEngines } from './engines';

describe('startEngines', () => {
  it('brings all stores up, migrated, and leaves nothing behind', async () => {
    const engines = await startEngines();
    try {
      const tables = await engines.columnar.query<{ name: string }>({
        name: 'test.tables',
        sql: 'SHOW TABLES',
      });
      expect(tables.map(({ name }) => name)).toEqual(
        expect.arrayContaining(['observations', 'traces', 'scores', 'ingestion_events', 'deletions']),
      );
      const { rows } = await engines.relational.pool.query(
        "SELECT count(*)::int AS tables FROM information_schema.tables WHERE table_schema = 'public'",
      );
      expect(rows[0].tables).toBeGreaterThan(5);
      expect(await engines.queues.counts('empty')).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 });
      await engines.blob.put('k', new Uint8Array([1]));
      expect(await engines.blob.list('')).toEqual(['k']);
    } finally {
      await engines.stop();
    }
    expect(existsSync(engines.directory)).toBe(false);
    await expect(fetch(`${engines.urls.columnar}/ping`)).rejects.toThrow();
  });

  it('says which engine was not asked for', async () => {
    const engines = await startEngines({ relational: true });
    expect(() => engines.columnar).toThrow('columnar: true');
    expect(() => engines.queues).toThrow('queue: true');
    await engines.stop();
  });
});

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openClickHouse } from '@tracewell/engines/columnar/clickhouse';
import { type ClickHouseHost, startClickHouseHost } from '@tracewell/engines/columnar/embedded/launch';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMigrationFiles } from './files';
import { migrateClickHouse, renderMigrations } from './migrate';

const templates = fileURLToPath(new URL('../../clickhouse', import.meta.url));

describe('the DDL of a cluster', () => {
  it('is what was reviewed', async () => {
    await expect(renderMigrations({ database: 'tracewell', cluster: 'main' })).toMatchFileSnapshot(
      './cluster.golden.sql',
    );
  });

  it('is on the cluster, replicated and remembering, in every statement', () => {
    const statements = renderMigrations({ database: 'tracewell', cluster: 'main' }).split(';\n');
    for (const statement of statements.filter((text) => /^CREATE/.test(text.trim()))) {
      expect(statement).toContain('ON CLUSTER main');
      if (/CREATE TABLE/.test(statement)) expect(statement).toMatch(/ENGINE = Replicated\w*MergeTree\(/);
      expect(statement).not.toMatch(/[{}]/);
    }
  });
});

describe('migrateClickHouse', () => {
  const directory = mkdtempSync(join(tmpdir(), 'tracewell-migrate-'));
  let host: ClickHouseHost;
  let store: Columnar;
  beforeAll(async () => {
    host = await startClickHouseHost({ directory: join(directory, 'data'), memoryBytes: 1024 ** 3 });
    store = openClickHouse({ ...host, database: 'default' });
  });
  afterAll(async () => {
    await store?.close();
    await host?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  const copyOfTemplates = (name: string) => {
    const folder = join(directory, name);
    cpSync(templates, folder, { recursive: true });
    return folder;
  };
  const tablesOf = async (database: string) =>
    (
      await store.query<{ name: string }>({
        name: 'test',
        sql: 'SELECT name FROM system.tables WHERE database = {database:String} ORDER BY name',
        params: { database },
      })
    ).map(({ name }) => name);

  it('applies every file once', async () => {
    const names = readMigrationFiles().map(({ name }) => name);
    expect(names.length).toBeGreaterThanOrEqual(5);
    expect(await migrateClickHouse(store)).toEqual(names);
    expect(await migrateClickHouse(store)).toEqual([]);
    expect(await tablesOf('tracewell')).toEqual(
      expect.arrayContaining(['deletions', 'ingestion_events', 'observations', 'scores', 'traces']),
    );
  });

  it('goes on where it was cut off, and lets several processes try at once', async () => {
    const folder = copyOfTemplates('cut');
    writeFileSync(
      join(folder, '9000_fails.sql'),
      'CREATE TABLE IF NOT EXISTS {database}.half (a UInt8) ENGINE = {engine:MergeTree()} ORDER BY a;\nSELECT no_such_column;',
    );
    await expect(migrateClickHouse(store, { database: 'cut', folder })).rejects.toMatchObject({ code: 47 });
    expect(await tablesOf('cut')).toContain('half');
    writeFileSync(
      join(folder, '9000_fails.sql'),
      'CREATE TABLE IF NOT EXISTS {database}.half (a UInt8) ENGINE = {engine:MergeTree()} ORDER BY a;',
    );
    const both = await Promise.all([
      migrateClickHouse(store, { database: 'cut', folder }),
      migrateClickHouse(store, { database: 'cut', folder }),
    ]);
    expect(both.flat()).toContain('9000_fails.sql');
    expect(await migrateClickHouse(store, { database: 'cut', folder })).toEqual([]);
  });

  it('refuses a file that changed after it was applied, but not a comment in it', async () => {
    const folder = copyOfTemplates('changed');
    await migrateClickHouse(store, { database: 'changed', folder });
    const file = join(folder, '0003_scores.sql');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, `-- More is said here;\n${text}`);
    expect(await migrateClickHouse(store, { database: 'changed', folder })).toEqual([]);
    writeFileSync(file, text.replace('comment String', 'remark String'));
    await expect(migrateClickHouse(store, { database: 'changed', folder })).rejects.toThrow(
      '0003_scores.sql',
    );
  });

  it('names the folder it did not find', async () => {
    await expect(migrateClickHouse(store, { folder: join(directory, 'none') })).rejects.toThrow(
      'TRACEWELL_CLICKHOUSE_MIGRATIONS',
    );
  });

  it('keeps an index of traces that neither order nor repetition changes', async () => {
    const row = (over: Record<string, unknown>) =>
      JSON.stringify({
        project_id: 'p',
        trace_id: 't',
        level: 'DEFAULT',
        row_version: 1,
        is_deleted: 0,
        ...over,
      });
    const observations = [
      row({
        id: 'root',
        kind: 'observation',
        name: 'chain',
        start_time: '2026-01-01 00:00:01.000001',
        user_id: 'u1',
        trace_name: 'first',
        tags: ['a'],
        environment: 'prod',
      }),
      row({
        id: 'leaf',
        kind: 'observation',
        parent_observation_id: 'root',
        name: 'model',
        start_time: '2026-01-01 00:00:02',
        user_id: 'u2',
      }),
      row({
        id: '',
        kind: 'trace',
        start_time: '2026-01-01 00:00:01',
        trace_name: 'said',
        row_version: 5,
        public: true,
      }),
      row({
        id: '',
        kind: 'trace',
        start_time: '2026-01-01 00:00:01',
        trace_name: 'said before',
        row_version: 2,
      }),
      row({ id: 'gone', kind: 'observation', name: 'x', start_time: '2026-01-01 00:00:09', is_deleted: 1 }),
    ];
    const indexAfter = async (database: string, rows: string[]) => {
      const migrated = openClickHouse({ ...host, database });
      await migrateClickHouse(store, { database });
      for (const one of rows) await migrated.insert({ name: 'test', table: 'observations', rows: [one] });
      const found = await migrated.query({ name: 'test', sql: 'SELECT * FROM traces FINAL' });
      await migrated.close();
      return found;
    };
    const once = await indexAfter('forwards', observations);
    expect(once).toMatchObject([
      {
        first_start: '2026-01-01 00:00:01.000000',
        last_start: '2026-01-01 00:00:02.000000',
        record: { name: 'said', row_version: '5', public: 1 },
        trace_name: { value: 'first' },
        root_name: { value: 'chain' },
        user_id: { value: 'u2' },
        tags: { value: ['a'] },
        environment: { value: 'prod' },
      },
    ]);
    expect(await indexAfter('backwards', [...observations.toReversed(), ...observations])).toEqual(once);
  });
});

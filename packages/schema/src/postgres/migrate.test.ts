import { readFileSync } from 'node:fs';
import { openPostgres } from '@tracewell/engines/relational/postgres';
import { startEngines, type TestEngines } from '@tracewell/testkit/engines';
import { generateDrizzleJson, generateMigration } from 'drizzle-kit/api';
import { getTableName, isTable } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { migratePostgres } from './migrate';
import * as tables from './tables';

const folder = new URL('../../postgres/', import.meta.url);
const readJson = (path: string) => JSON.parse(readFileSync(new URL(path, folder), 'utf8'));

const tableNames = Object.values(tables)
  .filter((table) => isTable(table))
  .map((table) => getTableName(table))
  .sort();

describe('the committed migrations', () => {
  it('lead to the tables of the code: run `npm run generate -w @tracewell/schema` after a change', async () => {
    const { entries } = readJson('meta/_journal.json') as { entries: { idx: number }[] };
    const last = String(entries.at(-1)!.idx).padStart(4, '0');
    const snapshot = readJson(`meta/${last}_snapshot.json`);
    const now = generateDrizzleJson({ ...tables }, snapshot.id);
    expect(await generateMigration(snapshot, now)).toEqual([]);
  });
});

describe('migratePostgres', () => {
  let engines: TestEngines;
  beforeAll(async () => {
    engines = await startEngines({ relational: true });
  });
  afterAll(() => engines?.stop());

  /** A database of its own, with nothing in it. */
  async function createDatabase(name: string) {
    await engines.relational.pool.query(`CREATE DATABASE ${name}`);
    const url = new URL(engines.urls.relational);
    url.pathname = `/${name}`;
    return openPostgres({ url: url.href });
  }
  const tablesOf = async (relational: ReturnType<typeof openPostgres>): Promise<string[]> => {
    const { rows } = await relational.pool.query(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' ORDER BY 1`,
    );
    return rows.map(({ name }: { name: string }) => name);
  };

  it('is safe for several processes that start at once, and does nothing the second time', async () => {
    const several = await createDatabase('several');
    await Promise.all(Array.from({ length: 5 }, () => migratePostgres(several)));
    await migratePostgres(several);
    expect(await tablesOf(several)).toEqual(tableNames);
    await several.close();
  });

  it('holds what keys and roles may be', async () => {
    const { pool } = engines.relational;
    await pool.query(`INSERT INTO organizations (id, name) VALUES ('o', 'O')`);
    await pool.query(`INSERT INTO users (id, name, email) VALUES ('u', 'U', 'u@x.test')`);
    const key = (columns: string, values: string) =>
      pool.query(
        `INSERT INTO api_keys (id, public_key, fast_hashed_secret_key, display_secret_key, ${columns}) VALUES ('k', 'p', 'h', 'd', ${values})`,
      );
    await expect(key('scope', `'PROJECT'`)).rejects.toThrow(/api_keys_owner/);
    await expect(key('scope, organization_id', `'PROJECT', 'o'`)).rejects.toThrow(/api_keys_owner/);
    await expect(
      pool.query(
        `INSERT INTO organization_memberships (organization_id, user_id, role) VALUES ('o', 'u', 'KING')`,
      ),
    ).rejects.toThrow(/organization_memberships_role/);
  });

  it('says where it looked when there is no migration', async () => {
    await expect(migratePostgres(engines.relational, { folder: '/nowhere' })).rejects.toThrow(
      /\/nowhere.*TRACEWELL_POSTGRES_MIGRATIONS/,
    );
  });
});

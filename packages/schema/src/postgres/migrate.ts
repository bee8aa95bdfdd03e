import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import type { Pool } from 'pg';

/** Any process may start first: one migrates, the others wait here until it is done. */
const migrationLock = 7_240_114_001;
const lockTimeoutMs = 120_000;

export interface MigrateOptions {
  /** Folder with the SQL files and `meta/_journal.json`; else the environment's, else found beside this code. */
  folder?: string;
}

/**
 * Brings Postgres to the newest committed migration. Safe to call from several processes at once; does nothing
 * when there is nothing to do. Throws when a migration fails, and then nothing of it stays.
 */
export async function migratePostgres(
  relational: { readonly pool: Pool },
  options: MigrateOptions = {},
): Promise<void> {
  const migrationsFolder = findMigrations(options.folder);
  // A session lock needs a connection of its own, which is discarded: a lock can never leak into the pool.
  const client = await relational.pool.connect();
  try {
    // A migration may take longer than any statement of a request.
    await client.query(`SET lock_timeout = ${lockTimeoutMs}; SET statement_timeout = 0`);
    await client.query('SELECT pg_advisory_lock($1)', [migrationLock]);
    await migrate(drizzle(client), { migrationsFolder });
    await client.query('SELECT pg_advisory_unlock($1)', [migrationLock]);
  } finally {
    client.release(true);
  }
}

/** From source the SQL lies in the package; a bundle carries a copy beside it. */
function findMigrations(folder?: string): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const named = folder ?? process.env.TRACEWELL_POSTGRES_MIGRATIONS;
  const candidates = named
    ? [named]
    : [join(here, '../../postgres'), join(here, 'schema/postgres'), join(here, 'postgres')];
  const found = candidates.find((candidate) => existsSync(join(candidate, 'meta/_journal.json')));
  if (!found) {
    throw new Error(
      `No Postgres migrations in ${candidates.join(' or ')}: set TRACEWELL_POSTGRES_MIGRATIONS to the folder that holds meta/_journal.json.`,
    );
  }
  return found;
}

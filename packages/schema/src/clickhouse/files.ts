import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface MigrationFile {
  /** `0001_observations.sql`; files are applied in the order of their names. */
  name: string;
  template: string;
}

/** The templates of a folder in order; from source, or from beside a bundle, unless a folder is named. */
export function readMigrationFiles(folder?: string): MigrationFile[] {
  const found = findFolder(folder);
  return sqlFilesOf(found).map((name) => ({ name, template: readFileSync(join(found, name), 'utf8') }));
}

const sqlFilesOf = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name))
    .sort();

function findFolder(folder: string | undefined): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const named = folder ?? process.env.TRACEWELL_CLICKHOUSE_MIGRATIONS;
  const candidates = named
    ? [named]
    : [
        join(here, '../../clickhouse'),
        join(here, 'schema/clickhouse'),
        join(here, 'clickhouse'),
        join(here, '../../../packages/schema/clickhouse'),
      ];
  const found = candidates.find((candidate) => existsSync(candidate) && sqlFilesOf(candidate).length > 0);
  if (found) return found;
  throw new Error(
    `No ClickHouse migrations in ${candidates.join(' or ')}: set TRACEWELL_CLICKHOUSE_MIGRATIONS to the folder that holds 0001_observations.sql.`,
  );
}

import { createHash } from 'node:crypto';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { type MigrationFile, readMigrationFiles } from './files';
import { type DdlTarget, renderDdl, splitStatements } from './render';

export const defaultDatabase = 'tracewell';

export interface MigrateClickHouseOptions {
  /** The database to make and fill. Default `tracewell`. */
  database?: string;
  /** Cluster of the server's configuration; the tables are then replicated and made on all of its nodes. */
  cluster?: string;
  /** Folder of the templates; else the environment's, else found beside this code. */
  folder?: string;
}

/**
 * Brings ClickHouse to the newest migration and returns the names of the files that were applied. The
 * connection must be open on a database that exists already (`default`), as the target may not.
 *
 * There are no transactions here: a file is recorded when all of its statements have run, each of them must be
 * repeatable (IF NOT EXISTS), and one that was cut off runs again from its start. Several processes may migrate
 * at the same time. Throws when a recorded file has changed since.
 */
export async function migrateClickHouse(
  columnar: Columnar,
  options: MigrateClickHouseOptions = {},
): Promise<string[]> {
  const target: DdlTarget = { database: options.database ?? defaultDatabase, cluster: options.cluster };
  const files = readMigrationFiles(options.folder);
  await prepare(columnar, target);
  const applied = await readApplied(columnar, target);
  const now: string[] = [];
  for (const file of files) {
    const checksum = checksumOf(file);
    const recorded = applied.get(file.name);
    if (recorded === checksum) continue;
    if (recorded !== undefined) {
      throw new Error(
        `ClickHouse migration ${file.name} was applied in another form than it has now. Restore it, and put the change into a new file.`,
      );
    }
    for (const statement of splitStatements(renderDdl(file.template, target))) {
      await columnar.command({ name: `migrate.${file.name}`, sql: statement });
    }
    await columnar.insert({
      name: 'migrate.record',
      table: `${target.database}.schema_migrations`,
      rows: [JSON.stringify({ name: file.name, checksum })],
    });
    now.push(file.name);
  }
  return now;
}

const bookkeeping = `
CREATE DATABASE IF NOT EXISTS {database} {on_cluster} ENGINE = Atomic;
CREATE TABLE IF NOT EXISTS {database}.schema_migrations {on_cluster}
(
  name String,
  checksum String,
  applied_at DateTime64(3, 'UTC') DEFAULT now64(3)
)
ENGINE = {engine:MergeTree()}
ORDER BY name;`;

async function prepare(columnar: Columnar, target: DdlTarget): Promise<void> {
  for (const sql of splitStatements(renderDdl(bookkeeping, target))) {
    await columnar.command({ name: 'migrate.prepare', sql });
  }
}

async function readApplied(columnar: Columnar, { database }: DdlTarget): Promise<Map<string, string>> {
  const rows = await columnar.query<{ name: string; checksum: string }>({
    name: 'migrate.applied',
    sql: `SELECT name, argMin(checksum, applied_at) AS checksum FROM ${database}.schema_migrations GROUP BY name`,
  });
  return new Map(rows.map(({ name, checksum }) => [name, checksum]));
}

/** Of the statements with their blanks folded: a comment or a line break is no change. */
const checksumOf = ({ template }: MigrationFile): string =>
  createHash('sha256').update(splitStatements(template).join(';\n').replace(/\s+/g, ' ')).digest('hex');

/** All statements in the order they run, as text: for review, and for those who apply DDL by hand. */
export function renderMigrations(target: DdlTarget, folder?: string): string {
  const statements = [
    ...splitStatements(renderDdl(bookkeeping, target)),
    ...readMigrationFiles(folder).flatMap(({ template }) => splitStatements(renderDdl(template, target))),
  ];
  return `${statements.join(';\n\n')};\n`;
}

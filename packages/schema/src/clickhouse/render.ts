/** What a template of DDL is rendered for. */
export interface DdlTarget {
  database: string;
  /** Name of the cluster as the server knows it; without it the tables are those of a single node. */
  cluster?: string;
}

/** Insert tokens a table remembers: a batch sent again within them is written once. */
const rememberedInserts = 1_000;
const replicatedRememberedInserts = 10_000;
const replicatedRememberedSeconds = 7 * 24 * 3600;

/**
 * One template, two shapes. On a cluster the engines are the replicated ones at the server's default path (the
 * table's UUID and the shard), so no path of ours has to be kept unique.
 * Throws when a name could not stand in SQL as it is, or a placeholder is unknown.
 */
export function renderDdl(template: string, { database, cluster }: DdlTarget): string {
  requireName('database', database);
  if (cluster !== undefined) requireName('cluster', cluster);
  return template
    .replace(/\{engine:(\w+)\(([^)]*)\)\}/g, (_, engine: string, args: string) =>
      cluster === undefined ? `${engine}(${args})` : `Replicated${engine}(${args})`,
    )
    .replace(/\{(\w+)\}/g, (placeholder, name: string) => {
      if (name === 'database') return database;
      if (name === 'on_cluster') return cluster === undefined ? '' : `ON CLUSTER ${cluster}`;
      if (name === 'dedup_window') return renderWindow(cluster !== undefined);
      throw new Error(`The DDL template has an unknown placeholder ${placeholder}.`);
    });
}

const renderWindow = (replicated: boolean): string =>
  replicated
    ? `replicated_deduplication_window = ${replicatedRememberedInserts}, ` +
      `replicated_deduplication_window_seconds = ${replicatedRememberedSeconds}`
    : `non_replicated_deduplication_window = ${rememberedInserts}`;

function requireName(what: string, name: string): void {
  if (/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name)) return;
  throw new Error(
    `The ${what} name "${name}" is not usable: letters, digits and underscores, no digit first, at most 64.`,
  );
}

/**
 * The statements of a file without its comments, cut at semicolons outside quotes. Comments are dropped so that
 * editing one is no change of a migration.
 */
export function splitStatements(sql: string): string[] {
  const statements: string[] = [];
  let current = '';
  const token =
    /--[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\[\s\S]|''|[^'\\]+)*'|`(?:\\[\s\S]|[^`\\]+)*`|;|[^;'`/-]+|[\s\S]/g;
  for (const [found] of sql.matchAll(token)) {
    if (found === ';') {
      statements.push(current);
      current = '';
    } else if (!found.startsWith('--') && !found.startsWith('/*')) {
      current += found;
    }
  }
  statements.push(current);
  return statements
    .map((statement) =>
      statement
        .replace(/[ \t]+$/gm, '')
        .replace(/\n{2,}/g, '\n')
        .trim(),
    )
    .filter(Boolean);
}

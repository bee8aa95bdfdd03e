import { allOf, joinSql, Sql, sql, text } from './sql';

/**
 * The only way from a table name to SQL in this room: whoever wants rows of a table gets those of one project.
 */
export type Table = 'observations' | 'traces' | 'scores';

export interface Rows {
  /** Conditions on columns of the sorting key only: they hold for all versions of a row or for none. */
  key?: readonly Sql[];
  where?: readonly Sql[];
}

export class ProjectScope {
  constructor(readonly projectId: string) {
    if (projectId === '') throw new TypeError('A query without a project is refused.');
  }

  /**
   * One live row per key, the newest version; to be bounded by time or key. On `traces`, whose versions are
   * merged rather than replaced, group instead of asking for current rows.
   */
  current(table: 'observations' | 'scores', rows: Rows = {}): Sql {
    return sql`${tables[table]} FINAL PREWHERE ${this.#keyOf(rows)} WHERE ${allOf(rows.where ?? [])}`;
  }

  /** Every version of every row, also of rows a newer version withdraws: what holds for a row holds for one of them. */
  versions(table: Table, rows: Rows = {}): Sql {
    return sql`${tables[table]} WHERE ${joinSql([this.#keyOf(rows), allOf(rows.where ?? [])], ' AND ')}`;
  }

  #keyOf(rows: Rows): Sql {
    return joinSql([sql`project_id = ${text(this.projectId)}`, allOf(rows.key ?? [])], ' AND ');
  }
}

const tables: Record<Table, Sql> = {
  observations: new Sql(['observations'], []),
  traces: new Sql(['traces'], []),
  scores: new Sql(['scores'], []),
};

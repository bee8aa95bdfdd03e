import type { NodePgDatabase } from 'drizzle-orm/node-postgres';
import type { Pool } from 'pg';

/** Postgres: all that a person configures. The port lies at the driver: Drizzle over node-postgres. */
export interface Relational {
  readonly db: NodePgDatabase;
  readonly pool: Pool;
  ping(): Promise<boolean>;
  close(): Promise<void>;
}

import { drizzle } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import type { Relational } from './port';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database` */
  url: string;
  /** Connections of this process; counts against the server's `max_connections`. Default 10. */
  maxConnections?: number;
  /** How long a caller waits for a connection, ms, before it is told the store is unavailable. Default 5,000. */
  connectTimeoutMs?: number;
  /** Statements that run longer are cancelled, ms. Default 30,000. */
  statementTimeoutMs?: number;
}

/** Postgres by URL, embedded or not. Connects when the first statement comes. */
export function openPostgres(options: PostgresOptions): Relational {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections ?? 10,
    connectionTimeoutMillis: options.connectTimeoutMs ?? 5_000,
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    application_name: 'tracewell',
  });
  // An idle connection that breaks is replaced by the pool; unhandled, its event would end the process.
  pool.on('error', () => {});
  return {
    db: drizzle(pool),
    pool,
    async ping() {
      try {
        await pool.query('SELECT 1');
        return true;
      } catch {
        return false;
      }
    },
    close: () => pool.end(),
  };
}

import { randomUUID } from 'node:crypto';
import { type Call, quoteText, renderSetup } from './call';
import type { Connection, Engine } from './native';

/** A connection that has the database and settings of a call, for one statement. */
export interface Lease {
  connection: Connection;
  /** Ends the statement under way; the connection is not used again. */
  cancel(): void;
  /** `reusable`: a statement ran that leaves nothing behind in its connection, and it ended well. */
  giveBack(reusable: boolean): void;
}

interface PooledConnection {
  connection: Connection;
  /** Names its statements to the engine, which knows them by their settings only. */
  marker: string;
  /** The set-up without the marker: equal texts are equal set-ups. */
  setup: string;
}

/** Idle connections kept, all set-ups together; each holds some tens of kilobytes. */
const maxIdle = 16;

/**
 * Opening a connection and setting it up costs as much as a short read, and nearly all reads want the same
 * set-up: after a read its connection waits for the next call with exactly the same database and settings.
 * Whatever might leave a trace in its connection (SET, USE, temporary tables, a failure, a cancellation) closes
 * it instead.
 */
export class ConnectionPool {
  /** The one used last comes last. */
  readonly #idle: PooledConnection[] = [];
  #closed = false;

  constructor(private readonly engine: Engine) {}

  async take(call: Call): Promise<Lease> {
    const setup = renderSetup(call, '');
    const at = this.#idle.findLastIndex((one) => one.setup === setup);
    const [waiting] = at >= 0 ? this.#idle.splice(at, 1) : [];
    return this.#lease(waiting ?? (await this.#open(call, setup)));
  }

  /** Closes what waits, and from now on whatever is given back. */
  close(): void {
    this.#closed = true;
    for (const { connection } of this.#idle.splice(0)) connection.close();
  }

  async #open(call: Call, setup: string): Promise<PooledConnection> {
    const connection = this.engine.connect();
    const marker = randomUUID();
    try {
      await connection.run(renderSetup(call, marker));
    } catch (error) {
      connection.close();
      throw error;
    }
    return { connection, marker, setup };
  }

  #lease(taken: PooledConnection): Lease {
    let cancelled = false;
    let over = false;
    return {
      connection: taken.connection,
      cancel: () => {
        if (over || cancelled) return;
        cancelled = true;
        void cancelStatement(this.engine, taken.marker);
      },
      giveBack: (reusable) => {
        if (over) return;
        over = true;
        if (!reusable || cancelled || this.#closed) {
          taken.connection.close();
          return;
        }
        this.#idle.push(taken);
        if (this.#idle.length > maxIdle) this.#idle.shift()!.connection.close();
      },
    };
  }
}

/** From a second connection, without waiting: a synchronous KILL would wait for ever. */
async function cancelStatement(engine: Engine, marker: string): Promise<void> {
  const connection = engine.connect();
  try {
    await connection.run(`KILL QUERY WHERE Settings['log_comment'] = ${quoteText(marker)} ASYNC`);
  } catch (error) {
    process.stderr.write(`Cancelling a statement failed: ${String(error)}\n`);
  } finally {
    connection.close();
  }
}

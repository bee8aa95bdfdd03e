import { createRequire } from 'node:module';

/**
 * The engine's native door. Two of its entries (raw inserts, and queries whose parameters are passed on as they
 * came over the wire) are not part of chdb's public interface; the version is pinned exactly and every entry
 * used here is under the host's tests. Only the host process may load this: the addon dies in worker threads.
 */
interface Addon {
  CreateConnection(path: string, args?: readonly string[]): object | null;
  CloseConnection(connection: object): void;
  QueryAsyncConnection(
    connection: object,
    sql: string,
    format: string,
    params?: Record<string, string>,
  ): Promise<{ bytes: Buffer; elapsed: number; rowsRead: number; bytesRead: number }>;
  InsertRawAsyncConnection(
    connection: object,
    prefix: string,
    data: Buffer,
    countLines: boolean,
  ): Promise<{ elapsed: number; rowsWritten: number; bytesWritten: number }>;
  StreamQuery(connection: object, sql: string, format: string, params?: Record<string, string>): object;
  StreamFetch(stream: object): Promise<{ bytes: Buffer; numRows: number; done: boolean }>;
  StreamCancel(stream: object): void;
  DurableClassifyAsync(
    connection: object,
    sql: string,
    database: string,
  ): Promise<{ statementCount: number; queryClass: number }>;
}

export interface Engine {
  /** A connection of its own: settings, parameters and temporary tables of one never show in another. */
  connect(): Connection;
  /** Resolves when every connection was closed and the engine has shut down. */
  close(): Promise<void>;
}

export interface Connection {
  run(
    sql: string,
    options?: { format?: string; params?: Record<string, string> },
  ): Promise<{ bytes: Buffer; seconds: number; rowsRead: number; bytesRead: number }>;
  /** The data must hold no blank line: what follows one is executed as SQL. */
  insertLines(
    prefix: string,
    data: Buffer,
  ): Promise<{ rowsWritten: number; bytesWritten: number; seconds: number }>;
  stream(sql: string, options: { format: string; params?: Record<string, string> }): AsyncGenerator<Buffer>;
  /** How many statements the text holds (0 when it does not parse) and whether it only reads. */
  classify(sql: string): Promise<{ statements: number; reads: boolean }>;
  /** Closes when the statement under way, if any, has ended: closing under it would abort the engine. */
  close(): void;
}

/** Opens the data directory, exclusively. Throws when another process has it open. */
export function openEngine(directory: string, configFile: string): Engine {
  const require = createRequire(import.meta.url);
  // The package's main module adds process-wide hooks and locks of its own; its loader gives the bare addon.
  const loader = require.resolve('chdb').replace(/index\.(m?)js$/, 'dist/loader.js');
  const addon = (require(loader) as { loadNative(): Addon }).loadNative();
  const anchor = addon.CreateConnection(directory, [`--config-file=${configFile}`]);
  if (!anchor) throw new Error(`The data directory ${directory} cannot be opened.`);
  const open = new Set<Promise<void>>();

  return {
    connect() {
      const handle = addon.CreateConnection(directory);
      if (!handle) throw new Error('The engine gives no further connection.');
      const { connection, closed } = wrapConnection(addon, handle);
      open.add(closed);
      void closed.then(() => open.delete(closed));
      return connection;
    },
    async close() {
      while (open.size > 0) await Promise.all(open);
      addon.CloseConnection(anchor);
    },
  };
}

function wrapConnection(addon: Addon, handle: object): { connection: Connection; closed: Promise<void> } {
  let underWay: Promise<unknown> = Promise.resolve();
  let markClosed = () => {};
  const closed = new Promise<void>((resolve) => {
    markClosed = resolve;
  });
  let closing = false;

  function track<Value>(operation: Promise<Value>): Promise<Value> {
    underWay = Promise.allSettled([underWay, operation]);
    return operation;
  }

  const connection: Connection = {
    async run(sql, { format = 'TabSeparated', params } = {}) {
      const result = await track(
        params
          ? addon.QueryAsyncConnection(handle, sql, format, params)
          : addon.QueryAsyncConnection(handle, sql, format),
      );
      return {
        bytes: result.bytes,
        seconds: result.elapsed,
        rowsRead: result.rowsRead,
        bytesRead: result.bytesRead,
      };
    },
    async insertLines(prefix, data) {
      const result = await track(addon.InsertRawAsyncConnection(handle, prefix, data, true));
      return { rowsWritten: result.rowsWritten, bytesWritten: result.bytesWritten, seconds: result.elapsed };
    },
    async *stream(sql, { format, params }) {
      const stream = params
        ? addon.StreamQuery(handle, sql, format, params)
        : addon.StreamQuery(handle, sql, format);
      let ended = false;
      try {
        for (;;) {
          const chunk = await track(addon.StreamFetch(stream));
          if (chunk.done) {
            ended = true;
            return;
          }
          yield chunk.bytes;
        }
      } catch (error) {
        ended = true;
        throw error;
      } finally {
        if (!ended) addon.StreamCancel(stream);
      }
    },
    async classify(sql) {
      const result = await track(addon.DurableClassifyAsync(handle, sql, 'default'));
      return { statements: result.statementCount, reads: result.queryClass === 0 };
    },
    close() {
      if (closing) return;
      closing = true;
      void underWay.then(() => {
        addon.CloseConnection(handle);
        markClosed();
      });
    },
  };
  return { connection, closed };
}

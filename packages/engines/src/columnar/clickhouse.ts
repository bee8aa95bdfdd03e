import { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import {
  type ClickHouseClient,
  ClickHouseLogLevel,
  type ClickHouseSettings,
  createClient,
} from '@clickhouse/client';
import { toColumnarError } from './errors';
import type { Columnar, Insert, Statement } from './port';

export interface ClickHouseOptions {
  /** `http(s)://host:port` */
  url: string;
  database: string;
  username?: string;
  password?: string;
  /** Sockets at the same time. Default 16. */
  maxConnections?: number;
  /** How long an answer may take, ms. Default 60,000. */
  requestTimeoutMs?: number;
}

/** Reads are safe to repeat: a socket the server closed while it was idle is no outage. */
const maxReadAttempts = 3;

/** ClickHouse by URL, embedded or not, through its own client. Opens nothing before the first statement. */
export function openClickHouse(options: ClickHouseOptions): Columnar {
  const client = createClient({
    url: options.url,
    database: options.database,
    username: options.username ?? 'default',
    password: options.password ?? '',
    max_open_connections: options.maxConnections ?? 16,
    request_timeout: options.requestTimeoutMs ?? 60_000,
    application: 'tracewell',
    use_multipart_params_auto: true,
    keep_alive: { enabled: true, idle_socket_ttl: 2_500 },
    log: { level: ClickHouseLogLevel.OFF },
  });
  return {
    database: options.database,
    query: (statement) => readRows(client, statement),
    stream: (statement) => streamRows(client, statement),
    command: (statement) => runCommand(client, statement),
    insert: (insert) => insertRows(client, insert),
    async ping() {
      const answer = await client.ping({ select: false }).catch(() => undefined);
      return answer?.success === true;
    },
    close: () => client.close(),
  };
}

async function readRows<Row>(client: ClickHouseClient, statement: Statement): Promise<Row[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      const result = await client.query({
        ...baseParams(statement),
        query: statement.sql,
        format: 'JSONEachRow',
        clickhouse_settings: {
          ...outputSettings,
          // Threads of their own for what are some dozens of rows.
          output_format_parallel_formatting: 0,
          ...settingsOf(statement),
          // The result is buffered anyway; this way an error in the middle of it has a status of its own.
          wait_end_of_query: 1,
        },
      });
      return parseLines<Row>(await result.text());
    } catch (error) {
      if (attempt < maxReadAttempts && isStaleSocket(error) && !statement.signal?.aborted) {
        await wait(attempt * 20);
        continue;
      }
      throw toColumnarError(error, statement);
    }
  }
}

async function* streamRows<Row>(client: ClickHouseClient, statement: Statement): AsyncGenerator<Row, void> {
  const abort = new AbortController();
  const onAbort = () => abort.abort();
  statement.signal?.addEventListener('abort', onAbort, { once: true });
  if (statement.signal?.aborted) onAbort();
  try {
    const result = await client.query({
      ...baseParams(statement),
      abort_signal: abort.signal,
      query: statement.sql,
      format: 'JSONEachRow',
      clickhouse_settings: { ...outputSettings, ...settingsOf(statement) },
    });
    try {
      for await (const rows of result.stream<Row>()) {
        for (const row of rows) yield row.json() as Row;
      }
    } finally {
      result.close();
    }
  } catch (error) {
    throw toColumnarError(error, statement);
  } finally {
    statement.signal?.removeEventListener('abort', onAbort);
    abort.abort();
  }
}

async function runCommand(client: ClickHouseClient, statement: Statement): Promise<void> {
  try {
    await client.command({
      ...baseParams(statement),
      query: statement.sql,
      clickhouse_settings: { mutations_sync: '1', wait_end_of_query: 1, ...settingsOf(statement) },
    });
  } catch (error) {
    throw toColumnarError(error, statement);
  }
}

async function insertRows(client: ClickHouseClient, insert: Insert): Promise<void> {
  const { head, body } = renderRows(insert);
  if (!body) return;
  try {
    // Not the client's `insert`: that takes objects and would serialise every row once more.
    const { stream } = await client.exec({
      query: head,
      values: body,
      clickhouse_settings: {
        wait_end_of_query: 1,
        // A misspelt column must not be lost in silence.
        input_format_skip_unknown_fields: 0,
        // The rows of one batch are few; in how many months they lie is up to the clients.
        max_partitions_per_insert_block: '0',
        // A repeated insert fills what a crash kept from the views of a table that has the rows already.
        deduplicate_blocks_in_dependent_materialized_views: 1,
        ...(insert.deduplicationToken ? { insert_deduplication_token: insert.deduplicationToken } : {}),
        ...settingsOf(insert),
      },
    });
    await finished(stream.resume());
  } catch (error) {
    throw toColumnarError(error, insert);
  }
}

/** Every part of `column`, `table` or `database.table` as a quoted name. */
const quoteName = (name: string): string =>
  name
    .split('.')
    .map((part) => `\`${part.replace(/[\\`]/g, '\\$&')}\``)
    .join('.');

/** How rows are written, whatever the server's version and its profile's defaults. */
const outputSettings: ClickHouseSettings = {
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_decimals: 1,
  output_format_json_named_tuples_as_objects: 1,
};

const settingsOf = ({ settings }: { settings?: Record<string, string | number> }): ClickHouseSettings =>
  (settings ?? {}) as ClickHouseSettings;

const baseParams = (statement: Statement) => ({
  ...(statement.params ? { query_params: statement.params } : {}),
  ...(statement.signal ? { abort_signal: statement.signal } : {}),
});

const isStaleSocket = (error: unknown): boolean =>
  ['ECONNRESET', 'EPIPE'].includes(String((error as { code?: unknown } | null)?.code));

/** In this format a raw line end is always the end of a row, so the rows are parsed at one go. */
const parseLines = <Row>(text: string): Row[] =>
  text === '' ? [] : (JSON.parse(`[${text.trimEnd().replaceAll('\n', ',')}]`) as Row[]);

/** The statement and its data; no data when there are no rows. */
function renderRows({ table, rows, columns }: Insert): { head: string; body: Readable | null } {
  if (!('columns' in rows)) {
    const named = columns ? ` (${columns.map(quoteName).join(', ')})` : '';
    const head = `INSERT INTO ${quoteName(table)}${named} FORMAT JSONEachRow`;
    return { head, body: rows.length > 0 ? Readable.from(joinLines(rows), { objectMode: false }) : null };
  }
  const head = `INSERT INTO ${quoteName(table)} (${rows.columns.map(quoteName).join(', ')}) FORMAT RowBinary`;
  return {
    head,
    body: rows.rows.length > 0 ? Readable.from(joinBytes(rows.rows), { objectMode: false }) : null,
  };
}

/** Rows a piece: large enough to cost little, small enough not to hold the batch twice in memory. */
const rowsPerPiece = 200;

function* joinLines(rows: readonly string[]): Generator<Buffer> {
  for (let at = 0; at < rows.length; at += rowsPerPiece) {
    yield Buffer.from(`${rows.slice(at, at + rowsPerPiece).join('\n')}\n`);
  }
}

/** Rows that were written side by side go as one piece, without being copied. */
function* joinBytes(rows: readonly Uint8Array[]): Generator<Buffer> {
  let start = rows[0]!.byteOffset;
  let end = start;
  let memory = rows[0]!.buffer;
  for (const row of rows) {
    if (row.buffer !== memory || row.byteOffset !== end) {
      yield Buffer.from(memory, start, end - start);
      memory = row.buffer;
      start = row.byteOffset;
    }
    end = row.byteOffset + row.byteLength;
  }
  yield Buffer.from(memory, start, end - start);
}

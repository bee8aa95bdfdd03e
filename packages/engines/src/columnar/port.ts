/**
 * The columnar store: observations, scores and what is derived from them. Its SQL is ClickHouse's on every
 * adapter, so the port lies at the driver: a statement and its parameters in, rows out.
 */
export interface Columnar {
  /** The database every unqualified table name of a statement is looked up in. */
  readonly database: string;

  /**
   * Rows of a SELECT, parsed from JSONEachRow: 64-bit integers and Decimal as strings unless cast, DateTime64
   * as text. The result is buffered; bound it with LIMIT.
   * Throws `ColumnarUnavailable` when the store cannot be reached or is over a limit (retry later), and
   * `ColumnarError` when it refuses the statement.
   */
  query<Row>(statement: Statement): Promise<Row[]>;

  /** As `query`, row after row; breaking out of the loop cancels the statement in the store. */
  stream<Row>(statement: Statement): AsyncIterable<Row>;

  /** A statement without rows: DDL, ALTER, DELETE. Resolves when its effect is visible to the next query. */
  command(statement: Statement): Promise<void>;

  /** Resolves when every row is written and survives the loss of the process; all of them or none. */
  insert(insert: Insert): Promise<void>;

  /** Whether it answers at all. Never throws. */
  ping(): Promise<boolean>;

  close(): Promise<void>;
}

export interface Statement {
  /** Who asks, for logs and limits: `traces.list`. */
  name: string;
  sql: string;
  /** Values of `{name:Type}` placeholders; never spliced into the text. */
  params?: Record<string, unknown>;
  settings?: Record<string, string | number>;
  signal?: AbortSignal;
}

export interface Insert {
  name: string;
  table: string;
  /** One JSON object per row, serialised by JSON.stringify: no raw newline inside. Or rows in binary form. */
  rows: readonly string[] | BinaryRows;
  /** Which columns JSON rows may name; without it those that the table stores. */
  columns?: readonly string[];
  /** The same token is written once, as long as the store remembers it (see the tables' window). */
  deduplicationToken?: string;
  settings?: Record<string, string | number>;
}

/** Rows in ClickHouse's RowBinary, each with a value of every column named, in that order. */
export interface BinaryRows {
  columns: readonly string[];
  rows: readonly Uint8Array[];
}

/** The store is away, busy or full: the same call may succeed later. */
export class ColumnarUnavailable extends Error {
  override readonly name = 'ColumnarUnavailable';
}

/** The store understood and refused. `code` is ClickHouse's number. */
export class ColumnarError extends Error {
  override readonly name = 'ColumnarError';
  constructor(
    message: string,
    readonly code: number,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

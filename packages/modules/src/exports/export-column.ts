/** One column of an export: its name in every format, what it holds, and how it is read off a row. */
export interface ExportColumn<Row> {
  name: string;
  type: ExportType;
  /** null when the row has none. */
  value(row: Row): ExportValue;
}

/** `time`: ISO 8601 UTC, as text. `json`: any value, written as JSON where a format has no types of its own. */
export type ExportType = 'text' | 'integer' | 'number' | 'boolean' | 'time' | 'json';
export type ExportValue = string | number | boolean | object | null;

/** Rows in pieces, each small enough to be held in memory. */
export type RowPieces<Row> = AsyncIterable<readonly Row[]>;

/** Writes the pieces of a file as the rows come; what was written is not kept. */
export type WriteExport = <Row>(
  columns: readonly ExportColumn<Row>[],
  pieces: RowPieces<Row>,
) => AsyncGenerator<Uint8Array>;

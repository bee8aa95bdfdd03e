import { stringify } from 'csv-stringify/sync';
import type { ExportColumn, ExportValue, RowPieces } from './export-column';

/**
 * CSV (RFC 4180) in UTF-8 with a line of names. Spreadsheets run what begins like a formula, and the texts here are
 * whatever models and strangers wrote: such cells get an apostrophe before them.
 */
export async function* writeCsv<Row>(
  columns: readonly ExportColumn<Row>[],
  pieces: RowPieces<Row>,
): AsyncGenerator<Uint8Array> {
  yield encode([columns.map(({ name }) => name)]);
  for await (const rows of pieces) {
    if (rows.length > 0) yield encode(rows.map((row) => columns.map((column) => cell(column.value(row)))));
  }
}

const encode = (lines: readonly (readonly (string | number)[])[]): Uint8Array =>
  Buffer.from(
    stringify(
      lines.map((line) => [...line]),
      // The library quotes the record's delimiter only; readers take either half of it for the end of a line.
      { escape_formulas: true, record_delimiter: 'windows', quoted_match: /[\r\n]/ },
    ),
  );

/** Numbers stay numbers: a negative one is no formula. */
function cell(value: ExportValue): string | number {
  if (value === null) return '';
  if (typeof value === 'number') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

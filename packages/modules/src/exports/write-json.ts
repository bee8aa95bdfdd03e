import type { ExportColumn, RowPieces } from './export-column';

/** One JSON array. */
export async function* writeJson<Row>(
  columns: readonly ExportColumn<Row>[],
  pieces: RowPieces<Row>,
): AsyncGenerator<Uint8Array> {
  let before = '[\n';
  for await (const rows of pieces) {
    if (rows.length === 0) continue;
    yield Buffer.from(before + rows.map((row) => objectOf(columns, row)).join(',\n'));
    before = ',\n';
  }
  yield Buffer.from(before === ',\n' ? '\n]\n' : '[]\n');
}

/** One JSON object a line. */
export async function* writeJsonLines<Row>(
  columns: readonly ExportColumn<Row>[],
  pieces: RowPieces<Row>,
): AsyncGenerator<Uint8Array> {
  for await (const rows of pieces) {
    if (rows.length > 0) yield Buffer.from(rows.map((row) => `${objectOf(columns, row)}\n`).join(''));
  }
}

const objectOf = <Row>(columns: readonly ExportColumn<Row>[], row: Row): string =>
  JSON.stringify(Object.fromEntries(columns.map((column) => [column.name, column.value(row)])));

import { type BasicType, ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import type { ExportColumn, ExportType, ExportValue, RowPieces } from './export-column';

/**
 * Rows that are written together. A group's statistics stay in memory until the file ends, so groups are not too
 * small; its values do too until it is written, so it is closed early when they are large.
 */
const rowsPerGroup = 5_000;
const bytesPerGroup = 32 * 1024 * 1024;

/** Parquet, compressed by Snappy, a row group at a time. */
export async function* writeParquet<Row>(
  columns: readonly ExportColumn<Row>[],
  pieces: RowPieces<Row>,
): AsyncGenerator<Uint8Array> {
  const sink = new ByteWriter();
  const file = new ParquetWriter({
    writer: sink,
    schema: schemaFromColumnData({
      columnData: columns.map(({ name, type }) => ({ name, data: [], type: parquetTypes[type] })),
    }),
    createdBy: 'Tracewell',
  });
  let values: unknown[][] = columns.map(() => []);
  let rows = 0;
  let bytes = 0;
  const take = (): Uint8Array => {
    const written = sink.getBytes().slice();
    // Places in the file are counted by `offset`; `index` is only where in the buffer the next byte goes.
    sink.index = 0;
    return written;
  };
  const writeGroup = async (): Promise<Uint8Array> => {
    await file.write({
      columnData: columns.map(({ name, type }, at) => ({
        name,
        data: values[at]!,
        type: parquetTypes[type],
      })),
      rowGroupSize: rows,
    });
    values = columns.map(() => []);
    rows = 0;
    bytes = 0;
    return take();
  };
  for await (const piece of pieces) {
    for (const row of piece) {
      for (const [at, column] of columns.entries()) {
        const value = column.value(row);
        values[at]!.push(toParquet(column.type, value));
        if (typeof value === 'string') bytes += value.length;
        else if (typeof value === 'object') bytes += JSON.stringify(value).length;
      }
      rows += 1;
      if (rows >= rowsPerGroup || bytes >= bytesPerGroup) yield await writeGroup();
    }
  }
  if (rows > 0) yield await writeGroup();
  await file.finish();
  yield take();
}

const parquetTypes: Record<ExportType, BasicType> = {
  text: 'STRING',
  integer: 'INT64',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  time: 'TIMESTAMP',
  json: 'JSON',
};

function toParquet(type: ExportType, value: ExportValue): unknown {
  if (value === null) return null;
  if (type === 'integer') return BigInt(value as number);
  if (type === 'time') return new Date(value as string);
  return value;
}

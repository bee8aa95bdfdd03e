import type { ExportFormat } from '@tracewell/contract';
import type { ExportColumn, RowPieces } from './export-column';
import { formats } from './formats';

/** A file that is made while it is read. */
export interface ExportFile {
  contentType: string;
  fileName: string;
  pieces: AsyncIterable<Uint8Array>;
}

/**
 * `name` without its extension. The first piece of rows is read before anything is promised: what is wrong with the
 * request is thrown here, not in the middle of the file.
 */
export async function createExportFile<Row>(
  name: string,
  format: ExportFormat,
  columns: readonly ExportColumn<Row>[],
  pieces: AsyncGenerator<readonly Row[]>,
): Promise<ExportFile> {
  const { contentType, extension, write } = formats[format];
  const first = await pieces.next();
  return { contentType, fileName: `${name}.${extension}`, pieces: write(columns, goOn(first, pieces)) };
}

async function* goOn<Row>(
  first: IteratorResult<readonly Row[]>,
  rest: AsyncGenerator<readonly Row[]>,
): RowPieces<Row> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}

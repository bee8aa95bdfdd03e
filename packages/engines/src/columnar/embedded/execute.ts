import { rm, writeFile } from 'node:fs/promises';
import type { Body } from './body';
import { type Call, quoteText } from './call';
import { refuse } from './failure';
import type { Connection } from './native';
import { readStatementShape, type StatementShape } from './statement';

/** What goes back to the client: everything at once, or piece by piece. */
export type Result =
  | {
      kind: 'whole';
      format: string;
      bytes: Buffer;
      summary: Summary;
      /** Nothing of the statement stays in its connection: it was one SELECT. */
      leavesNothing: boolean;
    }
  | { kind: 'stream'; format: string; chunks: AsyncGenerator<Buffer> };

export interface Summary {
  readRows: number;
  readBytes: number;
  writtenRows: number;
  writtenBytes: number;
  seconds: number;
}

/** Formats whose text is one row after another; the others come out broken when they are cut to pieces. */
const rowFormats = new Set([
  'JSONEachRow',
  'JSONCompactEachRow',
  'NDJSON',
  'TabSeparated',
  'TSV',
  'CSV',
  'RowBinary',
]);

/** Formats whose rows may be given inline to the engine, when no line of them is blank. */
const lineFormats = new Set(['JSONEachRow', 'NDJSON', 'JSONLines', 'JSONCompactEachRow']);

/** The statement and the data a request carries, wherever it put them. */
export function splitStatement(
  call: Call,
  body: Body,
): { sql: string; shape: StatementShape; data: Body | undefined } {
  if (call.urlQuery !== undefined) {
    const shape = readStatementShape(call.urlQuery);
    if (shape.kind === 'insert-data') {
      if (call.urlQuery.slice(shape.dataAt).trim() !== '') {
        throw refuse.badArgument('Data of an INSERT in the URL goes to the body.');
      }
      return { sql: call.urlQuery, shape, data: body };
    }
    const rest = body.kind === 'memory' ? body.bytes.toString('utf8') : '';
    return { sql: rest === '' ? call.urlQuery : `${call.urlQuery}\n${rest}`, shape, data: undefined };
  }
  if (body.kind !== 'memory') throw refuse.tooLarge('The statement is too long.');
  const latin = body.bytes.toString('latin1');
  const shape = readStatementShape(latin);
  if (shape.kind === 'other') return { sql: body.bytes.toString('utf8'), shape, data: undefined };
  const asText = (part: string) => Buffer.from(part, 'latin1').toString('utf8');
  return {
    sql: asText(latin.slice(0, shape.dataAt)),
    shape: { ...shape, head: asText(shape.head), settings: asText(shape.settings) },
    data: { kind: 'memory', bytes: body.bytes.subarray(shape.dataAt) },
  };
}

/** Runs one statement. `spoolPath` names a file that may be written and is deleted when the statement ended. */
export async function execute(
  connection: Connection,
  call: Call,
  body: Body,
  spoolPath: string,
): Promise<Result> {
  const { sql, shape, data } = splitStatement(call, body);
  if (shape.kind === 'insert-data' && data) return insertData(connection, shape, data, spoolPath);
  const { statements, reads } = await classify(connection, sql);
  if (statements > 1 || (statements === 0 && shape.kind === 'other' && shape.hasSeparator)) {
    throw refuse.syntax('Syntax error: one request holds one statement');
  }
  const format = (shape.kind === 'other' ? shape.format : undefined) ?? call.defaultFormat ?? 'TabSeparated';
  const params = Object.keys(call.params).length > 0 ? call.params : undefined;
  const selects = reads && shape.kind === 'other' && (shape.verb === 'SELECT' || shape.verb === 'WITH');
  if (selects && !call.buffered && rowFormats.has(format)) {
    return { kind: 'stream', format, chunks: connection.stream(sql, { format, params }) };
  }
  const result = await connection.run(sql, { format, params });
  return {
    kind: 'whole',
    format,
    bytes: result.bytes,
    leavesNothing: selects && statements === 1,
    summary: {
      readRows: result.rowsRead,
      readBytes: result.bytesRead,
      writtenRows: 0,
      writtenBytes: 0,
      seconds: result.seconds,
    },
  };
}

/**
 * Inline data ends at the first blank line and what follows is executed as SQL, so only lines that hold none go
 * inline; everything else is read by the engine from a file.
 */
async function insertData(
  connection: Connection,
  shape: Extract<StatementShape, { kind: 'insert-data' }>,
  data: Body,
  spoolPath: string,
): Promise<Result> {
  const { statements } = await classify(connection, `${shape.head} ${shape.settings} FORMAT ${shape.format}`);
  if (statements > 1) throw refuse.syntax('Syntax error: one request holds one statement');
  const empty = data.kind === 'memory' && data.bytes.length === 0;
  if (!empty && data.kind === 'memory' && lineFormats.has(shape.format) && hasNoBlankLine(data.bytes)) {
    const prefix = `${shape.head} ${shape.settings} FORMAT ${shape.format}`;
    const { rowsWritten, bytesWritten, seconds } = await connection.insertLines(prefix, data.bytes);
    return written(shape.format, rowsWritten, bytesWritten, seconds);
  }
  const path = data.kind === 'file' ? data.path : spoolPath;
  try {
    if (data.kind === 'memory') await writeFile(path, data.bytes, { flag: 'wx' });
    const result = await connection.run(
      `${shape.head} FROM INFILE ${quoteText(path)} COMPRESSION 'none' ${shape.settings} FORMAT ${shape.format}`,
    );
    return written(shape.format, result.rowsRead, result.bytesRead, result.seconds);
  } finally {
    await rm(path, { force: true });
  }
}

const written = (format: string, writtenRows: number, writtenBytes: number, seconds: number): Result => ({
  kind: 'whole',
  format,
  bytes: Buffer.alloc(0),
  leavesNothing: false,
  summary: { readRows: 0, readBytes: 0, writtenRows, writtenBytes, seconds },
});

/** Classes of statements seen lately: they depend on the text alone, and most texts come again and again. */
const classes = new Map<string, Awaited<ReturnType<Connection['classify']>>>();
const maxClasses = 500;
/** Characters; longer texts hold lists of their own and do not come again. */
const maxClassifiedText = 16_384;

async function classify(connection: Connection, sql: string): ReturnType<Connection['classify']> {
  const known = classes.get(sql);
  if (known) return known;
  const found = await connection.classify(sql);
  if (sql.length <= maxClassifiedText) {
    const [oldest] = classes.size >= maxClasses ? classes.keys() : [];
    if (oldest !== undefined) classes.delete(oldest);
    classes.set(sql, found);
  }
  return found;
}

/** Whether every line starts with something to see: then no line is blank, whatever the rows hold. */
export function hasNoBlankLine(bytes: Buffer): boolean {
  const isBlank = (byte: number | undefined) =>
    byte === 0x20 || (byte !== undefined && byte >= 0x09 && byte <= 0x0d);
  if (isBlank(bytes[0])) return false;
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) {
    if (isBlank(bytes[at + 1])) return false;
  }
  return true;
}

import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import type { ExportColumn, WriteExport } from './export-column';
import { writeCsv } from './write-csv';
import { writeJson, writeJsonLines } from './write-json';
import { writeParquet } from './write-parquet';

interface Row {
  id: string;
  count: number;
  cost: number | null;
  at: string;
  tags: string[];
  text: string;
}
const columns: ExportColumn<Row>[] = [
  { name: 'id', type: 'text', value: ({ id }) => id },
  { name: 'count', type: 'integer', value: ({ count }) => count },
  { name: 'cost', type: 'number', value: ({ cost }) => cost },
  { name: 'at', type: 'time', value: ({ at }) => at },
  { name: 'tags', type: 'json', value: ({ tags }) => tags },
  { name: 'text', type: 'json', value: ({ text }) => text },
];
const rowOf = (n: number): Row => ({
  id: `row ${n}`,
  count: n,
  cost: n % 2 ? -0.5 * n : null,
  at: new Date(1_700_000_000_000 + n).toISOString(),
  tags: [`a${n}`, 'b,"c"'],
  text: `line\n${n}; “ü”`,
});

async function* inPieces(...sizes: number[]): AsyncGenerator<Row[]> {
  let n = 0;
  for (const size of sizes) yield Array.from({ length: size }, () => rowOf(n++));
}
async function fileOf(write: WriteExport, ...sizes: number[]): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  for await (const piece of write(columns, inPieces(...sizes))) pieces.push(piece);
  return Buffer.concat(pieces);
}
const textOf = async (write: WriteExport, ...sizes: number[]) =>
  Buffer.from(await fileOf(write, ...sizes)).toString('utf8');
const objects = (count: number) => Array.from({ length: count }, (_, n) => rowOf(n));

describe('CSV', () => {
  it('quotes what needs it and has a line of names, even without rows', async () => {
    expect(await textOf(writeCsv)).toBe('id,count,cost,at,tags,text\r\n');
    expect(await textOf(writeCsv, 0, 2)).toBe(
      [
        'id,count,cost,at,tags,text',
        'row 0,0,,2023-11-14T22:13:20.000Z,"[""a0"",""b,\\""c\\""""]","line\n0; “ü”"',
        'row 1,1,-0.5,2023-11-14T22:13:20.001Z,"[""a1"",""b,\\""c\\""""]","line\n1; “ü”"',
        '',
      ].join('\r\n'),
    );
  });

  it.each(['=1+1', '+cmd', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '＝1'])(
    'has no cell that a spreadsheet would run: %j',
    async (id) => {
      const pieces: Buffer[] = [];
      const rows = (async function* () {
        yield [{ ...rowOf(1), id }];
      })();
      for await (const piece of writeCsv(columns.slice(0, 1), rows)) pieces.push(Buffer.from(piece));
      expect(Buffer.concat(pieces).toString('utf8')).toMatch(/^id\r\n"?'/);
    },
  );
});

describe('JSON', () => {
  it('is one array, however the rows came', async () => {
    for (const sizes of [[], [0], [1], [2, 0, 3]]) {
      const total = sizes.reduce((a, b) => a + b, 0);
      expect(JSON.parse(await textOf(writeJson, ...sizes))).toEqual(objects(total));
    }
  });
  it('is one object a line', async () => {
    const text = await textOf(writeJsonLines, 2, 0, 1);
    expect(text.endsWith('\n')).toBe(true);
    expect(
      text
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line)),
    ).toEqual(objects(3));
    expect(await textOf(writeJsonLines)).toBe('');
  });
});

describe('Parquet', () => {
  it.each([[[]], [[1]], [[4_000, 3_000, 5]]])('reads back, in pieces of %j', async (sizes) => {
    const bytes = await fileOf(writeParquet, ...sizes);
    const file = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
    const rows = await parquetReadObjects({ file });
    const total = sizes.reduce((a, b) => a + b, 0);
    expect(rows).toEqual(
      objects(total).map((row) => ({ ...row, count: BigInt(row.count), at: new Date(row.at) })),
    );
  });
});

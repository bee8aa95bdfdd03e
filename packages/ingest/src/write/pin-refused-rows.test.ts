import { ColumnarError, ColumnarUnavailable } from '@tracewell/engines/columnar/port';
import { describe, expect, it } from 'vitest';
import { createTableHistory, pinRefusedRows } from './pin-refused-rows';

/** A table that refuses rows for what they hold; `refuses` is its whole state. */
function openTable(refuses: (row: string) => boolean) {
  const table = { written: [] as string[], inserts: 0, refuses };
  return {
    table,
    async insert(rows: readonly { row: string }[]) {
      table.inserts++;
      if (rows.some(({ row }) => table.refuses(row))) throw new ColumnarError('cannot parse', 27);
      table.written.push(...rows.map(({ row }) => row));
    },
  };
}
const rowsOf = (...texts: string[]) => texts.map((row) => ({ row }));

describe('pinning of refused rows', () => {
  it('gives up refused rows beside accepted ones, and writes those', async () => {
    const { table, insert } = openTable((row) => row.startsWith('bad'));
    const rows = rowsOf('a', 'bad 1', 'b', 'c', 'bad 2', 'd');
    const refused = await pinRefusedRows(rows, createTableHistory(), insert);
    expect([...refused.keys()].map(({ row }) => row).sort()).toEqual(['bad 1', 'bad 2']);
    expect(table.written.sort()).toEqual(['a', 'b', 'c', 'd']);
  });

  it('gives nothing up where nothing is accepted, and soon stops trying', async () => {
    const { table, insert } = openTable(() => true);
    const rows = rowsOf(...Array.from({ length: 5_000 }, (_, n) => `row ${n}`));
    await expect(pinRefusedRows(rows, createTableHistory(), insert)).rejects.toThrow(ColumnarUnavailable);
    expect(table.inserts).toBeLessThan(60);
  });

  it('finds a few good rows among many bad ones, wherever they stand', async () => {
    const texts = Array.from({ length: 64 }, (_, n) => (n >= 48 ? 'good' : `bad ${n}`));
    const { insert } = openTable((row) => row !== 'good');
    expect((await pinRefusedRows(rowsOf(...texts), createTableHistory(), insert)).size).toBe(48);
  });

  it('gives up a row that came alone once the table accepted another after it', async () => {
    const { table, insert } = openTable((row) => row === 'bad');
    const history = createTableHistory();
    await pinRefusedRows(rowsOf('before'), history, insert);
    for (let attempt = 0; attempt < 3; attempt++) {
      await expect(pinRefusedRows(rowsOf('bad'), history, insert)).rejects.toThrow(ColumnarUnavailable);
    }
    await pinRefusedRows(rowsOf('after'), history, insert);
    expect((await pinRefusedRows(rowsOf('bad'), history, insert)).size).toBe(1);
    expect(table.written).toEqual(['before', 'after']);
    expect(history.suspects.size).toBe(0);
  });

  it('writes all of it when a table that refused everything is mended', async () => {
    const { table, insert } = openTable(() => true);
    const history = createTableHistory();
    const rows = rowsOf('a', 'b', 'c');
    await expect(pinRefusedRows(rows, history, insert)).rejects.toThrow(ColumnarUnavailable);
    table.refuses = () => false;
    expect((await pinRefusedRows(rows, history, insert)).size).toBe(0);
    expect(table.written.sort()).toEqual(['a', 'b', 'c']);
  });

  it('does not halve what is refused for the state of the store', async () => {
    let inserts = 0;
    const insert = async () => {
      inserts++;
      throw new ColumnarError('no such table', 60);
    };
    await expect(pinRefusedRows(rowsOf('a', 'b', 'c'), createTableHistory(), insert)).rejects.toThrow(
      'no such table',
    );
    expect(inserts).toBe(1);
  });
});

import { startEngines } from '@tracewell/testkit/engines';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInserter } from '../inserter';
import { UnstorableValue } from './column';
import { ingestionEventsTable } from './ingestion-events';
import { type ObservationRow, observationsTable } from './observations';
import { RowWriter } from './row-writer';
import { scoresTable } from './scores';

let engines: Awaited<ReturnType<typeof startEngines>>;
beforeAll(async () => {
  engines = await startEngines({ columnar: true });
});
afterAll(() => engines.stop());

const tables = [observationsTable, scoresTable, ingestionEventsTable];

describe('rows in binary form', () => {
  // A type that differs is not refused by the store: its bytes are read as another value.
  it.each(tables)(
    'names every column that is written to $name, with its type',
    async ({ name, columns, types }) => {
      const stored = await engines.columnar.query<{ name: string; type: string }>({
        name: 'test',
        sql: `SELECT name, type FROM system.columns
        WHERE database = currentDatabase() AND table = {name:String} AND default_kind IN ('', 'EPHEMERAL')`,
        params: { name },
      });
      expect(new Map(columns.map((column, n) => [column, types[n]]))).toEqual(
        new Map(stored.map((column) => [column.name, column.type])),
      );
    },
  );

  it('writes any text as the number of its bytes and its bytes', () => {
    const lengths = [
      0, 1, 23, 24, 25, 63, 64, 127, 128, 5461, 5462, 8191, 8192, 16383, 16384, 65_536, 65_537, 800_000,
    ];
    for (const character of ['a', 'ä', '語', '😀', '\ud800']) {
      for (const length of lengths) {
        const value = character.repeat(length);
        const writer = new RowWriter();
        writer.text(value);
        const bytes = Buffer.from(value, 'utf8');
        const row = Buffer.from(writer.endRow());
        const prefix = [];
        for (let rest = bytes.length; ; rest >>>= 7) {
          prefix.push(rest >= 0x80 ? (rest & 0x7f) | 0x80 : rest);
          if (rest < 0x80) break;
        }
        expect(row.equals(Buffer.concat([Buffer.from(prefix), bytes])), `${length} × ${character}`).toBe(
          true,
        );
      }
    }
  });

  it('reads back what was written, of every kind of value', async () => {
    const long = `${'ä'.repeat(70_000)}\u0000\n\n; DROP TABLE observations; "'\\`;
    const calls = ['{"id":"1"}'];
    const row: Partial<ObservationRow> = {
      project_id: 'p',
      trace_id: 't',
      id: 'a',
      kind: 'trace',
      level: 'ERROR',
      is_app_root: true,
      name: '日本語 🦊 lone \ud800 end',
      start_time: 1_700_000_000_123_456,
      end_time: 1_700_000_001_000_001,
      input: long,
      output: 'x'.repeat(24),
      metadata: { 'a key': '{"b":1}', ['__proto__']: 'kept' },
      tags: ['one', 'two', ''],
      public: false,
      prompt_version: 4_294_967_295,
      usage: { input: Number.MAX_SAFE_INTEGER, total: 0 },
      cost: { total: 0.000_123_4 },
      row_version: 1_700_000_000_123_456,
    };
    const inserter = createInserter({ columnar: engines.columnar });
    const neighbour = { project_id: 'p', trace_id: 't', id: 'b', start_time: row.start_time };
    await inserter.insert({
      table: observationsTable,
      origin: 'o',
      rows: [observationsTable.encode({ ...row, tool_calls: calls }), observationsTable.encode(neighbour)],
    });
    const [first, second] = await engines.columnar.query<Record<string, unknown>>({
      name: 'test',
      sql: `SELECT *, toUnixTimestamp64Micro(start_time) AS startUs, toUnixTimestamp64Micro(end_time) AS endUs
        FROM observations WHERE project_id = 'p' ORDER BY id`,
    });
    expect(first).toMatchObject({
      ...row,
      name: '日本語 🦊 lone \ufffd end',
      start_time: '2023-11-14 22:13:20.123456',
      end_time: '2023-11-14 22:13:21.000001',
      usage: { input: String(Number.MAX_SAFE_INTEGER), total: '0' },
      row_version: '1700000000123456',
      completion_start_time: null,
      metadata: { 'a key': '{"b":1}' },
    });
    expect(JSON.stringify(first!.metadata)).toContain('"__proto__":"kept"');
    expect(JSON.parse(String(first!.record))).toMatchObject({
      name: '日本語 🦊 lone \ufffd end',
      level: 'ERROR',
      is_app_root: true,
      public: false,
      end_time: '2023-11-14 22:13:21.000001',
      completion_start_time: null,
      tags: row.tags,
      usage: { input: Number.MAX_SAFE_INTEGER, total: 0 },
      cost: row.cost,
      total_cost: 0.000_123_4,
      tool_calls: calls,
    });
    expect([first!.startUs, first!.endUs]).toEqual(['1700000000123456', '1700000001000001']);
    expect(second).toMatchObject({
      id: 'b',
      kind: 'observation',
      level: 'DEFAULT',
      end_time: null,
      public: null,
      prompt_version: null,
      tags: [],
      metadata: {},
      is_deleted: 0,
    });
  });

  it('refuses a value that its column cannot hold, and the next row is whole', () => {
    const whole = observationsTable.encode({ id: 'x' });
    for (const wrong of [
      { usage: { input: -1 } },
      { usage: { input: 1.5 } },
      { cost: { total: Number.NaN } },
      { prompt_version: 2 ** 32 },
      { level: 'LOUD' as never },
    ]) {
      expect(() => observationsTable.encode({ id: 'x', ...wrong })).toThrow(UnstorableValue);
      expect(Buffer.compare(observationsTable.encode({ id: 'x' }), whole)).toBe(0);
    }
  });
});

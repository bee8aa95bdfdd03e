import { startEngines } from '@tracewell/testkit/engines';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createInserter } from './inserter';
import { causeOf } from './refusal';
import { type ObservationRow, observationsTable } from './rows/observations';

let engines: Awaited<ReturnType<typeof startEngines>>;
beforeAll(async () => {
  engines = await startEngines({ columnar: true });
});
afterAll(() => engines.stop());

const row = (projectId: string, id: string, over: Partial<ObservationRow> = {}) =>
  observationsTable.encode({
    project_id: projectId,
    trace_id: `t-${id}`,
    id,
    type: 'SPAN',
    level: 'DEFAULT',
    start_time: 1_700_000_000_123_456,
    row_version: 1,
    ...over,
  });

async function idsOf(projectId: string): Promise<string[]> {
  const rows = await engines.columnar.query<{ id: string }>({
    name: 'test',
    sql: 'SELECT id FROM observations WHERE project_id = {projectId:String} ORDER BY id',
    params: { projectId },
  });
  return rows.map(({ id }) => id);
}

describe('inserter', () => {
  it('writes the rows of many submissions in few inserts, and times exactly', async () => {
    const inserts: number[] = [];
    const inserter = createInserter({
      columnar: engines.columnar,
      onInsert: ({ rows }) => inserts.push(rows),
    });
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        inserter.insert({
          table: observationsTable,
          origin: `o${n}`,
          rows: [row('many', `a${n}`), row('many', `b${n}`)],
        }),
      ),
    );
    expect(await idsOf('many')).toHaveLength(40);
    expect(inserts.length).toBeLessThan(5);
    const [{ time }] = (await engines.columnar.query<{ time: string }>({
      name: 'test',
      sql: `SELECT toString(toUnixTimestamp64Micro(any(start_time))) AS time FROM observations WHERE project_id = 'many'`,
    })) as [{ time: string }];
    expect(time).toBe('1700000000123456');
  });

  it('writes the neighbours of a row the store refuses, and names the row', async () => {
    await engines.columnar.command({
      name: 'test',
      sql: `ALTER TABLE observations ADD CONSTRAINT no_poison CHECK status_message != 'poison'`,
    });
    const inserter = createInserter({ columnar: engines.columnar });
    const [first, second] = await Promise.all([
      inserter.insert({
        table: observationsTable,
        origin: 'x',
        rows: [row('poison', 'a'), row('poison', 'b', { status_message: 'poison' }), row('poison', 'c')],
      }),
      inserter.insert({ table: observationsTable, origin: 'y', rows: [row('poison', 'd')] }),
    ]);
    expect([...first.keys()]).toEqual([1]);
    expect(first.get(1)).toContain('no_poison');
    expect(second.size).toBe(0);
    expect(await idsOf('poison')).toEqual(['a', 'c', 'd']);
  });

  it('writes rows of the same origin once, table and index of traces alike', async () => {
    const inserter = createInserter({ columnar: engines.columnar });
    for (let n = 0; n < 3; n++) {
      await inserter.insert({
        table: observationsTable,
        origin: 'same',
        rows: [row('once', 'a'), row('once', 'b')],
      });
    }
    expect(await idsOf('once')).toEqual(['a', 'b']);
    const traces = await engines.columnar.query({
      name: 'test',
      sql: `SELECT trace_id FROM traces WHERE project_id = 'once'`,
    });
    expect(traces).toHaveLength(2);
  });

  it('gives up no row when a column is missing, and writes all once it is back', async () => {
    const faults: unknown[] = [];
    const inserter = createInserter({
      columnar: engines.columnar,
      onFault: ({ table, error }) => faults.push([table, causeOf(error)]),
    });
    const rows = ['a', 'b', 'c'].map((id) => row('column', id, { trace_metadata: { shop: '7' } }));
    const insert = () => inserter.insert({ table: observationsTable, origin: 'column', rows });
    const alter = (change: string) =>
      engines.columnar.command({ name: 'test', sql: `ALTER TABLE observations ${change}` });
    await alter('DROP COLUMN trace_metadata');
    try {
      await expect(insert()).rejects.toThrow(/trace_metadata/);
      await expect(insert()).rejects.toThrow(/trace_metadata/);
    } finally {
      await alter(
        'ADD COLUMN trace_metadata Map(LowCardinality(String), String) CODEC(ZSTD(1)) AFTER trace_output',
      );
    }
    expect(faults).toEqual([
      ['observations', 'NO_SUCH_COLUMN_IN_TABLE'],
      ['observations', 'NO_SUCH_COLUMN_IN_TABLE'],
    ]);
    expect((await insert()).size).toBe(0);
    expect(await idsOf('column')).toEqual(['a', 'b', 'c']);
  });

  it('gives up no row when the table refuses every row', async () => {
    const inserter = createInserter({ columnar: engines.columnar });
    const rows = ['a', 'b', 'c'].map((id) => row('strict', id));
    const command = (sql: string) => engines.columnar.command({ name: 'test', sql });
    await command('CREATE TABLE strict_observations AS observations');
    await command(`ALTER TABLE strict_observations ADD CONSTRAINT warnings CHECK level = 'WARNING'`);
    const table = { ...observationsTable, name: 'strict_observations' };
    const insert = () => inserter.insert({ table, origin: 'strict', rows });
    await expect(insert()).rejects.toThrow(/no row of an insert was accepted.*warnings/s);
    await command('ALTER TABLE strict_observations DROP CONSTRAINT warnings');
    expect((await insert()).size).toBe(0);
  });
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Columnar, ColumnarError, ColumnarUnavailable } from './port';

/** What every columnar store must do; run by each adapter's test against the real thing. */
export function describeColumnar(name: string, open: () => Columnar): void {
  let serial = 0;
  let store: Columnar;

  const rows = <Row = Record<string, unknown>>(sql: string, params?: Record<string, unknown>) =>
    store.query<Row>({ name: 'test', sql, params });
  const run = (sql: string) => store.command({ name: 'test', sql });
  const newTable = async (columns: string, settings = '') => {
    const table = `t_${process.pid}_${serial++}`;
    await run(`CREATE TABLE ${table} (${columns}) ENGINE = MergeTree ORDER BY tuple() ${settings}`);
    return table;
  };
  const insert = (table: string, values: readonly unknown[], deduplicationToken?: string) =>
    store.insert({
      name: 'test',
      table,
      rows: values.map((value) => JSON.stringify(value)),
      ...(deduplicationToken ? { deduplicationToken } : {}),
    });
  const statementsLike = (text: string) =>
    rows(
      'SELECT query FROM system.processes WHERE query LIKE {text:String} AND query NOT LIKE {self:String}',
      {
        text: `%${text}%`,
        self: '%system.processes%',
      },
    );

  describe(`${name} as columnar store`, () => {
    beforeAll(() => {
      store = open();
    });
    afterAll(() => store.close());

    it('answers, and looks tables up in its database', async () => {
      expect(await store.ping()).toBe(true);
      expect(await rows('SELECT currentDatabase() AS name')).toEqual([{ name: store.database }]);
    });

    it('takes rows in binary form, of the columns they name, whatever their bytes hold', async () => {
      const table = await newTable(`id UInt8, text String, more String DEFAULT 'none'`);
      const texts = ['a', '\n\n', `'; DROP TABLE ${table}; --`, '', 'ü'.repeat(60)];
      const binary = texts.map((text, id) => {
        const bytes = Buffer.from(text);
        return Buffer.concat([Buffer.from([id, bytes.length]), bytes]);
      });
      // Rows side by side in one piece of memory, and one that is not.
      const memory = Buffer.concat(binary.slice(0, 4));
      let at = 0;
      const views = binary.slice(0, 4).map(({ length }) => {
        at += length;
        return memory.subarray(at - length, at);
      });
      const columns = ['id', 'text'];
      await store.insert({ name: 'test', table, rows: { columns, rows: [...views, binary[4]!] } });
      await store.insert({ name: 'test', table, rows: { columns, rows: [] } });
      expect(await rows(`SELECT * FROM ${table} ORDER BY id`)).toEqual(
        texts.map((text, id) => ({ id, text, more: 'none' })),
      );
    });

    it('gives 64-bit integers and decimals as text and times as text', async () => {
      const [row] = await rows(
        `SELECT toUInt64(18446744073709551615) AS big, toUInt32(7) AS small, toDecimal64('1.10', 2) AS money,
          toDateTime64('2026-01-02 03:04:05.678901', 6, 'UTC') AS time, true AS yes, NULL AS nothing,
          map('a', [1, 2]) AS tree`,
      );
      expect(row).toEqual({
        big: '18446744073709551615',
        small: 7,
        money: '1.1',
        time: '2026-01-02 03:04:05.678901',
        yes: true,
        nothing: null,
        tree: { a: [1, 2] },
      });
    });

    it.each([
      ['quotes and line ends', `it's "x" \\ \n\t\r \`y\` {z:String} -- ; /*`],
      ['zero bytes', 'a\0b'],
      ['other planes', '日本 😀 \u2028'],
      ['nothing', ''],
      ['what looks like NULL', '\\N'],
    ])('passes parameters through unchanged: %s', async (_, value) => {
      expect(
        await rows('SELECT {s:String} AS s, {l:Array(String)} AS l, {n:Nullable(String)} AS n', {
          s: value,
          l: [value, 'x'],
          n: null,
        }),
      ).toEqual([{ s: value, l: [value, 'x'], n: null }]);
    });

    it('takes parameters longer than any URL', async () => {
      const ids = Array.from({ length: 20_000 }, (_, n) => `${n}`.padStart(32, '0'));
      expect(await rows('SELECT length({ids:Array(String)}) AS n', { ids })).toEqual([{ n: '20000' }]);
    });

    it('keeps parallel statements apart', async () => {
      const answers = await Promise.all(
        Array.from({ length: 60 }, (_, n) =>
          store.query({
            name: 'test',
            sql: "SELECT {n:UInt32} AS n, toUInt32(getSetting('max_threads')) AS threads",
            params: { n },
            settings: { max_threads: (n % 7) + 1 },
          }),
        ),
      );
      expect(answers.map(([row]) => row)).toEqual(
        Array.from({ length: 60 }, (_, n) => ({ n, threads: (n % 7) + 1 })),
      );
    });

    it('lets no setting outlive its statement', async () => {
      await store.query({ name: 'test', sql: 'SELECT 1', settings: { readonly: 1 } });
      const table = await newTable('a UInt8');
      expect(await rows(`SELECT count() AS n FROM ${table}`)).toEqual([{ n: '0' }]);
    });

    it('lets nothing a statement set or made outlive it', async () => {
      const plain = await rows("SELECT getSetting('max_threads') AS n, currentDatabase() AS name");
      await run('SET max_threads = 7');
      await run('USE default');
      await run('CREATE TEMPORARY TABLE passing (a UInt8)');
      await rows('SELECT {p:String} AS p', { p: 'x' });
      for (let n = 0; n < 3; n += 1) {
        expect(await rows("SELECT getSetting('max_threads') AS n, currentDatabase() AS name")).toEqual(plain);
        await expect(rows('SELECT {p:String} AS p')).rejects.toBeInstanceOf(ColumnarError);
        await expect(rows('SELECT * FROM passing')).rejects.toMatchObject({ code: 60 });
      }
    });

    it('refuses wrong statements with the code of the store', async () => {
      const codeOf = (sql: string) => rows(sql).catch((error: unknown) => error);
      expect(await codeOf('SELEC 1')).toMatchObject({ name: 'ColumnarError', code: 62 });
      expect(await codeOf('SELECT 1 FROM no_such_table')).toMatchObject({ name: 'ColumnarError', code: 60 });
      expect(await codeOf('SELECT no_such_column')).toMatchObject({ name: 'ColumnarError', code: 47 });
      expect(await codeOf('SELECT {missing:String}')).toBeInstanceOf(ColumnarError);
      expect(await codeOf('SELECT throwIf(number = 3) FROM numbers(10)')).toMatchObject({ code: 395 });
    });

    it('runs one statement a call', async () => {
      const table = await newTable('a UInt8');
      await expect(run(`SELECT 1; DROP TABLE ${table}`)).rejects.toBeInstanceOf(ColumnarError);
      await expect(run(`DROP TABLE ${table}; SELEC`)).rejects.toBeInstanceOf(ColumnarError);
      expect(await rows(`SELECT count() AS n FROM ${table}`)).toEqual([{ n: '0' }]);
    });

    it('tells a limit of the store from a mistake of the caller', async () => {
      const limited = (settings: Record<string, number>) =>
        store.query({
          name: 'test',
          sql: 'SELECT length(groupArray(number)) AS n FROM numbers(3000000)',
          settings,
        });
      await expect(limited({ max_memory_usage: 1_000_000 })).rejects.toBeInstanceOf(ColumnarUnavailable);
    });

    it('streams rows, and says when they break off', async () => {
      let count = 0;
      for await (const row of store.stream<{ number: string }>({
        name: 'test',
        sql: 'SELECT number FROM numbers(200000)',
      })) {
        if (Number(row.number) !== count) throw new Error(`row ${count} is ${row.number}`);
        count += 1;
      }
      expect(count).toBe(200_000);
      const broken = async () => {
        for await (const _ of store.stream({
          name: 'test',
          sql: 'SELECT throwIf(number = 250000) FROM numbers(300000) SETTINGS max_block_size = 10000',
        })) {
          // Rows before the failure are fine; the loop must not end as if all had come.
        }
      };
      await expect(broken()).rejects.toMatchObject({ code: 395 });
    });

    it('ends a statement in the store when its stream is left', async () => {
      const mark = `left_${process.pid}_${serial++}`;
      for await (const _ of store.stream({
        name: 'test',
        sql: `SELECT number, '${mark}' AS mark, sleepEachRow(0.001) FROM numbers(100000000) SETTINGS max_block_size = 100`,
      })) {
        break;
      }
      await expect.poll(() => statementsLike(mark), { timeout: 20_000 }).toEqual([]);
    });

    it('ends a statement in the store when it is aborted, and throws the reason', async () => {
      const mark = `aborted_${process.pid}_${serial++}`;
      const abort = new AbortController();
      const reason = new Error('enough');
      const query = store.query({
        name: 'test',
        sql: `SELECT count() AS ${mark} FROM numbers(1000000000000) WHERE sipHash64(number) = 1`,
        signal: abort.signal,
      });
      query.catch(() => {});
      await expect.poll(() => statementsLike(mark), { timeout: 20_000 }).toHaveLength(1);
      abort.abort(reason);
      await expect(query).rejects.toBe(reason);
      await expect.poll(() => statementsLike(mark), { timeout: 20_000 }).toEqual([]);
    });

    it('writes what rows say, whatever is in them', async () => {
      const table = await newTable('n UInt32, text String, tree Map(String, String)');
      const texts = [
        `\n\nDROP TABLE ${table};\n`,
        '\n\n{"n":9,"text":"x"}\n',
        `'; DROP TABLE ${table}; --`,
        'a\0b\u2028\u2029\r\n\r\n',
        '日本 😀 é',
        'x'.repeat(300_000),
        '',
      ];
      await insert(
        table,
        texts.map((text, n) => ({ n, text, tree: { [text.slice(0, 50)]: text.slice(0, 50) } })),
      );
      const written = await rows<{ text: string; tree: Record<string, string> }>(
        `SELECT text, tree FROM ${table} ORDER BY n`,
      );
      expect(written.map(({ text }) => text)).toEqual(texts);
      expect(written.map(({ tree }) => Object.keys(tree)[0])).toEqual(texts.map((text) => text.slice(0, 50)));
    });

    it('writes nothing of a batch with a bad row, and refuses columns it does not know', async () => {
      const table = await newTable('n UInt32');
      await expect(insert(table, [{ n: 1 }, { n: 'no number' }])).rejects.toBeInstanceOf(ColumnarError);
      await expect(insert(table, [{ n: 1, typo: 2 }])).rejects.toBeInstanceOf(ColumnarError);
      expect(await rows(`SELECT count() AS n FROM ${table}`)).toEqual([{ n: '0' }]);
      await insert(table, []);
    });

    it('writes the rows of one token once, also through a view', async () => {
      const window = 'SETTINGS non_replicated_deduplication_window = 100';
      const table = await newTable('n UInt32', window);
      const copy = await newTable('n UInt32', window);
      await run(`CREATE MATERIALIZED VIEW view_${table} TO ${copy} AS SELECT n FROM ${table}`);
      const batch = [{ n: 1 }, { n: 2 }];
      await insert(table, batch, 'token-1');
      await insert(table, batch, 'token-1');
      await insert(table, batch, 'token-2');
      const count = (from: string) => rows(`SELECT count() AS n FROM ${from}`);
      expect(await count(table)).toEqual([{ n: '4' }]);
      expect(await count(copy)).toEqual([{ n: '4' }]);
      // A crash between a table and its view leaves the view without rows: the repetition must fill it.
      await run(`TRUNCATE TABLE ${copy}`);
      await run(`ALTER TABLE ${copy} MODIFY SETTING non_replicated_deduplication_window = 0`);
      await insert(table, batch, 'token-2');
      expect(await count(table)).toEqual([{ n: '4' }]);
      expect(await count(copy)).toEqual([{ n: '2' }]);
    });

    it('writes a batch whose rows lie in very many partitions', async () => {
      const table = await newTable('day Date', '');
      await run(
        `CREATE TABLE ${table}_p (day Date) ENGINE = MergeTree PARTITION BY toYYYYMM(day) ORDER BY tuple()`,
      );
      const days = Array.from({ length: 150 }, (_, n) => ({
        day: `${1990 + Math.floor(n / 12)}-${String((n % 12) + 1).padStart(2, '0')}-01`,
      }));
      await insert(`${table}_p`, days);
      expect(await rows(`SELECT count() AS n FROM ${table}_p`)).toEqual([{ n: '150' }]);
    });

    it('shows the effect of a command to the next statement', async () => {
      const table = await newTable('n UInt32');
      await insert(table, [{ n: 1 }, { n: 2 }, { n: 3 }]);
      await run(`ALTER TABLE ${table} DELETE WHERE n = 1`);
      expect(await rows(`SELECT n FROM ${table} ORDER BY n`)).toEqual([{ n: 2 }, { n: 3 }]);
      await run(`DELETE FROM ${table} WHERE n = 2`);
      expect(await rows(`SELECT n FROM ${table}`)).toEqual([{ n: 3 }]);
    });
  });
}

import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ClickHouseHost, ClickHouseHostFailed, startClickHouseHost } from './launch';

const directory = mkdtempSync(join(tmpdir(), 'tracewell-host-'));
const agent = new Agent({ keepAlive: true });
let host: ClickHouseHost;

beforeAll(async () => {
  host = await startClickHouseHost({ directory, memoryBytes: 1024 ** 3 });
  await ok('CREATE DATABASE d ENGINE = Atomic');
});
afterAll(async () => {
  agent.destroy();
  await host?.stop();
  rmSync(directory, { recursive: true, force: true });
});

interface Answer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

function send(
  body: string | Buffer,
  options: { search?: Record<string, string>; headers?: Record<string, string>; method?: string } = {},
): Promise<Answer> {
  const search = new URLSearchParams({ database: 'd', ...options.search });
  return new Promise((resolve, reject) => {
    const sent = request(
      `${host.url}/?${search}`,
      {
        agent,
        method: options.method ?? 'POST',
        headers: { 'x-clickhouse-key': host.password, ...options.headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('error', reject);
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks),
          }),
        );
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

async function ok(sql: string, search: Record<string, string> = {}): Promise<string> {
  const answer = await send(sql, { search: { database: 'default', ...search } });
  const text = answer.body.toString();
  if (answer.status !== 200) throw new Error(text);
  return text;
}

describe('the front of the embedded ClickHouse', () => {
  it('lets in who has the password, by each of the ways of the wire', async () => {
    const basic = `Basic ${Buffer.from(`default:${host.password}`).toString('base64')}`;
    const refused = await send('SELECT 1', { headers: { 'x-clickhouse-key': 'guess' } });
    expect(refused.status).toBe(403);
    expect(refused.headers['x-clickhouse-exception-code']).toBe('516');
    expect((await send('SELECT 1', { headers: { 'x-clickhouse-key': '' } })).status).toBe(403);
    const bare = (headers: Record<string, string>, search = '') =>
      fetch(`${host.url}/?query=SELECT%201${search}`, { headers }).then(({ status }) => status);
    expect(await bare({})).toBe(403);
    expect(await bare({ authorization: basic })).toBe(200);
    expect(await bare({}, `&password=${encodeURIComponent(host.password)}`)).toBe(200);
    expect((await fetch(`${host.url}/ping`)).status).toBe(200);
  });

  it('listens on loopback alone', () => {
    expect(new URL(host.url).hostname).toBe('127.0.0.1');
  });

  it('writes inline data as data, never as statements', async () => {
    await ok('CREATE TABLE d.victim (a UInt8) ENGINE = MergeTree ORDER BY a');
    await ok('CREATE TABLE d.lines (a String) ENGINE = MergeTree ORDER BY a');
    const attacks: [string, string, string][] = [
      ['TabSeparated', 'x\n\nDROP TABLE d.victim;\n', 'x,,DROP TABLE d.victim;'],
      ['CSV', '"x\n\nDROP TABLE d.victim;\n"\n', 'x\n\nDROP TABLE d.victim;\n'],
      ['JSONEachRow', '{"a":"x"}\n\n{"a":"y"}\n', 'x,y'],
      ['JSONEachRow', '{"a":"x"}\n \t\n\nDROP TABLE d.victim\n', 'error'],
      ['Values', "('x')\n\n;DROP TABLE d.victim;", 'x'],
    ];
    for (const [format, data, expected] of attacks) {
      for (const inBody of [true, false]) {
        await ok('TRUNCATE TABLE d.lines');
        const head =
          format === 'Values' ? 'INSERT INTO d.lines VALUES ' : `INSERT INTO d.lines FORMAT ${format}`;
        const answer = inBody
          ? await send(`${head}\n${data}`)
          : await send(data, { search: { query: head } });
        const written = await ok(
          "SELECT arrayStringConcat(arraySort(groupArray(a)), ',') FROM d.lines FORMAT RawBLOB",
        );
        if (expected === 'error') expect(answer.status, `${format} ${written}`).toBeGreaterThanOrEqual(400);
        else
          expect([...written.split(',')].sort().join(','), format).toBe(expected.split(',').sort().join(','));
        expect(await ok('EXISTS TABLE d.victim')).toBe('1\n');
      }
    }
  });

  it('writes and gives binary formats unharmed', async () => {
    await ok('CREATE TABLE d.bytes (n UInt32, a String) ENGINE = MergeTree ORDER BY n');
    for (const format of ['RowBinary', 'Native', 'Parquet']) {
      await ok('TRUNCATE TABLE d.bytes');
      const source = await send(
        `SELECT number::UInt32 AS n, unhex('00FF0A0A8027C3') || toString(number) AS a FROM numbers(1000) FORMAT ${format}`,
      );
      expect(source.status).toBe(200);
      const written = await send(source.body, { search: { query: `INSERT INTO bytes FORMAT ${format}` } });
      expect(written.body.toString()).toBe('');
      const inBody = Buffer.concat([Buffer.from(`INSERT INTO bytes FORMAT ${format}\n`), source.body]);
      expect((await send(inBody)).status).toBe(200);
      expect(await ok("SELECT count(), countIf(startsWith(a, unhex('00FF0A0A8027C3'))) FROM d.bytes")).toBe(
        '2000\t2000\n',
      );
    }
  });

  it('takes a body larger than memory by way of a file, and cleans up', async () => {
    await ok('CREATE TABLE d.large (a String) ENGINE = MergeTree ORDER BY tuple()');
    const row = `{"a":"${'x'.repeat(1_000)}"}\n`;
    const body = Buffer.from(row.repeat(40_000));
    const answer = await send(gzipSync(body, { level: 1 }), {
      search: { query: 'INSERT INTO d.large FORMAT JSONEachRow' },
      headers: { 'content-encoding': 'gzip' },
    });
    expect(answer.body.toString()).toBe('');
    expect(await ok('SELECT count() FROM d.large')).toBe('40000\n');
    expect(readdirSync(join(directory, 'spool'))).toEqual([]);
  });

  it('compresses when asked to', async () => {
    const asked = { search: { enable_http_compression: '1' }, headers: { 'accept-encoding': 'gzip' } };
    for (const format of ['JSONEachRow', 'JSON']) {
      const answer = await send(`SELECT number FROM numbers(10000) FORMAT ${format}`, asked);
      expect(answer.headers['content-encoding']).toBe('gzip');
      expect(gunzipSync(answer.body).toString()).toContain('9999');
    }
    const plain = await send('SELECT 1', { headers: { 'accept-encoding': 'gzip' } });
    expect(plain.headers['content-encoding']).toBeUndefined();
  });

  it('says in headers what was done', async () => {
    await ok('CREATE TABLE d.counted (n UInt8) ENGINE = MergeTree ORDER BY n');
    const written = await send('{"n":1}\n{"n":2}\n', {
      search: { query: 'INSERT INTO d.counted FORMAT JSONEachRow', query_id: 'q-1' },
    });
    expect(JSON.parse(String(written.headers['x-clickhouse-summary']))).toMatchObject({ written_rows: '2' });
    expect(written.headers['x-clickhouse-query-id']).toBe('q-1');
    const read = await send('SELECT 1 AS n FORMAT JSONEachRow');
    expect(read.headers['x-clickhouse-format']).toBe('JSONEachRow');
  });

  it('refuses what would go wrong in silence', async () => {
    const status = (sql: string, search: Record<string, string>) =>
      send(sql, { search }).then(({ status: got }) => got);
    expect(await status('SELECT 1', { session_id: 's' })).toBe(501);
    expect(await status('SELECT 1', { compress: '1' })).toBe(501);
    expect(await status('SELECT 1', { 'max_threads = 1; DROP TABLE d.x; SET a': '1' })).toBe(400);
    expect(await status('SELECT 1', { no_such_setting: '1' })).toBe(404);
    expect(await status('SELECT 1', { database: 'no_such' })).toBe(404);
    expect(await status('SELECT 1; SELECT 2', {})).toBe(400);
    expect(await status("SELECT ';' -- ; SELECT 2", {})).toBe(200);
    expect(await status('SELECT 1;', {})).toBe(200);
    const bad = await send('no gzip', {
      search: { query: 'INSERT INTO d.counted FORMAT JSONEachRow' },
      headers: { 'content-encoding': 'gzip' },
    });
    expect(bad.status).toBe(400);
  });

  it('reads only, by GET', async () => {
    const search = { query: 'CREATE TABLE d.never (a UInt8) ENGINE = Memory' };
    const answer = await send('', { method: 'GET', search });
    expect(answer.headers['x-clickhouse-exception-code']).toBe('164');
    expect((await send('', { method: 'GET', search: { query: 'SELECT 1' } })).body.toString()).toBe('1\n');
  });

  it('answers short statements while long ones hold every slot but one, and queues the rest', async () => {
    const long = Array.from({ length: 10 }, () => send('SELECT sleep(1), sleep(1) FORMAT Null'));
    const startedAt = Date.now();
    expect(await ok('SELECT 1')).toBe('1\n');
    expect(Date.now() - startedAt).toBeLessThan(10_000);
    expect((await Promise.all(long)).map(({ status }) => status)).toEqual(Array(10).fill(200));
  });

  it('survives clients that leave in the middle of anything', async () => {
    for (const text of [
      'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nSEL',
      `POST /?query=INSERT+INTO+d.counted+FORMAT+JSONEachRow HTTP/1.1\r\nHost: x\r\nX-ClickHouse-Key: ${host.password}\r\nContent-Length: 1000\r\n\r\n{"n"`,
      `POST / HTTP/1.1\r\nHost: x\r\nX-ClickHouse-Key: ${host.password}\r\nContent-Length: 45\r\n\r\nSELECT number FROM system.numbers FORMAT CSV; `,
    ]) {
      await new Promise<void>((resolve) => {
        const socket = connect(Number(new URL(host.url).port), '127.0.0.1', () => {
          socket.write(text);
          setTimeout(() => {
            socket.resetAndDestroy();
            resolve();
          }, 150);
        });
        socket.on('error', () => {});
      });
    }
    await expect
      .poll(
        () =>
          ok(
            "SELECT count() FROM system.processes WHERE query LIKE '%system.numbers %' AND query NOT LIKE '%processes%'",
          ),
        { timeout: 10_000 },
      )
      .toBe('0\n');
    expect(await ok('SELECT 1')).toBe('1\n');
  });
});

describe('the process of the embedded ClickHouse', () => {
  it('has the memory cap it was given', async () => {
    const cap = await ok("SELECT value FROM system.server_settings WHERE name = 'max_server_memory_usage'");
    expect(Number(cap)).toBe(1024 ** 3);
    const hungry = await send('SELECT groupArray(randomString(1000)) FROM numbers(3000000)');
    expect([hungry.status, hungry.headers['x-clickhouse-exception-code']]).toEqual([500, '241']);
  });

  const fresh = () => mkdtempSync(join(directory, 'extra-'));

  it('gives its folder to one process at a time, and says so', async () => {
    await expect(startClickHouseHost({ directory })).rejects.toBeInstanceOf(ClickHouseHostFailed);
    expect(await ok('SELECT 1')).toBe('1\n');
  });

  it('finishes what is under way when it is told to stop', async () => {
    const other = await startClickHouseHost({ directory: fresh() });
    const answer = fetch(`${other.url}/?query=SELECT+sleep(1)`, {
      headers: { 'x-clickhouse-key': other.password },
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    await other.stop();
    expect((await answer).status).toBe(200);
    expect(await other.exited).toEqual({ code: 0, signal: null });
  });

  it('keeps what was acknowledged when it is killed', async () => {
    const place = fresh();
    let running = await startClickHouseHost({ directory: place });
    const call = (sql: string) =>
      fetch(`${running.url}/`, {
        method: 'POST',
        body: sql,
        headers: { 'x-clickhouse-key': running.password },
      });
    await call('CREATE DATABASE d ENGINE = Atomic');
    await call('CREATE TABLE d.t (batch UInt32, n UInt32) ENGINE = MergeTree ORDER BY (batch, n)');
    const acknowledged: number[] = [];
    let batch = 0;
    for (let round = 0; round < 3; round += 1) {
      const until = acknowledged.length + 8 + round * 5;
      const write = async (): Promise<void> => {
        for (;;) {
          const mine = batch++;
          const lines = Array.from({ length: 50 }, (_, n) => JSON.stringify({ batch: mine, n })).join('\n');
          const answer = await call(`INSERT INTO d.t FORMAT JSONEachRow\n${lines}\n`).catch(() => undefined);
          if (answer?.status !== 200) return;
          acknowledged.push(mine);
          if (acknowledged.length === until) process.kill(running.pid, 'SIGKILL');
        }
      };
      await Promise.all([write(), write()]);
      expect(await running.exited).toEqual({ code: null, signal: 'SIGKILL' });
      running = await startClickHouseHost({ directory: place });
    }
    const text = await (await call('SELECT batch, count() FROM d.t GROUP BY batch FORMAT TSV')).text();
    const found = new Map(
      text
        .trim()
        .split('\n')
        .map((line) => line.split('\t').map(Number) as [number, number]),
    );
    expect(acknowledged.filter((one) => found.get(one) !== 50)).toEqual([]);
    expect([...found.values()].filter((count) => count !== 50)).toEqual([]);
    await running.stop();
  });

  it('ends when its parent is killed', async () => {
    const launch = new URL('./launch.ts', import.meta.url).href;
    const code = `const { startClickHouseHost } = await import(${JSON.stringify(launch)});
      const host = await startClickHouseHost({ directory: ${JSON.stringify(fresh())} });
      console.log(host.pid);`;
    const parent = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const pid = await new Promise<number>((resolve) => {
      parent.stdout.once('data', (text: Buffer) => resolve(Number(text.toString())));
    });
    parent.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

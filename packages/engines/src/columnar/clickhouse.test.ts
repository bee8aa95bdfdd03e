import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openClickHouse } from './clickhouse';
import { describeColumnar } from './conformance';
import { type ClickHouseHost, startClickHouseHost } from './embedded/launch';
import { ColumnarError, ColumnarUnavailable } from './port';

const directory = mkdtempSync(join(tmpdir(), 'tracewell-columnar-'));
let host: ClickHouseHost;
beforeAll(async () => {
  host = await startClickHouseHost({ directory, memoryBytes: 1024 ** 3 });
  const store = openClickHouse({ ...host, database: 'default' });
  await store.command({ name: 'test', sql: 'CREATE DATABASE suite ENGINE = Atomic' });
  await store.close();
});
afterAll(async () => {
  await host?.stop();
  rmSync(directory, { recursive: true, force: true });
});

describeColumnar('The embedded ClickHouse', () => openClickHouse({ ...host, database: 'suite' }));

describe('the adapter of ClickHouse', () => {
  const query = { name: 'test', sql: 'SELECT 1' };

  it('says unavailable when nothing answers, and pings false', async () => {
    const store = openClickHouse({ url: 'http://127.0.0.1:9', database: 'x' });
    await expect(store.query(query)).rejects.toBeInstanceOf(ColumnarUnavailable);
    await expect(store.insert({ name: 'test', table: 't', rows: ['{}'] })).rejects.toBeInstanceOf(
      ColumnarUnavailable,
    );
    expect(await store.ping()).toBe(false);
    await store.close();
  });

  it('says unavailable when there is no answer in time', async () => {
    await withServer(
      () => {},
      async (url) => {
        const store = openClickHouse({ url, database: 'x', requestTimeoutMs: 200 });
        await expect(store.query(query)).rejects.toBeInstanceOf(ColumnarUnavailable);
        await store.close();
      },
    );
  });

  it('says unavailable when a proxy answers in its place', async () => {
    await withServer(
      (_, response) => response.writeHead(503).end('<html>Service Unavailable</html>'),
      async (url) => {
        const store = openClickHouse({ url, database: 'x' });
        await expect(store.query(query)).rejects.toBeInstanceOf(ColumnarUnavailable);
        await store.close();
      },
    );
  });

  it('repeats a read whose socket was reset, and never an insert', async () => {
    let requests = 0;
    await withServer(
      (request, response) => {
        requests += 1;
        if (requests % 2 === 1) request.socket.resetAndDestroy();
        else response.end('{"one":1}\n');
      },
      async (url) => {
        const store = openClickHouse({ url, database: 'x' });
        expect(await store.query(query)).toEqual([{ one: 1 }]);
        expect(requests).toBe(2);
        await expect(store.insert({ name: 'test', table: 't', rows: ['{}'] })).rejects.toBeInstanceOf(
          ColumnarUnavailable,
        );
        expect(requests).toBe(3);
        await store.close();
      },
    );
  });

  it('calls a wrong password a mistake, not an outage', async () => {
    const store = openClickHouse({ url: host.url, password: 'guess', database: 'suite' });
    await expect(store.query(query)).rejects.toMatchObject({ name: 'ColumnarError', code: 516 });
    await expect(store.query(query)).rejects.toBeInstanceOf(ColumnarError);
    await store.close();
  });
});

async function withServer(answer: RequestListener, use: (url: string) => Promise<void>): Promise<void> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await use(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openClickHouse } from '@tracewell/engines/columnar/clickhouse';
import { startClickHouseHost } from '@tracewell/engines/columnar/embedded/launch';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { defaultDatabase, migrateClickHouse } from '@tracewell/schema/clickhouse/migrate';

export async function startEngines(options: { columnar?: boolean } = {}) {
  const directory = await mkdtemp(join(tmpdir(), 'tracewell-test-'));
  const host = await startClickHouseHost({ directory: join(directory, 'clickhouse'), memoryBytes: 1024 ** 3 });
  const bootstrap = openClickHouse({ ...host, database: 'default' });
  await migrateClickHouse(bootstrap);
  await bootstrap.close();
  const columnar: Columnar = openClickHouse({ ...host, database: defaultDatabase });
  return {
    columnar,
    directory,
    urls: { columnar: host.url },
    async stop() {
      await columnar.close();
      await host.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

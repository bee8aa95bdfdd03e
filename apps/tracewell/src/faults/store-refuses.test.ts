import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openClickHouse } from '@tracewell/engines/columnar/clickhouse';
import { startInstance, waitFor } from '@tracewell/testkit/instance';
import { createLedgerClient } from '@tracewell/testkit/ledger-client';
import { judgeWhenQuiet, readWorkerMetrics, startLoad, untilAcknowledged } from '@tracewell/testkit/load';
import { expect, it } from 'vitest';

/**
 * D2 and D5: a columnar store that takes no rows, because a migration went wrong, loses nothing: what is
 * acknowledged meanwhile waits, is no dead letter, and is written when the table is mended.
 */
it('a table without its columns costs time and nothing else', async () => {
  const instance = await startInstance({
    env: { TRACEWELL_RECONCILE_EVERY_MS: '1000', TRACEWELL_RECONCILE_GRACE_MS: '3000' },
  });
  const engines = instance.engines();
  const columnar = openClickHouse({
    url: engines.CLICKHOUSE_URL!,
    database: 'tracewell',
    username: engines.CLICKHOUSE_USER!,
    password: engines.CLICKHOUSE_PASSWORD!,
  });
  const alter = (sql: string) => columnar.command({ name: 'test', sql: `ALTER TABLE ${sql}` });
  try {
    const client = createLedgerClient(instance);
    await client.sendSpans(5);
    await judgeWhenQuiet(instance, client);

    await alter('observations DROP COLUMN trace_metadata');
    await alter('ingestion_events DROP COLUMN batch_key');
    const load = startLoad(client);
    await untilAcknowledged(client, 100);
    for (const table of ['observations', 'ingestion_events']) {
      await waitFor(`the refusal of ${table} to be counted`, async () => {
        const read = await readWorkerMetrics(instance);
        return read(`tracewell_insert_faults_total{table="${table}",cause="NO_SUCH_COLUMN_IN_TABLE"}`) >= 2;
      });
    }
    await load.stop();
    const read = await readWorkerMetrics(instance);
    expect(read('tracewell_dead_letters')).toBe(0);
    expect(read('tracewell_ingest_events_total{outcome="dead_lettered"}') || 0).toBe(0);
    expect((await client.judge()).lost.length).toBeGreaterThan(90);
    const log = readFileSync(join(instance.dataDirectory, 'logs', 'worker.log'), 'utf8');
    expect(log).toMatch(/"cause":"NO_SUCH_COLUMN_IN_TABLE".*does not take rows; they are kept/);

    await alter(
      'observations ADD COLUMN trace_metadata Map(LowCardinality(String), String) CODEC(ZSTD(1)) AFTER trace_output',
    );
    await alter('ingestion_events ADD COLUMN batch_key String AFTER ingestion_sdk_version');
    const verdict = await judgeWhenQuiet(instance, client);
    expect(verdict).toEqual({ acknowledged: client.acknowledged(), lost: [], doubled: [], phantom: [] });
  } finally {
    await columnar.close();
    await instance.dispose();
  }
});

import { mkdirSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startInstance } from '@tracewell/testkit/instance';
import { createLedgerClient } from '@tracewell/testkit/ledger-client';
import { judgeWhenQuiet, startLoad, untilAcknowledged } from '@tracewell/testkit/load';
import { fillDisk, findSmallDisk, folderSeenBy } from '@tracewell/testkit/small-disk';
import { expect, it } from 'vitest';

/**
 * D1 and D6: what cannot be stored is not acknowledged. The client is told to come back, everything else goes
 * on, and so does ingestion once there is room.
 */
const disk = findSmallDisk();

it('a full disk of the object store costs time and nothing else', async (context) => {
  if ('missing' in disk) return context.skip(`not shown here: ${disk.missing}`);
  const dataDirectory = mkdtempSync(join(tmpdir(), 'tracewell-full-'));
  const objects = join(dataDirectory, 'objects');
  mkdirSync(objects, { mode: 0o700 });
  const instance = await startInstance({
    dataDirectory,
    wrap: (command) => disk.wrap(objects, command),
    env: { TRACEWELL_RECONCILE_EVERY_MS: '1000', TRACEWELL_RECONCILE_GRACE_MS: '5000' },
  });
  try {
    const client = createLedgerClient(instance);
    const seen = folderSeenBy(instance.launcher.pid!, objects);
    await client.sendSpans(10);
    await client.sendEvents(10);

    for (let round = 0; round < 3; round++) {
      const makeRoom = fillDisk(seen);
      const acknowledged = client.acknowledged();
      const load = startLoad(client);
      for (const path of ['/api/public/otel/v1/traces', '/api/public/ingestion']) {
        const response = await instance.fetch(path, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(requestOf(path)),
        });
        expect(response.status).toBe(503);
        expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
        expect(await response.text()).not.toMatch(/ENOSPC|\/objects|\bat \//);
      }
      expect((await instance.fetch('/api/public/v2/observations?limit=10')).status).toBe(200);
      expect((await fetch(`${instance.url}/api/public/health`)).status).toBe(200);
      expect(client.acknowledged()).toBe(acknowledged);
      makeRoom();
      await untilAcknowledged(client, 50);
      await load.stop();
    }

    const verdict = await judgeWhenQuiet(instance, client);
    expect(verdict).toEqual({ acknowledged: client.acknowledged(), lost: [], doubled: [], phantom: [] });
    const left = readdirSync(seen, { recursive: true, encoding: 'utf8' });
    expect(left.filter((name) => name.endsWith('.partial'))).toEqual([]);
    expect(instance.output()).not.toContain('stopped (');
  } finally {
    await instance.dispose();
  }
});

/** Something of each door that the ledger client does not know: it must never be seen. */
function requestOf(path: string): unknown {
  const time = '2026-01-01T00:00:00.000Z';
  if (path.endsWith('ingestion')) {
    const body = { id: 'never-acknowledged', traceId: 'never', name: 'never', startTime: time };
    return { batch: [{ id: 'never', type: 'span-create', timestamp: time, body }] };
  }
  const span = {
    traceId: 'f'.repeat(32),
    spanId: 'f'.repeat(16),
    name: 'never',
    startTimeUnixNano: '1767225600000000000',
    endTimeUnixNano: '1767225600000000000',
  };
  return { resourceSpans: [{ scopeSpans: [{ scope: { name: 'never' }, spans: [span] }] }] };
}

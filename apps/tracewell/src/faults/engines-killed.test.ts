import { type Instance, startInstance, waitFor } from '@tracewell/testkit/instance';
import { createLedgerClient } from '@tracewell/testkit/ledger-client';
import { judgeWhenQuiet, startLoad, untilAcknowledged } from '@tracewell/testkit/load';
import { describe, expect, it } from 'vitest';

/**
 * D1 to D4: a process that is killed under load, as the kernel does when memory runs out, is started again, and
 * nothing that was acknowledged before, meanwhile or after is lost, doubled or invented.
 */
interface Victim {
  name: string;
  times: number;
  pid: (instance: Instance) => number;
}

const victims: Victim[] = [
  { name: 'the ClickHouse host', times: 3, pid: (instance) => instance.pids().columnar },
  { name: 'Postgres', times: 3, pid: (instance) => instance.postgresPid() },
  { name: 'the worker', times: 4, pid: (instance) => instance.pids().worker },
];

describe.each(victims)('$name killed under load', ({ name, times, pid }) => {
  it(`loses, doubles and invents nothing, ${times} times over`, async () => {
    const instance = await startInstance({
      env: { TRACEWELL_RECONCILE_EVERY_MS: '1000', TRACEWELL_RECONCILE_GRACE_MS: '5000' },
    });
    try {
      const client = createLedgerClient(instance);
      const load = startLoad(client);
      for (let round = 0; round < times; round++) {
        await untilAcknowledged(client, 150);
        const killed = pid(instance);
        process.kill(killed, 'SIGKILL');
        await waitFor(`${name} to be started again`, async () => {
          const { ok } = await fetch(`${instance.workerUrl}/readyz`);
          return ok && pid(instance) > 0 && pid(instance) !== killed;
        });
      }
      await untilAcknowledged(client, 150);
      await load.stop();
      const verdict = await judgeWhenQuiet(instance, client);
      expect(verdict).toEqual({ acknowledged: client.acknowledged(), lost: [], doubled: [], phantom: [] });
      expect(instance.output().match(/stopped \((SIGKILL|exit code 137)\)/g)).toHaveLength(times);
      expect(await instance.stop()).toBe(0);
    } finally {
      await instance.dispose();
    }
  });
});

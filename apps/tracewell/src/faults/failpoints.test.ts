import { failpoints } from '@tracewell/ingest/failpoint';
import { type Instance, startInstance, waitFor } from '@tracewell/testkit/instance';
import { createLedgerClient } from '@tracewell/testkit/ledger-client';
import { describe, expect, it } from 'vitest';

/**
 * D1 to D4: a process that is killed at any named point of the write path loses nothing it acknowledged, and
 * what is done again shows nothing twice. The process dies at its second passage and is started again by the
 * supervisor; the client retries as an SDK does.
 */
describe.each(failpoints)('killed at %s', (name) => {
  it('loses, doubles and invents nothing', async () => {
    const instance = await startInstance({
      env: {
        TRACEWELL_FAILPOINTS: `${name}=kill@2`,
        TRACEWELL_RECONCILE_EVERY_MS: '1000',
        TRACEWELL_RECONCILE_GRACE_MS: '3000',
      },
    });
    try {
      const client = createLedgerClient(instance);
      for (let round = 0; round < 4; round++) {
        await Promise.all([client.sendSpans(20), client.sendEvents(20), client.sendSpans(5)]);
      }
      await waitFor(
        'all that was acknowledged',
        async () => (await client.judge()).lost.length === 0,
        120_000,
      );
      await untilBooksBalance(instance, 260);
      expect(instance.output(), 'the failpoint must have been passed, or this test shows nothing').toMatch(
        /stopped \(SIGKILL\) and is started again/,
      );
      const verdict = await client.judge();
      expect(verdict).toEqual({ acknowledged: 180, lost: [], doubled: [], phantom: [] });
    } finally {
      await instance.dispose();
    }
  });
});

/** Nothing is stored that the ledger does not have: accepted = visible + dead-lettered + suppressed. */
async function untilBooksBalance(instance: Instance, leastEvents: number): Promise<void> {
  await waitFor('the books to balance', async () => {
    const text = await (await fetch(`${instance.workerUrl}/metrics`)).text();
    const value = (metric: string) =>
      Number(
        text
          .split('\n')
          .find((line) => line.startsWith(`${metric} `))
          ?.split(' ')[1] ?? Number.NaN,
      );
    return (
      value('tracewell_ledger_events{state="accepted"}') >= leastEvents &&
      value('tracewell_batches_in_flight') === 0 &&
      value('tracewell_ledger_gap_events') === 0
    );
  });
}

import { setTimeout as wait } from 'node:timers/promises';
import { type Instance, waitFor } from './instance';
import type { LedgerClient, Verdict } from './ledger-client';

/** Clients that send without end while a test does harm. */
export interface Load {
  /** Resolves when what is being sent is acknowledged. Throws when something was not, with all its retries. */
  stop(): Promise<void>;
}

const pauseMs = 100;

/** Three clients: two of OTLP, one of the batch API. */
export function startLoad(client: LedgerClient): Load {
  let stopped = false;
  const loop = async (send: () => Promise<void>) => {
    while (!stopped) {
      await send();
      await wait(pauseMs);
    }
  };
  const loops = Promise.allSettled([
    loop(() => client.sendSpans(8)),
    loop(() => client.sendSpans(3)),
    loop(() => client.sendEvents(6)),
  ]);
  return {
    async stop() {
      stopped = true;
      const failed = (await loops).find((result) => result.status === 'rejected');
      if (failed) throw failed.reason;
    },
  };
}

/** Resolves when at least `count` more things were acknowledged than now: the instance is at work again. */
export function untilAcknowledged(client: LedgerClient, count: number): Promise<unknown> {
  const before = client.acknowledged();
  return waitFor(`${count} more to be acknowledged`, async () => client.acknowledged() >= before + count);
}

/**
 * Waits until the books balance (D5) and all that was acknowledged can be read, and judges. What the books know
 * comes first: reading everything back is dear, and slows down what it waits for.
 */
export async function judgeWhenQuiet(
  instance: Pick<Instance, 'fetch' | 'workerUrl'>,
  client: LedgerClient,
): Promise<Verdict> {
  const leastEvents = client.acknowledgedEvents();
  await waitFor(
    'the books to balance',
    async () => {
      const read = await readWorkerMetrics(instance);
      const accepted = read('tracewell_ledger_events{state="accepted"}');
      return (
        accepted >= leastEvents &&
        accepted === read('tracewell_ledger_events{state="visible"}') &&
        read('tracewell_batches_in_flight') === 0 &&
        read('tracewell_ledger_gap_events') === 0 &&
        read('tracewell_dead_letters') === 0
      );
    },
    quietTimeoutMs,
  );
  // The gauges are some seconds old: what came since may still be on its way.
  return waitFor(
    'all that was acknowledged',
    async () => {
      const verdict = await client.judge();
      if (verdict.lost.length === 0) return verdict;
      await wait(judgePauseMs);
      throw new Error(`${verdict.lost.length} of ${verdict.acknowledged} cannot be read yet`);
    },
    quietTimeoutMs,
  );
}
const quietTimeoutMs = 120_000;
const judgePauseMs = 1_000;

/** The value of a series by its whole name with labels; NaN when there is none. */
export async function readWorkerMetrics(
  instance: Pick<Instance, 'workerUrl'>,
): Promise<(series: string) => number> {
  const text = await (await fetch(`${instance.workerUrl}/metrics`)).text();
  const values = new Map(
    text
      .split('\n')
      .map((line) => line.split(/ (?=\S+$)/) as [string, string])
      .filter(([name]) => !name.startsWith('#')),
  );
  return (series) => Number(values.get(series) ?? Number.NaN);
}

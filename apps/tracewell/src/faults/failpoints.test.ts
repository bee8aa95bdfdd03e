import { type Failpoint, failpoints } from '@tracewell/ingest/failpoint';
import { startInstance, waitFor } from '@tracewell/testkit/instance';
import { createLedgerClient } from '@tracewell/testkit/ledger-client';
import { judgeWhenQuiet, startLoad } from '@tracewell/testkit/load';
import { createRandom, shuffle, testSeed } from '@tracewell/testkit/seeded-random';
import { describe, expect, it } from 'vitest';

/**
 * D1 to D4: a process that is killed at any named point of the write path, again and again, loses nothing it
 * acknowledged, and what is done again shows nothing twice. Clients retry as SDKs do.
 *
 * Each life of a process ends at one failpoint, after a number of passages that is drawn from the seed. Every
 * failpoint ends a life at least twice.
 */
interface Life {
  at: Failpoint;
  passage: number;
}

const random = createRandom(testSeed);
const maxPassage = 5;
const runTimeoutMs = 240_000;
const drawLives = (points: readonly Failpoint[]): Life[] =>
  points.map((at) => ({ at, passage: 1 + Math.floor(random() * maxPassage) }));

const worker = shuffle(
  failpoints.filter((name) => name.startsWith('worker.')),
  random,
);
const web = failpoints.filter((name) => name.startsWith('receive.'));
const pointsPerRun = 2;
const runs = Array.from({ length: Math.ceil(worker.length / pointsPerRun) }, (_, run) => {
  const points = worker.slice(run * pointsPerRun, (run + 1) * pointsPerRun);
  return { worker: drawLives([...points, ...shuffle(points, random)]), web: drawLives(shuffle(web, random)) };
});

/** `name=kill@…` with one number for each life of the process: 0 where another failpoint ends it. */
const armed = (lives: readonly Life[]): string =>
  [...new Set(lives.map(({ at }) => at))]
    .map((name) => `${name}=kill@${lives.map(({ at, passage }) => (at === name ? passage : 0)).join(',')}`)
    .join(';');

const title = (lives: readonly Life[]) => lives.map(({ at, passage }) => `${at}@${passage}`).join(' → ');

async function killAgainAndAgain({ worker, web }: (typeof runs)[number]): Promise<void> {
  const instance = await startInstance({
    env: {
      TRACEWELL_FAILPOINTS: `${armed(worker)};${armed(web)}`,
      TRACEWELL_RECONCILE_EVERY_MS: '1000',
      TRACEWELL_RECONCILE_GRACE_MS: '3000',
    },
  });
  try {
    const client = createLedgerClient(instance);
    const load = startLoad(client);
    const deaths = (name: string) =>
      instance.output().match(new RegExp(`The ${name} stopped \\(SIGKILL\\)`, 'g'))?.length ?? 0;
    // Each failpoint must have been passed as often as drawn, or this test shows nothing.
    await waitFor(
      'every life to end',
      async () => deaths('worker') === worker.length && deaths('web') === web.length,
      120_000,
    );
    await load.stop();
    const verdict = await judgeWhenQuiet(instance, client);
    expect(verdict).toEqual({ acknowledged: client.acknowledged(), lost: [], doubled: [], phantom: [] });
    expect([deaths('worker'), deaths('web')]).toEqual([worker.length, web.length]);
  } finally {
    await instance.dispose();
  }
}

/** Much of a run is waiting for restarts and locks: two run side by side. */
const runsAtOnce = 2;
for (let first = 0; first < runs.length; first += runsAtOnce) {
  describe(`killed at failpoints, TRACEWELL_TEST_SEED=${testSeed}`, () => {
    for (const run of runs.slice(first, first + runsAtOnce)) {
      it.concurrent(
        `loses, doubles and invents nothing: ${title(run.worker)}, ${title(run.web)}`,
        () => killAgainAndAgain(run),
        runTimeoutMs,
      );
    }
  });
}

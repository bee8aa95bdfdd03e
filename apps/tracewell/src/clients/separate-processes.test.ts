import { type Deployment, serversMissing, startDeployment } from '@tracewell/testkit/deployment';
import { waitFor } from '@tracewell/testkit/instance';
import { createLedgerClient } from '@tracewell/testkit/ledger-client';
import { judgeWhenQuiet, startLoad, untilAcknowledged } from '@tracewell/testkit/load';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/**
 * Two webs and two workers on servers: what an SDK sends to one is read from the other, and nothing that was
 * acknowledged is lost when a worker or a store goes away.
 */
if (serversMissing) process.stderr.write(`Separate processes are not tested: ${serversMissing}\n`);

const longestAnswerMs = 8_000;

describe.skipIf(serversMissing)('web and worker on servers', () => {
  let deployment: Deployment;
  beforeAll(async () => {
    deployment = await startDeployment({ webs: 2, workers: 2 });
  }, 180_000);
  afterAll(() => deployment?.dispose(), 60_000);

  it('keep what is sent while a worker is killed and Redis restarts', { timeout: 240_000 }, async () => {
    const client = createLedgerClient(deployment);
    const load = startLoad(client);
    await untilAcknowledged(client, 40);
    expect(await deployment.workers[1]!.end('SIGKILL')).toBeNull();
    await untilAcknowledged(client, 40);
    await deployment.redis.kill();
    await askWhileAway('/api/public/traces?limit=1');
    await deployment.redis.start();
    await untilAcknowledged(client, 40);
    await load.stop();
    expect(await judgeWhenQuiet(deployment, client)).toEqual({
      acknowledged: client.acknowledged(),
      lost: [],
      doubled: [],
      phantom: [],
    });
  });

  it('answer while Postgres is away, and go on when it is back', { timeout: 120_000 }, async () => {
    await deployment.postgres.stop();
    // Of what only Postgres knows there is no answer but this one.
    const response = await askWhileAway('/api/public/v2/prompts');
    expect(response.status).toBe(503);
    await deployment.postgres.start();
    await waitFor('an answer', async () => (await deployment.fetch('/api/public/v2/prompts')).ok);
  });

  it('migrate again without a change, and end with what they have in hand', { timeout: 60_000 }, async () => {
    expect(await deployment.run('migrate')).toMatchObject({ code: 0 });
    const exits = [deployment.webs[0]!, deployment.workers[0]!].map((process) => process.end('SIGTERM'));
    expect(await Promise.all(exits)).toEqual([0, 0]);
  });

  it.each(['web', 'worker', 'migrate'])('say what is wrong with a setting: %s', async (command) => {
    const { code, output } = await deployment.run(command, { CLICKHOUSE_URL: 'clickhouse:9000' });
    expect(code).toBe(78);
    expect(output).toMatch(/^CLICKHOUSE_URL cannot be used as it is: it must be a URL/m);
  });

  async function askWhileAway(path: string): Promise<Response> {
    const response = await deployment.fetch(path, { signal: AbortSignal.timeout(longestAnswerMs) });
    await response.text();
    if (!response.ok) {
      expect(response.status).toBe(503);
      expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    return response;
  }
});

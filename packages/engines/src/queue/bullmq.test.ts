import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../relational/embedded/launch';
import { openBullMq } from './bullmq';
import { describeQueues } from './conformance';
import { QueueUnavailable } from './port';

const directory = mkdtempSync(join(tmpdir(), 'tracewell-queue-'));
let postgres: EmbeddedPostgres;
beforeAll(async () => {
  postgres = await startEmbeddedPostgres({ directory: join(directory, 'postgres') });
});
afterAll(async () => {
  await postgres?.stop();
  rmSync(directory, { recursive: true, force: true });
});

describeQueues('BullMQ on Postgres', () => openBullMq({ url: postgres.url }));

describe('BullMQ on Postgres', () => {
  it('takes jobs while every worker it has room for listens', async () => {
    const queues = await openBullMq({ url: postgres.url, maxWorkers: 4 });
    const seen = new Set<string>();
    for (let n = 0; n < 4; n++) {
      await queues.work<{ id: string }>(`room-${n}`, async (job) => void seen.add(job.data.id), {
        concurrency: 8,
      });
    }
    await expect(queues.work('room-5', async () => {}, { concurrency: 1 })).rejects.toThrow('maxWorkers');
    const ids = Array.from({ length: 80 }, (_, n) => `job-${n}`);
    await Promise.all(ids.map((id, n) => queues.add(`room-${n % 4}`, { id, data: { id } })));
    await expect.poll(() => seen.size, { timeout: 20_000 }).toBe(80);
    await queues.close();
  });

  it('goes on by itself when Postgres comes back, and says unavailable meanwhile', async () => {
    const place = join(directory, 'outage');
    let server = await startEmbeddedPostgres({ directory: place });
    const { port } = server;
    const queues = await openBullMq({ url: server.url, addTimeoutMs: 1_000 });
    const seen: string[] = [];
    await queues.work<{ id: string }>('q', async (job) => void seen.push(job.data.id), { concurrency: 2 });
    await queues.add('q', { id: 'before', data: { id: 'before' } });
    await expect.poll(() => seen, { timeout: 20_000 }).toEqual(['before']);
    await server.stop();
    const startedAt = Date.now();
    await expect(queues.add('q', { id: 'while', data: { id: 'while' } })).rejects.toBeInstanceOf(
      QueueUnavailable,
    );
    expect(Date.now() - startedAt).toBeLessThan(5_000);
    expect(await queues.ping()).toBe(false);
    server = await startEmbeddedPostgres({ directory: place, port });
    await expect.poll(() => queues.ping(), { timeout: 20_000 }).toBe(true);
    await queues.add('q', { id: 'after', data: { id: 'after' } });
    await expect.poll(() => seen, { timeout: 20_000 }).toContain('after');
    await server.stop();
    // A process ends though its queue is away.
    await queues.close();
  });

  it('gives the job of a killed worker to another one', async () => {
    const adapter = new URL('./bullmq.ts', import.meta.url).href;
    const code = `const { openBullMq } = await import(${JSON.stringify(adapter)});
      const queues = await openBullMq({ url: ${JSON.stringify(postgres.url)} });
      await queues.work('killed', () => { console.log('started'); return new Promise(() => {}); }, { concurrency: 1 });`;
    const worker = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const started = new Promise((resolve) => worker.stdout.once('data', resolve));
    const queues = await openBullMq({ url: postgres.url });
    await queues.add('killed', { id: 'one', data: {} });
    await started;
    worker.kill('SIGKILL');
    const taken: string[] = [];
    await queues.work('killed', async (job) => void taken.push(job.id ?? ''), { concurrency: 1 });
    await expect.poll(() => taken, { timeout: 60_000 }).toEqual(['one']);
    await queues.close();
  });
});

const hasRedis = spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0;

/** Only where the machine has a redis-server: it is not among what npm installs. */
describe.runIf(hasRedis)('with a Redis', () => {
  let server: ChildProcess;
  let url = '';
  let port = 0;
  const start = () =>
    spawn(
      'redis-server',
      ['--port', String(port), '--save', '', '--maxmemory-policy', 'noeviction', '--dir', directory],
      {
        stdio: 'ignore',
      },
    );
  beforeAll(async () => {
    port = await freePort();
    url = `redis://127.0.0.1:${port}`;
    server = start();
  });
  afterAll(async () => {
    server?.kill('SIGKILL');
  });

  describeQueues('BullMQ on Redis', () => openBullMq({ url }));

  it('says unavailable while Redis is away, and goes on when it is back', async () => {
    const queues = await openBullMq({ url, addTimeoutMs: 1_000 });
    const seen: string[] = [];
    await queues.work<{ id: string }>('q', async (job) => void seen.push(job.data.id), { concurrency: 2 });
    await queues.add('q', { id: 'before', data: { id: 'before' } });
    await expect.poll(() => seen, { timeout: 20_000 }).toEqual(['before']);
    server.kill('SIGKILL');
    await new Promise((resolve) => server.once('exit', resolve));
    const startedAt = Date.now();
    await expect(queues.add('q', { id: 'while', data: { id: 'while' } })).rejects.toBeInstanceOf(
      QueueUnavailable,
    );
    expect(Date.now() - startedAt).toBeLessThan(5_000);
    expect(await queues.ping()).toBe(false);
    server = start();
    await expect.poll(() => queues.ping(), { timeout: 30_000 }).toBe(true);
    await queues.add('q', { id: 'after', data: { id: 'after' } });
    await expect.poll(() => seen, { timeout: 30_000 }).toContain('after');
    server.kill('SIGKILL');
    await queues.close();
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}

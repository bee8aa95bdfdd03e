import { describe, expect, it } from 'vitest';
import type { Queues } from './port';

/** What every queue must do; run by each adapter's test against the real backend. */
export function describeQueues(name: string, open: () => Promise<Queues>): void {
  let serial = 0;
  const fresh = () => `q${process.pid}-${serial++}`;

  describe(`${name} as queue`, () => {
    it('gives every job to a worker, several at once', async () => {
      const queues = await open();
      const queue = fresh();
      const seen: number[] = [];
      await queues.addMany(
        queue,
        Array.from({ length: 40 }, (_, n) => ({ id: `a-${n}`, data: { n } })),
      );
      let together = 0;
      let most = 0;
      const worker = await queues.work<{ n: number }>(
        queue,
        async (job) => {
          most = Math.max(most, ++together);
          await new Promise((resolve) => setTimeout(resolve, 5));
          together--;
          seen.push(job.data.n);
        },
        { concurrency: 4 },
      );
      await expect.poll(() => seen.length, { timeout: 20_000 }).toBe(40);
      expect([...seen].sort((a, b) => a - b)).toEqual(Array.from({ length: 40 }, (_, n) => n));
      expect(most).toBeGreaterThan(1);
      await worker.close();
      expect(await queues.counts(queue)).toEqual({ waiting: 0, active: 0, delayed: 0, failed: 0 });
      await queues.close();
    });

    it('does not add a job that waits already', async () => {
      const queues = await open();
      const queue = fresh();
      for (let n = 0; n < 3; n++) await queues.add(queue, { id: 'raw/2026/01/x#1', data: {} });
      expect((await queues.counts(queue)).waiting).toBe(1);
      await queues.close();
    });

    it.each(['', '0', '17', 'a:b'])('calls the id %j a mistake, not an outage', async (id) => {
      const queues = await open();
      await expect(queues.add('q', { id, data: {} })).rejects.toThrow(RangeError);
      await expect(queues.addMany('q', [{ id, data: {} }])).rejects.toThrow(RangeError);
      await queues.close();
    });

    it('tries a job again that failed, and counts the tries', async () => {
      const queues = await open();
      const queue = fresh();
      const attempts: number[] = [];
      const worker = await queues.work(
        queue,
        async (job) => {
          attempts.push(job.attemptsMade);
          if (attempts.length < 3) throw new Error('not yet');
        },
        { concurrency: 1 },
      );
      await queues.add(queue, { id: 'again', data: {} });
      await expect.poll(() => attempts, { timeout: 20_000 }).toEqual([0, 1, 2]);
      await worker.close();
      await queues.close();
    });

    it('lets the jobs in hand finish when a worker closes', async () => {
      const queues = await open();
      const queue = fresh();
      let started = false;
      let done = false;
      const worker = await queues.work(
        queue,
        async () => {
          started = true;
          await new Promise((resolve) => setTimeout(resolve, 300));
          done = true;
        },
        { concurrency: 1 },
      );
      await queues.add(queue, { id: 'slow', data: {} });
      await expect.poll(() => started, { timeout: 20_000 }).toBe(true);
      await worker.close();
      expect(done).toBe(true);
      await queues.close();
    });
  });
}

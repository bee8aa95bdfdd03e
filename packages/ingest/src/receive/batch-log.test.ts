import { brotliDecompressSync } from 'node:zlib';
import type { Blob } from '@tracewell/engines/blob/port';
import { BlobUnavailable } from '@tracewell/engines/blob/port';
import { type Queues, QueueUnavailable } from '@tracewell/engines/queue/port';
import { describe, expect, it } from 'vitest';
import type { Frame } from '../batch';
import { decodeBatch } from '../raw-batch';
import { openBatchLog } from './batch-log';

/** A store whose puts are held until the test lets them go: what is tested is when the log acknowledges. */
function heldStore() {
  const objects = new Map<string, Uint8Array>();
  const held: { key: string; body: Uint8Array; settle: (error?: Error) => void }[] = [];
  const blob = {
    put: (key: string, body: Uint8Array) =>
      new Promise<void>((resolve, reject) => {
        held.push({
          key,
          body,
          settle(error) {
            if (error) return reject(error);
            objects.set(key, body);
            resolve();
          },
        });
      }),
  } as unknown as Blob;
  return { blob, held, objects };
}

function countingQueue(fails = false) {
  const added: string[] = [];
  const queues = {
    async add(_: string, { id }: { id: string }) {
      if (fails) throw new QueueUnavailable('away');
      added.push(id);
    },
  } as unknown as Queues;
  return { queues, added };
}

const frame = (text: string): Frame => ({
  kind: 'otlp-json',
  encoding: 'identity',
  projectId: 'p',
  receivedAt: 1,
  accepted: 1,
  rejected: [],
  apiKey: '',
  sdkName: '',
  sdkVersion: '',
  scoresOnly: false,
  body: new TextEncoder().encode(text),
});

const settled = async (promise: Promise<unknown>) => {
  let state = 'pending';
  promise.then(
    () => {
      state = 'done';
    },
    () => {
      state = 'failed';
    },
  );
  await new Promise((resolve) => setTimeout(resolve, 20));
  return state;
};

describe('batch log', () => {
  it('acknowledges only when the object is stored, and gathers what comes meanwhile', async () => {
    const { blob, held, objects } = heldStore();
    const { queues, added } = countingQueue();
    const log = openBatchLog({ blob, queues, concurrentPuts: 1 });
    const first = log.append(frame('one'));
    expect(await settled(first)).toBe('pending');
    const others = [log.append(frame('two')), log.append(frame('three'))];
    expect(await settled(others[0]!)).toBe('pending');
    expect(held).toHaveLength(1);
    held[0]!.settle();
    await first;
    expect(await settled(others[0]!)).toBe('pending');
    held[1]!.settle();
    await Promise.all(others);
    await log.drain();
    expect(
      [...objects.values()].map((body) => decodeBatch(body).map((f) => new TextDecoder().decode(f.body))),
    ).toEqual([['one'], ['two', 'three']]);
    expect(added).toEqual([...objects.keys()]);
  });

  it('never acknowledges what was not stored', async () => {
    const { blob, held } = heldStore();
    const { queues, added } = countingQueue();
    const log = openBatchLog({ blob, queues });
    const append = log.append(frame('x'));
    await settled(append);
    held[0]!.settle(new BlobUnavailable('the disk is full'));
    await expect(append).rejects.toThrow(BlobUnavailable);
    expect(added).toEqual([]);
  });

  it('acknowledges what is stored although the queue is away', async () => {
    const { blob, held } = heldStore();
    const errors: unknown[] = [];
    const log = openBatchLog({
      blob,
      queues: countingQueue(true).queues,
      onEnqueueError: (error) => errors.push(error),
    });
    const append = log.append(frame('x'));
    await settled(append);
    held[0]!.settle();
    await append;
    await log.drain();
    expect(errors).toHaveLength(1);
  });

  it('asks the client to come back when more waits than it may hold', async () => {
    const { blob } = heldStore();
    const log = openBatchLog({ blob, queues: countingQueue().queues, maxWaitingBytes: 10 });
    void log.append(frame('123456789'));
    await expect(log.append(frame('more'))).rejects.toThrow(BlobUnavailable);
  });

  it('keeps large bodies compressed and gives them back as they were', async () => {
    const { blob, held } = heldStore();
    const log = openBatchLog({ blob, queues: countingQueue().queues });
    const text = 'a'.repeat(100_000);
    void log.append(frame(text));
    await expect.poll(() => held.length).toBe(1);
    const [stored] = decodeBatch(held[0]!.body);
    expect(held[0]!.body.length).toBeLessThan(5_000);
    expect(stored!.encoding).toBe('br');
    expect(brotliDecompressSync(stored!.body).toString()).toBe(text);
  });
});

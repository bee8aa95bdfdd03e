import { describe, expect, it } from 'vitest';
import { Semaphore, SlotsExhausted } from './semaphore';

describe('Semaphore', () => {
  it('gives slots in order, each once', async () => {
    const slots = new Semaphore(1, 10, 1_000);
    const release = await slots.acquire();
    const order: number[] = [];
    const second = slots.acquire().then((give) => {
      order.push(2);
      give();
    });
    const third = slots.acquire().then((give) => {
      order.push(3);
      give();
    });
    release();
    release();
    await Promise.all([second, third]);
    expect(order).toEqual([2, 3]);
    (await slots.acquire())();
  });

  it('lets a bounded number wait', async () => {
    const slots = new Semaphore(1, 1, 60_000);
    const release = await slots.acquire();
    const waiting = slots.acquire();
    await expect(slots.acquire()).rejects.toBeInstanceOf(SlotsExhausted);
    release();
    (await waiting)();
  });

  it('lets nobody wait for ever', async () => {
    const slots = new Semaphore(1, 10, 20);
    const release = await slots.acquire();
    await expect(slots.acquire()).rejects.toBeInstanceOf(SlotsExhausted);
    release();
    (await slots.acquire())();
  });

  it('keeps no place for who left', async () => {
    const slots = new Semaphore(1, 1, 60_000);
    const release = await slots.acquire();
    const leaving = new AbortController();
    const left = slots.acquire(leaving.signal);
    leaving.abort();
    await expect(left).rejects.toBeInstanceOf(SlotsExhausted);
    const next = slots.acquire();
    release();
    (await next)();
  });
});

import { describe, expect, it } from 'vitest';
import { parseFailpoints } from './failpoint';

describe('failpoints', () => {
  it('are off when nothing is said', () => expect(parseFailpoints(undefined)).toBeNull());
  it('read name, action and passage', () => {
    const points = parseFailpoints('worker.after_insert=kill@3; receive.after_put=delay:50')!;
    expect(points.get('worker.after_insert')).toEqual({ action: { kind: 'kill' }, countdown: 3 });
    expect(points.get('receive.after_put')).toEqual({ action: { kind: 'delay', ms: 50 }, countdown: 1 });
  });
  it('act once, or at a passage of each life of a process that is started again', () => {
    const countdown = (text: string, restarts: number) =>
      parseFailpoints(`worker.after_fetch=kill${text}`, restarts)!.get('worker.after_fetch')!.countdown;
    expect([0, 1].map((restarts) => countdown('@3', restarts))).toEqual([3, 0]);
    expect([0, 1].map((restarts) => countdown('', restarts))).toEqual([1, 0]);
    expect([0, 1, 2, 3].map((restarts) => countdown('@2,0,5', restarts))).toEqual([2, 0, 5, 0]);
  });
  it('refuse a name that stands nowhere in the write path, as a test of it would show nothing', () => {
    expect(() => parseFailpoints('worker.after_lunch=kill')).toThrow('worker.after_lunch');
  });
});

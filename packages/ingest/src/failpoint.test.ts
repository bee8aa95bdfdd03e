import { describe, expect, it } from 'vitest';
import { parseFailpoints } from './failpoint';

describe('failpoints', () => {
  it('are off when nothing is said', () => expect(parseFailpoints(undefined)).toBeNull());
  it('read name, action and passage', () => {
    const points = parseFailpoints('worker.after_insert=kill@3; receive.after_put=delay:50')!;
    expect(points.get('worker.after_insert')).toEqual({ action: { kind: 'kill' }, countdown: 3 });
    expect(points.get('receive.after_put')).toEqual({ action: { kind: 'delay', ms: 50 }, countdown: 1 });
  });
  it('refuse a name that stands nowhere in the write path, as a test of it would show nothing', () => {
    expect(() => parseFailpoints('worker.after_lunch=kill')).toThrow('worker.after_lunch');
  });
});

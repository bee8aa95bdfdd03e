import { describe, expect, it } from 'vitest';
import { SignInGuard } from './sign-in-guard';

const setUp = (options: { maxAccounts?: number } = {}) => {
  const clock = { time: 0 };
  return { clock, guard: new SignInGuard({ now: () => clock.time, ...options }) };
};
const fail = (guard: SignInGuard, email: string, times: number) => {
  for (let i = 0; i < times; i++) guard.recordFailure(email);
};

describe('SignInGuard', () => {
  it('stops an account at the tenth failure and says how long', () => {
    const { guard, clock } = setUp();
    fail(guard, 'a@x.test', 9);
    expect(() => guard.check('a@x.test')).not.toThrow();
    guard.recordFailure('A@X.test');
    clock.time = 60_000;
    expect(() => guard.check('a@x.test')).toThrow(
      expect.objectContaining({ code: 'too_many_requests', retryAfter: 14 * 60 }),
    );
    expect(() => guard.check('b@x.test')).not.toThrow();
  });

  it('lets it in again after fifteen minutes, or after a success', () => {
    const { guard, clock } = setUp();
    fail(guard, 'a', 10);
    clock.time = 15 * 60_000;
    expect(() => guard.check('a')).not.toThrow();
    fail(guard, 'b', 9);
    guard.recordSuccess('b');
    fail(guard, 'b', 9);
    expect(() => guard.check('b')).not.toThrow();
  });

  it('remembers no more accounts than its limit', () => {
    const { guard } = setUp({ maxAccounts: 1 });
    fail(guard, 'a', 10);
    fail(guard, 'b', 10);
    expect(() => guard.check('a')).not.toThrow();
    expect(() => guard.check('b')).toThrow();
  });
});

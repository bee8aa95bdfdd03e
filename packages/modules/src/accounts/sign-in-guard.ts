import { ApiError } from '@tracewell/contract';

export interface SignInGuardOptions {
  now?: () => number;
  maxFailures?: number;
  windowMs?: number;
  /** Accounts that are remembered; the one that failed longest ago is forgotten first. */
  maxAccounts?: number;
}

interface Failures {
  count: number;
  since: number;
}

/**
 * Stops the guessing of one account's password from many addresses (better-auth counts by address). It counts
 * names, whether or not such an account exists: being stopped tells nothing about that.
 */
export class SignInGuard {
  readonly #failures = new Map<string, Failures>();
  readonly #options: Required<SignInGuardOptions>;

  constructor(options: SignInGuardOptions = {}) {
    this.#options = {
      now: Date.now,
      maxFailures: 10,
      windowMs: 15 * 60_000,
      maxAccounts: 10_000,
      ...options,
    };
  }

  /** Throws `too_many_requests` while the account is stopped. */
  check(email: string): void {
    const failures = this.#recent(email);
    if (!failures || failures.count < this.#options.maxFailures) return;
    const waitMs = failures.since + this.#options.windowMs - this.#options.now();
    throw new ApiError(
      'too_many_requests',
      'Too many wrong passwords for this account. Wait, or use a sign-in link.',
      undefined,
      Math.max(1, Math.ceil(waitMs / 1000)),
    );
  }

  recordFailure(email: string): void {
    const key = keyOf(email);
    const { count, since } = this.#recent(email) ?? { count: 0, since: this.#options.now() };
    this.#failures.delete(key);
    this.#failures.set(key, { count: count + 1, since });
    if (this.#failures.size <= this.#options.maxAccounts) return;
    const oldest = this.#failures.keys().next().value;
    if (oldest !== undefined) this.#failures.delete(oldest);
  }

  recordSuccess(email: string): void {
    this.#failures.delete(keyOf(email));
  }

  #recent(email: string): Failures | undefined {
    const failures = this.#failures.get(keyOf(email));
    if (!failures || this.#options.now() - failures.since >= this.#options.windowMs) return undefined;
    return failures;
  }
}

const maxEmailLength = 320;
const keyOf = (email: string): string => email.toLowerCase().slice(0, maxEmailLength);

import { ApiError } from '@tracewell/contract';

/**
 * Remembers what the database said of a key, per process.
 *
 *   fresh   (younger than `freshMs`)     answered from memory
 *   ageing  (older)                      the database is asked; many callers share one question
 *   stale   (database away)              a known key is answered from memory until `staleMs`, an unknown one is
 *                                        told to come back: nobody who was never let in is let in, and nobody
 *                                        is told their key is wrong because we could not look
 *
 * A revoked key is refused `freshMs` after its revocation at the latest, whichever process revoked it.
 */
export interface KeyCacheOptions {
  now?: () => number;
  freshMs?: number;
  /** An unknown key is asked for again after this, so that a new key works at once. */
  unknownMs?: number;
  staleMs?: number;
  /** How long the database is left alone after it failed. */
  backOffMs?: number;
  /** Of known keys, and of unknown ones. */
  maxKeys?: number;
  /** How long one question may take. */
  timeoutMs?: number;
}

interface Remembered<Key> {
  key: Key | null;
  askedAt: number;
}

export class KeyCache<Key> {
  /** Apart, so that a flood of wrong keys drives out no right one. */
  readonly #known = new Map<string, Remembered<Key>>();
  readonly #unknown = new Map<string, Remembered<Key>>();
  readonly #asking = new Map<string, Promise<Key | null>>();
  readonly #find: (lookup: string) => Promise<Key | null>;
  readonly #options: Required<KeyCacheOptions>;
  #awaySince = Number.NEGATIVE_INFINITY;

  constructor(find: (lookup: string) => Promise<Key | null>, options: KeyCacheOptions = {}) {
    this.#find = find;
    this.#options = {
      now: Date.now,
      freshMs: 4_000,
      unknownMs: 1_000,
      staleMs: 5 * 60_000,
      backOffMs: 1_000,
      maxKeys: 10_000,
      timeoutMs: 2_000,
      ...options,
    };
  }

  /** The key, or null when there is none. Throws `unavailable` when that cannot be known now. */
  async get(lookup: string): Promise<Key | null> {
    const { now, freshMs, unknownMs, backOffMs } = this.#options;
    const remembered = this.#known.get(lookup) ?? this.#unknown.get(lookup);
    const age = remembered ? now() - remembered.askedAt : Number.POSITIVE_INFINITY;
    if (remembered && age < (remembered.key === null ? unknownMs : freshMs)) return remembered.key;
    if (now() - this.#awaySince < backOffMs) return this.#answerStale(remembered, age);
    try {
      return await this.#ask(lookup);
    } catch {
      this.#awaySince = now();
      return this.#answerStale(remembered, age);
    }
  }

  /** Forgets everything: after a change in this very process. */
  clear(): void {
    this.#known.clear();
    this.#unknown.clear();
  }

  #answerStale(remembered: Remembered<Key> | undefined, age: number): Key {
    if (remembered?.key && age < this.#options.staleMs) return remembered.key;
    throw new ApiError('unavailable', 'The API key cannot be checked now. Send the request again.');
  }

  #ask(lookup: string): Promise<Key | null> {
    const running = this.#asking.get(lookup);
    if (running) return running;
    const asking = this.#askAndRemember(lookup).finally(() => this.#asking.delete(lookup));
    this.#asking.set(lookup, asking);
    return asking;
  }

  async #askAndRemember(lookup: string): Promise<Key | null> {
    const askedAt = this.#options.now();
    const key = await withTimeout(this.#find(lookup), this.#options.timeoutMs);
    this.#known.delete(lookup);
    this.#unknown.delete(lookup);
    const map = key === null ? this.#unknown : this.#known;
    // Set anew it stands at the end: the map forgets whom it asked for longest ago.
    map.set(lookup, { key, askedAt });
    if (map.size > this.#options.maxKeys) {
      const oldest = map.keys().next().value;
      if (oldest !== undefined) map.delete(oldest);
    }
    return key;
  }
}

function withTimeout<Value>(promise: Promise<Value>, timeoutMs: number): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs);
    promise.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

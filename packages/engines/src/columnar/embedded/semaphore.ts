/** No slot became free in time, or too many wait already. */
export class SlotsExhausted extends Error {
  override readonly name = 'SlotsExhausted';
}

/** `slots` at a time; at most `maxWaiting` wait, each at most `maxWaitMs`, first come first served. */
export class Semaphore {
  #free: number;
  readonly #waiting: { grant: () => void }[] = [];

  constructor(
    slots: number,
    private readonly maxWaiting: number,
    private readonly maxWaitMs: number,
  ) {
    this.#free = slots;
  }

  /** Resolves to the function that gives the slot back; calling it again does nothing. */
  async acquire(signal?: AbortSignal): Promise<() => void> {
    if (this.#free > 0) {
      this.#free -= 1;
      return this.#releaseOnce();
    }
    if (this.#waiting.length >= this.maxWaiting) {
      throw new SlotsExhausted(`${this.maxWaiting} statements wait already.`);
    }
    await new Promise<void>((resolve, reject) => {
      const leave = (error: Error) => {
        const index = this.#waiting.indexOf(entry);
        if (index >= 0) this.#waiting.splice(index, 1);
        settle();
        reject(error);
      };
      const timer = setTimeout(
        () => leave(new SlotsExhausted(`No statement ended within ${this.maxWaitMs} ms.`)),
        this.maxWaitMs,
      );
      const onAbort = () => leave(new SlotsExhausted('The client went away.'));
      const settle = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      const entry = {
        grant: () => {
          settle();
          resolve();
        },
      };
      signal?.addEventListener('abort', onAbort, { once: true });
      this.#waiting.push(entry);
    });
    return this.#releaseOnce();
  }

  #releaseOnce(): () => void {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      const next = this.#waiting.shift();
      if (next) next.grant();
      else this.#free += 1;
    };
  }
}

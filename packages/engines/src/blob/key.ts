const keyPattern = /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/;
const maxKeyLength = 900;

/** Throws `RangeError` for what no object may be called, on any store: the caller's mistake, never an outage. */
export function requireKey(key: string): void {
  if (keyPattern.test(key) && key.length <= maxKeyLength) return;
  throw new RangeError(
    `"${key.slice(0, 100)}" is no key of the object store: segments of A-Za-z0-9._- that begin with no dot, joined by "/"`,
  );
}

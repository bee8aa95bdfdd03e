export const defaultEnvironment = 'default';

/**
 * Any value a client may send to a valid environment name: lower case, without leading `langfuse` (reserved
 * for internal telemetry of the wire's owner), at most 40 characters of `a-z0-9-_`; else `default`. Never fails.
 */
export function normaliseEnvironment(value: unknown): string {
  if (typeof value !== 'string') return defaultEnvironment;
  const name = value
    .toLowerCase()
    .replace(/^(?:langfuse[-_]?)+/, '')
    .slice(0, 40);
  return /^[a-z0-9-_]+$/.test(name) ? name : defaultEnvironment;
}

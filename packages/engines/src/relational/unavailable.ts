/** SQLSTATE classes and codes that speak of the server's state: the same call may succeed later. */
const transientStates = [
  /^08/, // connection exceptions
  /^53/, // insufficient resources: connections, memory, disk
  /^57P0[1-4]$/, // shutdown, crash, cannot connect now
  /^57014$/, // statement timeout
  /^55P03$/, // lock timeout
  /^40001$/, // serialisation failure
  /^40P01$/, // deadlock
  /^25006$/, // read only: a standby after a failover
];

const socketCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** Messages node-postgres gives without a code. */
const codeless =
  /Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end/;

/** Whether an error of the relational store means "later", and not that the statement was wrong. */
export function isRelationalUnavailable(error: unknown): boolean {
  // Drizzle wraps what the driver threw; a chain is never long.
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth += 1) {
    const code = String((at as { code?: unknown }).code ?? '');
    if (
      socketCodes.has(code) ||
      transientStates.some((state) => state.test(code)) ||
      codeless.test(at.message)
    ) {
      return true;
    }
  }
  return false;
}

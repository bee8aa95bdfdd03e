import { ClickHouseError } from '@clickhouse/client';
import { ColumnarError, ColumnarUnavailable } from './port';

/** Codes that speak of the store's state and not of the statement: the same call may succeed later. */
const transientCodes = new Map<number, string>([
  [159, 'TIMEOUT_EXCEEDED'],
  [160, 'TOO_SLOW'],
  [198, 'DNS_ERROR'],
  [202, 'TOO_MANY_SIMULTANEOUS_QUERIES'],
  [203, 'NO_FREE_CONNECTION'],
  [209, 'SOCKET_TIMEOUT'],
  [210, 'NETWORK_ERROR'],
  [225, 'NO_ZOOKEEPER'],
  [236, 'ABORTED'],
  [241, 'MEMORY_LIMIT_EXCEEDED'],
  [242, 'TABLE_IS_READ_ONLY'],
  [243, 'NOT_ENOUGH_SPACE'],
  [252, 'TOO_MANY_PARTS'],
  [279, 'ALL_CONNECTION_TRIES_FAILED'],
  [285, 'TOO_FEW_LIVE_REPLICAS'],
  [286, 'UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE'],
  [319, 'UNKNOWN_STATUS_OF_INSERT'],
  [439, 'CANNOT_SCHEDULE_TASK'],
  [492, 'TOO_MANY_QUERIES_OR_THREADS'],
  [999, 'KEEPER_EXCEPTION'],
]);

/**
 * What a statement's failure means to its caller. A refusal by the store keeps its code; a store that is away,
 * busy or full, or whose answer broke off, is unavailable; an aborted statement throws the signal's reason, and
 * a value that cannot be a parameter is the caller's mistake and stays what it is.
 */
export function toColumnarError(
  error: unknown,
  { name, signal }: { name: string; signal?: AbortSignal },
): unknown {
  if (signal?.aborted) return signal.reason;
  if (error instanceof ClickHouseError) {
    const code = Number(error.code);
    const message = `${name}: ${error.message.trim()} (code ${code}${error.type ? `, ${error.type}` : ''})`;
    return transientCodes.has(code)
      ? new ColumnarUnavailable(message, { cause: error })
      : new ColumnarError(message, code, { cause: error });
  }
  if (error instanceof TypeError || !(error instanceof Error)) return error;
  if (error.message.startsWith('Unsupported value in query parameters')) return error;
  const reason = error.message.trim().slice(0, maxReasonLength) || String((error as { code?: unknown }).code);
  return new ColumnarUnavailable(`${name}: no answer from the columnar store: ${reason}`, { cause: error });
}

/** An answer that is not ClickHouse's (a proxy's page) is shown by its beginning only. */
const maxReasonLength = 300;

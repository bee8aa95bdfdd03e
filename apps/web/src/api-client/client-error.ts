import type { ErrorCode } from '@tracewell/contract';

/** A request that did not succeed; `message` is made for people, `code` for decisions. */
export class ClientError extends Error {
  override readonly name = 'ClientError';
  constructor(
    /** HTTP status; 0 when no answer came. */
    readonly status: number,
    /** One of the API's codes, `unreachable` when no answer came, or the sign-in service's own. */
    readonly code: ErrorCode | 'unreachable' | (string & {}),
    message: string,
  ) {
    super(message);
  }
}

/** Whether asking again may help: not for what the client got wrong. */
export const isPassing = (error: unknown): boolean =>
  !(error instanceof ClientError) || error.status === 0 || error.status === 429 || error.status >= 500;

export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : 'Something failed without saying what.';

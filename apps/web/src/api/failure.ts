import {
  ApiError,
  type ErrorBody,
  type StructuredCode,
  StructuredError,
  statusOfCode,
} from '@tracewell/contract';
import { BlobUnavailable } from '@tracewell/engines/blob/port';
import { ColumnarError, ColumnarUnavailable } from '@tracewell/engines/columnar/port';
import { QueueUnavailable } from '@tracewell/engines/queue/port';
import { isRelationalUnavailable } from '@tracewell/engines/relational/unavailable';
import { MalformedBody, PayloadTooLarge, UnsupportedEncoding } from '@tracewell/ingest/receive/body';
import { InvalidBatch } from '@tracewell/ingest/receive/json-batch';
import { InvalidQuery, ResultTooLarge } from '@tracewell/query/invalid-query';
import { z } from 'zod';

/** What a client is told, whichever contract its route speaks. */
export interface Failure {
  status: number;
  code: ErrorBody['code'];
  message: string;
  details?: ErrorBody['details'];
  /** Issues of the validation, as clients of the wire know them, and the part of the request they are in. */
  issues?: unknown[];
  place?: RequestPart;
  /** A finer code, and what it speaks of, for the routes that have one. */
  structured?: { code: StructuredCode; details?: Record<string, unknown> | undefined };
  /** Seconds, with 429 and 503. */
  retryAfter?: number;
  /** What is to be logged; never shown. */
  cause?: unknown;
}

export type RequestPart = 'path' | 'query' | 'body';

/** A part of the request that is not what its operation takes. */
export class InvalidInput extends Error {
  constructor(
    readonly place: RequestPart,
    readonly input: z.ZodError,
  ) {
    super(input.message);
  }
}

/** Spread, so that clients that were refused together do not come back together. */
const maxRetryAfterSeconds = 30;
const jitteredRetryAfter = () => 1 + Math.floor(Math.random() * maxRetryAfterSeconds);

/** Every error has one meaning for the client; what nobody foresaw is the only 500. */
export function describeFailure(error: unknown): Failure {
  if (error instanceof ApiError) {
    const { code, message, details, retryAfter } = error;
    const failure: Failure = { status: statusOfCode[code], code, message };
    if (details) failure.details = details;
    if (error instanceof StructuredError) {
      failure.structured = { code: error.structuredCode, details: error.structuredDetails };
    }
    if (code === 'unavailable' || code === 'too_many_requests') {
      failure.retryAfter = retryAfter ?? jitteredRetryAfter();
    }
    return failure;
  }
  if (error instanceof InvalidInput) return { ...describeIssues(error.input), place: error.place };
  if (error instanceof z.ZodError) return describeIssues(error);
  if (error instanceof InvalidBatch) {
    return {
      ...failureOf('invalid_request', `Invalid request data: ${error.message}`),
      issues: [...error.errors],
    };
  }
  if (error instanceof InvalidQuery) return failureOf('invalid_request', error.message);
  if (error instanceof ResultTooLarge)
    return { status: 422, code: 'payload_too_large', message: error.message };
  if (error instanceof MalformedBody) return failureOf('invalid_request', error.message);
  if (error instanceof PayloadTooLarge) return failureOf('payload_too_large', error.message);
  if (error instanceof UnsupportedEncoding) return failureOf('unsupported_media_type', error.message);
  if (isUnavailable(error)) {
    return {
      ...failureOf(
        'unavailable',
        'A store of this installation does not answer now. Send the request again.',
      ),
      retryAfter: jitteredRetryAfter(),
      cause: error,
    };
  }
  if (holdsUnstorableText(error)) {
    return failureOf(
      'invalid_request',
      'A text of the request holds the character NUL or half a surrogate pair, which is not stored. Leave it out.',
    );
  }
  if (error instanceof ColumnarError && tooMuchCodes.has(error.code)) {
    return {
      status: 422,
      code: 'invalid_request',
      message:
        'The query needs more time or memory than one request may take. Narrow the time range, add filters or lower the limit.',
      cause: error,
    };
  }
  return {
    ...failureOf('internal', 'Something went wrong on our side; the server log holds the cause.'),
    cause: error,
  };
}

const failureOf = (code: ErrorBody['code'], message: string): Failure => ({
  status: statusOfCode[code],
  code,
  message,
});

function describeIssues(error: z.ZodError): Failure {
  const details = error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message }));
  const [first] = details;
  const at = first?.path ? `${first.path}: ` : '';
  const more = details.length > 1 ? ` (and ${details.length - 1} more)` : '';
  return {
    ...failureOf('invalid_request', `Invalid request data. ${at}${first?.message ?? 'unknown'}${more}`),
    details,
    issues: error.issues,
  };
}

/** ClickHouse: too slow, timeout, out of memory, too many rows or bytes. */
const tooMuchCodes = new Set([158, 159, 160, 241, 307, 396]);

/** Postgres: a character it does not hold, in an id that was looked up or a text that was to be written. */
const unstorableCodes = new Set(['22021', '22P05']);
function holdsUnstorableText(error: unknown): boolean {
  for (let depth = 0, at = error; depth < 8 && at instanceof Error; depth++, at = at.cause) {
    if ('code' in at && typeof at.code === 'string' && unstorableCodes.has(at.code)) return true;
  }
  return false;
}

/** A store that is away, busy or full, wherever in the chain of causes it says so. */
function isUnavailable(error: unknown): boolean {
  for (let depth = 0, at = error; depth < 8 && at instanceof Error; depth++, at = at.cause) {
    if (
      at instanceof ColumnarUnavailable ||
      at instanceof BlobUnavailable ||
      at instanceof QueueUnavailable
    ) {
      return true;
    }
  }
  return isRelationalUnavailable(error);
}

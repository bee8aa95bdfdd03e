import { z } from 'zod';

/**
 * The closed list of error codes under `/api/v1`. The wire-compatible API keeps the bodies its clients know;
 * both say the thing, the rule and the fix in `message`.
 */
export const errorCodes = [
  'invalid_request',
  'unauthorized',
  'forbidden',
  'not_found',
  'method_not_allowed',
  'conflict',
  'payload_too_large',
  'unsupported_media_type',
  'too_many_requests',
  'unavailable',
  'internal',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

export const errorBody = z
  .object({
    message: z.string(),
    code: z.enum(errorCodes),
    details: z
      .array(
        z.object({
          path: z.string(),
          message: z.string(),
          /** In the text at `path`: of the first character that is wrong, from 1, and how many there are. */
          column: z.int().optional(),
          length: z.int().optional(),
          /** What may have been meant instead of them. */
          suggestions: z.array(z.string()).optional(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Error' });
export type ErrorBody = z.infer<typeof errorBody>;

export const statusOfCode: Record<ErrorCode, number> = {
  invalid_request: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  method_not_allowed: 405,
  conflict: 409,
  payload_too_large: 413,
  unsupported_media_type: 415,
  too_many_requests: 429,
  unavailable: 503,
  internal: 500,
};

/** What a verb throws when a client is to be told; everything else is an internal error. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details?: ErrorBody['details'],
    /** Seconds, with `too_many_requests` and `unavailable`. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}

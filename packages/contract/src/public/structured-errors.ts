import { z } from 'zod';
import { ApiError, type ErrorCode } from '../errors';

/**
 * The errors of `/api/public/unstable/*` and of evaluators and evaluation rules under `/api/public/v2`:
 * `{message, code, details}`, where clients branch on `code`.
 */
export const structuredCodes = [
  'authentication_failed',
  'access_denied',
  'invalid_request',
  'invalid_query',
  'invalid_body',
  'resource_not_found',
  'conflict',
  'rate_limited',
  'method_not_allowed',
  'internal_error',
] as const;
/** Finer codes, which only the first generation of evaluator clients knows. */
export const evaluationCodes = [
  'invalid_filter_value',
  'invalid_json_path',
  'invalid_variable_mapping',
  'missing_variable_mapping',
  'duplicate_variable_mapping',
  'name_conflict',
  'evaluator_in_use',
  'evaluator_preflight_failed',
  'unprocessable_content',
] as const;
export type StructuredCode = (typeof structuredCodes)[number] | (typeof evaluationCodes)[number];

export const structuredError = z
  .object({
    message: z.string(),
    code: z.enum([...structuredCodes, ...evaluationCodes]),
    details: z
      .looseObject({
        issues: z
          .array(z.object({ code: z.string(), message: z.string(), path: z.array(z.unknown()) }))
          .optional(),
      })
      .optional(),
  })
  .meta({ id: 'StructuredError' });

/** What a verb throws where a finer code than its status helps; other contracts show its message alone. */
export class StructuredError extends ApiError {
  constructor(
    code: ErrorCode,
    readonly structuredCode: StructuredCode,
    message: string,
    /** `field`, `column`, `variable`, `allowedValues` …: what the message speaks of, for programs. */
    readonly structuredDetails?: Record<string, unknown>,
  ) {
    super(code, message);
  }
}

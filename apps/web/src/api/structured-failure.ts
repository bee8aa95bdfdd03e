import { evaluationCodes, type StructuredCode } from '@tracewell/contract';
import type { Failure, RequestPart } from './failure';

/**
 * The `{message, code, details}` of unstable routes, evaluators and evaluation rules. `fine` routes may answer
 * codes that newer clients do not know: those fail to read a body with a code beyond their list.
 */
export function structuredBody(failure: Failure, fine: boolean): unknown {
  const { message, structured, issues, retryAfter } = failure;
  const code = structured?.code;
  const details = {
    ...structured?.details,
    ...(issues && { issues: issues.map(describeIssue) }),
    ...(retryAfter !== undefined && failure.status === 429 && { retryAfterSeconds: retryAfter }),
  };
  return {
    message,
    code: code && (fine || !isFine(code)) ? code : generalCode(failure),
    ...(Object.keys(details).length > 0 && { details }),
  };
}

const isFine = (code: StructuredCode): boolean => (evaluationCodes as readonly string[]).includes(code);

const codeOfPlace: Record<RequestPart, StructuredCode> = {
  path: 'invalid_request',
  query: 'invalid_query',
  body: 'invalid_body',
};

function generalCode({ code, place, structured }: Failure): StructuredCode {
  switch (code) {
    case 'invalid_request':
      // Only bodies have rules fine enough for a code of their own.
      return place ? codeOfPlace[place] : structured ? 'invalid_body' : 'invalid_request';
    case 'unauthorized':
      return 'authentication_failed';
    case 'forbidden':
      return 'access_denied';
    case 'not_found':
      return 'resource_not_found';
    case 'method_not_allowed':
      return 'method_not_allowed';
    case 'conflict':
      return 'conflict';
    case 'too_many_requests':
      return 'rate_limited';
    case 'payload_too_large':
    case 'unsupported_media_type':
      return 'invalid_request';
    case 'unavailable':
    case 'internal':
      return 'internal_error';
  }
}

/** Of a validation issue, what clients of the wire read. */
function describeIssue(issue: unknown): { code: string; message: string; path: unknown[] } {
  const { code, message, path } = (typeof issue === 'object' && issue !== null ? issue : {}) as {
    code?: unknown;
    message?: unknown;
    path?: unknown;
  };
  return {
    code: typeof code === 'string' ? code : 'custom',
    message: typeof message === 'string' ? message : String(issue),
    path: Array.isArray(path) ? path : [],
  };
}

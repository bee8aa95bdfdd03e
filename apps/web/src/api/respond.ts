import { type ErrorBody, errorBody } from '@tracewell/contract';
import {
  encodeErrorStatus,
  type OtlpEncoding,
  otlpContentTypes,
} from '@tracewell/ingest/receive/otlp-response';
import type { Failure } from './failure';
import { structuredBody } from './structured-failure';

/**
 * How a route words its failures. `public` is what clients of the wire parse; `organization` is the one text its
 * organization and admin routes have, `scim` that of RFC 7644, `structured` and `fine` that of unstable routes
 * and evaluators; `screens` is our own.
 */
export type ErrorContract =
  | 'public'
  | 'ingestion'
  | 'organization'
  | 'scim'
  | 'structured'
  | 'fine'
  | 'screens'
  | OtlpEncoding;

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  });

/** Class names the wire's clients find under `error`. */
const errorNames: Record<ErrorBody['code'], string> = {
  invalid_request: 'InvalidRequestError',
  unauthorized: 'UnauthorizedError',
  forbidden: 'ForbiddenError',
  not_found: 'LangfuseNotFoundError',
  method_not_allowed: 'MethodNotAllowedError',
  conflict: 'LangfuseConflictError',
  payload_too_large: 'PayloadTooLargeError',
  unsupported_media_type: 'UnsupportedMediaTypeError',
  too_many_requests: 'TooManyRequestsError',
  unavailable: 'ServiceUnavailableError',
  internal: 'InternalServerError',
};

export function respondFailure(failure: Failure, contract: ErrorContract): Response {
  const headers: Record<string, string> = {};
  if (failure.retryAfter !== undefined) headers['retry-after'] = String(failure.retryAfter);
  // A browser that is challenged asks the person for a password of its own, and the page waits for ever.
  if (failure.status === 401 && contract !== 'screens')
    headers['www-authenticate'] = 'Basic realm="Tracewell"';
  if (contract === 'protobuf' || contract === 'json') {
    return new Response(Buffer.from(encodeErrorStatus(failure.status, failure.message, contract)), {
      status: failure.status,
      headers: { 'content-type': otlpContentTypes[contract], ...headers },
    });
  }
  return json(bodyOf(failure, contract), failure.status, headers);
}

function bodyOf(failure: Failure, contract: Exclude<ErrorContract, OtlpEncoding>): unknown {
  const { message, code, details, issues } = failure;
  if (contract === 'scim') {
    const schemas = ['urn:ietf:params:scim:api:messages:2.0:Error'];
    // A status is text in SCIM (RFC 7644, 3.12).
    return { schemas, detail: message, status: String(failure.status) };
  }
  if (contract === 'structured' || contract === 'fine') return structuredBody(failure, contract === 'fine');
  if (contract === 'organization') return { error: message, ...(issues && { details: issues }) };
  if (contract === 'screens') return errorBody.parse({ message, code, ...(details && { details }) });
  if (contract === 'ingestion' && failure.status === 400) {
    return { message: 'Invalid request data', errors: issues ?? [message] };
  }
  return { message, error: issues ?? errorNames[code] };
}

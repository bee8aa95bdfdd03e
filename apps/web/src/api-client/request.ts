import { ClientError } from './client-error';

type QueryValue = string | number | undefined;

interface RequestOptions {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  query?: Record<string, QueryValue>;
  body?: unknown;
  signal?: AbortSignal;
}

/**
 * One call of our own API. The answer is trusted to be of the contract's shape: client and server are built
 * from the same schemas. Throws ClientError with the API's code and message, status 0 when no answer came.
 */
export async function request<Answer>(path: string, options: RequestOptions = {}): Promise<Answer> {
  const { method = 'GET', query, body, signal } = options;
  let response: Response;
  try {
    response = await fetch(path + encodeQuery(query), {
      method,
      credentials: 'same-origin',
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ClientError(0, 'unreachable', 'The server cannot be reached. Check that Tracewell is running.');
  }
  if (!response.ok) throw await readError(response);
  if (response.status === 204) return undefined as Answer;
  try {
    return (await response.json()) as Answer;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ClientError(0, 'unreachable', 'The answer of the server broke off. Try again.');
  }
}

export function encodeQuery(query: Record<string, QueryValue> | undefined): string {
  const params = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== '') params.set(key, String(value));
  }
  const text = params.toString();
  return text ? `?${text}` : '';
}

async function readError(response: Response): Promise<ClientError> {
  const { status } = response;
  try {
    const body: unknown = await response.json();
    if (typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string') {
      const code = 'code' in body && typeof body.code === 'string' ? body.code : 'internal';
      return new ClientError(status, code, body.message);
    }
  } catch {
    // Not JSON: a proxy in between answered.
  }
  return new ClientError(status, 'internal', `The server answered with status ${status} and no reason.`);
}

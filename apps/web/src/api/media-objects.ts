import {
  type ObjectDoor,
  type OpenObject,
  SignedUrlRefused,
  UploadRefused,
} from '@tracewell/engines/blob/port';
import type { Context, Hono } from 'hono';
import { allowAnyOrigin } from './cors';
import type { ApiDeps } from './deps';
import { describeFailure, type Failure } from './failure';
import { respondFailure } from './respond';

/**
 * Uploads and downloads by signed URLs, where the object store has no server of its own. The URL is all the
 * permission there is: no key, no session.
 */
export function mountMediaObjects(app: Hono, deps: ApiDeps): void {
  const { door } = deps.blob;
  if (!door) return;
  const answer = (handle: (context: Context) => Promise<Response>) => async (context: Context) => {
    try {
      return await handle(context);
    } catch (error) {
      const failure = failureOf(error);
      if (failure.code === 'internal') deps.onInternalError(failure.cause, 'mediaObjects');
      return respondFailure(failure, 'public');
    }
  };
  app.use(`${door.path}*`, allowAnyOrigin);
  app.on(
    ['GET', 'HEAD'],
    `${door.path}*`,
    answer(({ req }) => download(door, req.raw)),
  );
  app.put(
    `${door.path}*`,
    answer(({ req }) => upload(door, req.raw)),
  );
}

async function upload(door: ObjectDoor, request: Request): Promise<Response> {
  await door.receive({
    url: new URL(request.url),
    headers: request.headers,
    body: piecesOf(request),
  });
  return new Response(null, { status: 200 });
}

/** A client that goes away, or is too slow, is no fault of ours. */
async function* piecesOf({ body }: Request): AsyncGenerator<Uint8Array> {
  try {
    if (body) yield* body;
  } catch (cause) {
    throw new UploadRefused('The upload broke off before its end. Send the file again.', { cause });
  }
}

async function download(door: ObjectDoor, request: Request): Promise<Response> {
  const object = await door.open(new URL(request.url));
  if (!object) {
    return respondFailure(
      { status: 404, code: 'not_found', message: 'This file was not uploaded, or was deleted.' },
      'public',
    );
  }
  const { size } = object;
  const headers = new Headers({ ...safeHeaders, ...headersOf(object) });
  const range = readRange(request.headers.get('range'), size);
  if (range === 'unsatisfiable') {
    await object.close();
    headers.set('content-range', `bytes */${size}`);
    return new Response(null, { status: 416, headers });
  }
  const { start, end } = range ?? { start: 0, end: size };
  headers.set('content-length', String(end - start));
  if (range) headers.set('content-range', `bytes ${start}-${end - 1}/${size}`);
  if (request.method === 'HEAD') {
    await object.close();
    return new Response(null, { status: range ? 206 : 200, headers });
  }
  return new Response(object.read({ start, end }), { status: range ? 206 : 200, headers });
}

/**
 * Files are strangers' and lie on our own origin: none may run there, and none is taken for what it is not said
 * to be. Whoever has the URL may embed it.
 */
const safeHeaders = {
  'content-security-policy': "sandbox; default-src 'none'; style-src 'unsafe-inline'; media-src 'self'",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'cross-origin',
  'accept-ranges': 'bytes',
  // What lies under a URL never changes, as its id is the hash of it.
  'cache-control': 'private, max-age=3600, immutable',
};

const headersOf = ({ contentType, disposition }: OpenObject) => ({
  'content-type': contentType,
  'content-disposition': disposition,
});

/** One range, as players of sound and film ask for it; null for none, and for several, which are answered whole. */
function readRange(
  header: string | null,
  size: number,
): { start: number; end: number } | 'unsatisfiable' | null {
  const match = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const [, first, last] = match as unknown as [string, string, string];
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1);
  if (first !== '' && last !== '' && Number(last) < Number(first)) return null;
  return start < end ? { start, end } : 'unsatisfiable';
}

function failureOf(error: unknown): Failure {
  if (error instanceof SignedUrlRefused) {
    return { status: 403, code: 'forbidden', message: error.message };
  }
  if (error instanceof UploadRefused) {
    return { status: 400, code: 'invalid_request', message: error.message };
  }
  return describeFailure(error);
}

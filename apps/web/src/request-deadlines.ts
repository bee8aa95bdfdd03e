import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** The whole body within a time, or at least so many bytes of it in every window of time. */
export type BodyLimit = { totalMs: number } | { windowMs: number; bytesPerWindow: number };

/**
 * Ends a request whose body comes too slowly with 408 and its connection, so that nobody holds one for nothing. A
 * request without a body costs no timer. What waits for us to read it is not held against the client.
 */
export function boundBody(request: IncomingMessage, response: ServerResponse, limit: BodyLimit): void {
  const hasBody = 'transfer-encoding' in request.headers || Number(request.headers['content-length']) > 0;
  if (!hasBody) return;
  const { socket } = request;
  // The first window is free: what came in one piece with the headers is counted already.
  let bytesBefore = Number.NEGATIVE_INFINITY;

  const isSlow = (): boolean => {
    if ('totalMs' in limit || response.writableEnded) return true;
    const came = socket.bytesRead - bytesBefore;
    bytesBefore = socket.bytesRead;
    return came < limit.bytesPerWindow && request.readableLength === 0;
  };
  const timer = setInterval(
    () => {
      if (request.complete || socket.destroyed) clearInterval(timer);
      else if (isSlow()) {
        clearInterval(timer);
        refuse(socket, response.headersSent ? null : messageOf(limit));
      }
    },
    'totalMs' in limit ? limit.totalMs : limit.windowMs,
  );
  // A body that has ended, and a connection that has.
  for (const event of ['end', 'close'] as const) request.once(event, () => clearInterval(timer));
}

const messageOf = (limit: BodyLimit): string =>
  'totalMs' in limit
    ? `The request did not come whole within ${limit.totalMs / 1000} seconds. Send smaller batches.`
    : `The upload came more slowly than ${limit.bytesPerWindow} bytes in ${limit.windowMs / 1000} seconds. Send it again.`;

/** Past whoever answers the request, who may be waiting for the rest of it. Says nothing where they have begun. */
function refuse(socket: Socket, message: string | null): void {
  if (message !== null) {
    const body = JSON.stringify({ message, error: 'RequestTimeoutError' });
    socket.write(
      `HTTP/1.1 408 Request Timeout\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
    );
  }
  socket.destroySoon();
}

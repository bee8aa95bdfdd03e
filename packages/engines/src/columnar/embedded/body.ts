import { createWriteStream } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip } from 'node:zlib';
import { refuse } from './failure';

/** What a request carries: in memory while it is small, in a file of the spool when it is not. */
export type Body = { kind: 'memory'; bytes: Buffer } | { kind: 'file'; path: string };

export interface BodyLimits {
  /** Bytes kept in memory. */
  memoryBytes: number;
  /** Bytes accepted at all, after inflating. */
  maxBytes: number;
}

/**
 * Reads the inflated body. Without `spoolPath` everything must fit `memoryBytes`; with it the rest goes to that
 * file, which the caller deletes.
 */
export async function readBody(
  request: IncomingMessage,
  limits: BodyLimits,
  spoolPath?: string,
): Promise<Body> {
  const source = inflate(request);
  const chunks: Buffer[] = [];
  let size = 0;
  const file = { stream: undefined as ReturnType<typeof createWriteStream> | undefined };
  try {
    for await (const chunk of source as AsyncIterable<Buffer>) {
      size += chunk.length;
      if (size > limits.maxBytes || (!spoolPath && size > limits.memoryBytes)) {
        const limit = spoolPath ? limits.maxBytes : Math.min(limits.maxBytes, limits.memoryBytes);
        throw refuse.tooLarge(`The body has more than ${limit} bytes; send smaller batches.`);
      }
      if (file.stream) {
        await write(file.stream, chunk);
      } else if (spoolPath && size > limits.memoryBytes) {
        file.stream = createWriteStream(spoolPath, { flags: 'wx' });
        for (const earlier of chunks.splice(0)) await write(file.stream, earlier);
        await write(file.stream, chunk);
      } else {
        chunks.push(chunk);
      }
    }
  } catch (error) {
    file.stream?.destroy();
    throw isInflateError(error)
      ? refuse.badArgument('The body is not in the encoding its header says.')
      : error;
  }
  if (!file.stream) return { kind: 'memory', bytes: Buffer.concat(chunks, size) };
  file.stream.end();
  await finished(file.stream);
  return { kind: 'file', path: spoolPath! };
}

function inflate(request: IncomingMessage): Readable {
  const encoding = (request.headers['content-encoding'] ?? 'identity').toLowerCase();
  if (encoding === 'identity' || encoding === '') return request;
  const inflater =
    encoding === 'gzip' ? createGunzip() : encoding === 'br' ? createBrotliDecompress() : undefined;
  if (!inflater)
    throw refuse.badArgument(`Content-Encoding ${encoding} is not supported; use gzip, br or none.`);
  request.on('error', (error) => inflater.destroy(error));
  return request.pipe(inflater);
}

const isInflateError = (error: unknown): boolean =>
  error instanceof Error && /^(Z_|ERR_BROTLI|ERR__ERROR)/.test(String((error as { code?: unknown }).code));

function write(stream: NonNullable<ReturnType<typeof createWriteStream>>, chunk: Buffer): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(chunk, (error) => (error ? reject(error) : resolve()));
  });
}

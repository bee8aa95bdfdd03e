import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { type ObjectDoor, type OpenObject, UploadRefused, type UploadTerms } from './port';
import type { SignedPaths } from './signed-path';

/** Stores a stream of bytes under a key, durably, whole or not at all: what it throws, the put throws. */
export type PutStream = (key: string, body: AsyncIterable<Uint8Array>) => Promise<void>;

/** The door of objects that are files: what stands behind the signed paths of the local store. */
export function createLocalDoor(options: {
  path: string;
  paths: SignedPaths;
  fileOf: (key: string) => string;
  putStream: PutStream;
}): ObjectDoor {
  const { path, paths, fileOf, putStream } = options;
  return {
    path,

    async receive({ url, headers, body }) {
      const { key, terms } = paths.readUpload(url);
      checkHeaders(headers, terms);
      await putStream(key, checked(body, terms));
    },

    async open(url) {
      const { key, terms } = paths.readDownload(url);
      const file = await open(fileOf(key), 'r').catch((error: NodeJS.ErrnoException) => {
        if (error.code === 'ENOENT') return null;
        throw error;
      });
      if (!file) return null;
      const { size } = await file.stat();
      return {
        contentType: terms.contentType,
        disposition: terms.disposition,
        size,
        read(range = { start: 0 }) {
          const end = Math.min(range.end ?? size, size);
          if (range.start >= end) {
            void file.close();
            return new Response('').body ?? new ReadableStream({ start: (stream) => stream.close() });
          }
          // `end` of a stream of a file is its last byte.
          const stream = file.createReadStream({ start: range.start, end: end - 1 });
          return Readable.toWeb(stream) as unknown as ReturnType<OpenObject['read']>;
        },
        close: () => file.close(),
      };
    },
  };
}

/** What a client says of its upload must be what it asked for. Silence is allowed: the bytes are looked at anyway. */
function checkHeaders(headers: Headers, terms: UploadTerms): void {
  const said = [
    ['content-type', terms.contentType],
    ['content-length', String(terms.contentLength)],
    ['x-amz-checksum-sha256', terms.sha256],
  ] as const;
  for (const [name, expected] of said) {
    const sent = headers.get(name);
    if (sent === null || sent.trim().toLowerCase() === expected.toLowerCase()) continue;
    throw new UploadRefused(
      `The header ${name} is "${sent.slice(0, 100)}", but this URL was made for "${expected}". Send what was asked for.`,
    );
  }
}

async function* checked(
  body: AsyncIterable<Uint8Array>,
  { contentLength, sha256 }: UploadTerms,
): AsyncIterable<Uint8Array> {
  const hash = createHash('sha256');
  let length = 0;
  for await (const piece of body) {
    length += piece.byteLength;
    if (length > contentLength) break;
    hash.update(piece);
    yield piece;
  }
  if (length !== contentLength) {
    const found = length > contentLength ? 'more' : `only ${length}`;
    throw new UploadRefused(`This URL was made for ${contentLength} bytes, but ${found} came.`);
  }
  const found = hash.digest('base64');
  if (found !== sha256) {
    throw new UploadRefused(`The SHA-256 of the body is ${found}, but this URL was made for ${sha256}.`);
  }
}

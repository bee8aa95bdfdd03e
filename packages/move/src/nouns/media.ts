import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { MediaFile } from '@tracewell/contract';
import { isMissing, Refusal, Unreachable } from '../client';
import type { MoveContext } from '../context';

/**
 * Files that payloads refer to. Their ids come of their content, so the references hold as they are; the bytes go
 * through a file on disk, as their hash has to be known before they are uploaded.
 */

/** What shows a file. */
export type MediaPlace =
  | { traceId: string; observationId?: string; field: 'input' | 'output' | 'metadata' }
  | { datasetId: string; datasetItemId: string; field: 'input' | 'expectedOutput' | 'metadata' };
export type ShownMedia = MediaPlace & { mediaId: string };

const reference = /@@@langfuseMedia:type=[^|@]*\|id=([\w-]{22})\|source=[^@|]*@@@/g;
const mark = '@@@langfuseMedia:';

/** Files that stand in a payload, each once. */
export function findMedia(payload: unknown, place: MediaPlace): ShownMedia[] {
  if (payload === null || payload === undefined) return [];
  const text = typeof payload === 'string' ? payload : JSON.stringify(payload);
  if (!text.includes(mark)) return [];
  const ids = new Set([...text.matchAll(reference)].map(([, id]) => id!));
  return [...ids].map((mediaId) => ({ ...place, mediaId }));
}

interface KnownFile {
  contentType: string;
  contentLength: number;
  sha256Hash: string;
}

/** Files whose hash is remembered, so that a file shown by many traces is downloaded once. */
const maxKnown = 20_000;
const known = new WeakMap<MoveContext, Map<string, KnownFile | null>>();

export async function moveMedia(context: MoveContext, shown: readonly ShownMedia[]): Promise<void> {
  const files = known.get(context) ?? new Map<string, KnownFile | null>();
  known.set(context, files);
  for (const { mediaId, ...place } of shown) {
    let file = files.get(mediaId);
    try {
      if (file === undefined) file = await transfer(context, mediaId, place);
      else if (file !== null) await announce(context, file, place);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      context.report.find('lost', 'media', `${mediaId}: ${error.message}`);
      file = null;
    }
    if (files.size >= maxKnown) files.delete(files.keys().next().value!);
    files.set(mediaId, file);
  }
}

/** Says what shows a file; answers where its bytes are to go, or null when they are here. */
const announce = ({ to }: MoveContext, file: KnownFile, place: MediaPlace) =>
  to.send<{ mediaId: string; uploadUrl: string | null }>(
    'POST',
    '/media',
    { ...file, ...place },
    'repeatable',
  );

/** null where the other server cannot give the file; that is said. */
async function transfer(context: MoveContext, mediaId: string, place: MediaPlace): Promise<KnownFile | null> {
  const { from, report, progress, scratch } = context;
  let source: MediaFile;
  try {
    source = await from.get<MediaFile>(`/media/${mediaId}`);
  } catch (error) {
    if (!isMissing(error)) throw error;
    report.find('lost', 'media', `${mediaId}: ${from.server.url} does not give it; its reference is kept`);
    return null;
  }
  const path = join(scratch, randomUUID());
  try {
    const sha256Hash = await download(new URL(source.url, from.server.url), path, source);
    const { contentType, contentLength } = source;
    const file = { contentType, contentLength, sha256Hash };
    const { uploadUrl, mediaId: hereId } = await announce(context, file, place);
    if (hereId !== mediaId) {
      report.find('lost', 'media', `${mediaId}: its content is not what its id says`);
      return null;
    }
    if (uploadUrl !== null)
      await upload(context, new URL(uploadUrl, context.to.server.url), path, file, mediaId);
    progress.step(`media: ${mediaId}`);
    return file;
  } finally {
    await rm(path, { force: true });
  }
}

/** One file, either way: a gigabyte on a slow line. */
const transferTimeoutMs = 60 * 60_000;
const maxDownloads = 5;

/** Answers with the hash. Throws `Unreachable` when the bytes do not come whole. */
async function download(url: URL, path: string, { contentLength }: MediaFile): Promise<string> {
  for (let tries = 1; ; tries++) {
    try {
      const answer = await fetch(url, { signal: AbortSignal.timeout(transferTimeoutMs) });
      if (!answer.ok || !answer.body) throw new Error(`the store answers ${answer.status}`);
      const hash = createHash('sha256');
      const source = Readable.fromWeb(answer.body as Parameters<typeof Readable.fromWeb>[0]);
      source.on('data', (chunk) => hash.update(chunk as Uint8Array));
      await pipeline(source, createWriteStream(path));
      const { size } = await stat(path);
      if (size !== contentLength) throw new Error(`it has ${size} of ${contentLength} bytes`);
      return hash.digest('base64');
    } catch (error) {
      if (tries < maxDownloads) continue;
      throw new Unreachable(`A file of ${url.origin} cannot be downloaded: ${(error as Error).message}`);
    }
  }
}

async function upload(
  { to }: MoveContext,
  url: URL,
  path: string,
  { contentType, contentLength, sha256Hash }: KnownFile,
  mediaId: string,
): Promise<void> {
  const startedAt = Date.now();
  const answer = await fetch(url, {
    method: 'PUT',
    headers: {
      'content-type': contentType,
      'content-length': String(contentLength),
      'x-amz-checksum-sha256': sha256Hash,
      'x-ms-blob-type': 'BlockBlob',
    },
    body: Readable.toWeb(createReadStream(path)) as unknown as ReadableStream,
    duplex: 'half',
    signal: AbortSignal.timeout(transferTimeoutMs),
  } as RequestInit);
  if (!answer.ok)
    throw new Unreachable(`A file cannot be uploaded to ${url.origin}: it answers ${answer.status}`);
  await to.send(
    'PATCH',
    `/media/${mediaId}`,
    {
      uploadedAt: new Date().toISOString(),
      uploadHttpStatus: answer.status,
      uploadTimeMs: Date.now() - startedAt,
    },
    'repeatable',
  );
}

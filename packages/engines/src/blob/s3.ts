import type { PutObjectCommandInput } from '@aws-sdk/client-s3';
import { requireKey } from './key';
import { type Blob, BlobUnavailable, type ByteRange } from './port';
import { connectS3, type S3Options } from './s3-client';

export type { S3Options } from './s3-client';

/**
 * The object store over the S3 API, on any store that speaks it. An object appears whole or not at all: small
 * ones by one PUT, large ones by a multipart upload that is completed at its end. Each call has one time limit
 * over all of its tries, so that a store that takes a connection and never answers holds no request.
 */
const defaultCallTimeoutMs = 9_000;
/** Of a body that is sent or read, this much more time is given for each MiB. */
const msPerMebibyte = 250;
const mebibyte = 1024 * 1024;
/** From this size on a body goes in parts. */
const defaultPartBytes = 8 * mebibyte;
const partsAtOnce = 4;
const pageSize = 1_000;
/** What the API takes of keys in one deletion. */
const maxDeletions = 1_000;
/** The API's own limit. */
const maxUrlSeconds = 7 * 24 * 3600;

export async function openS3Blob(options: S3Options): Promise<Blob> {
  const sdk = await import('@aws-sdk/client-s3');
  const { Upload } = await import('@aws-sdk/lib-storage');
  const { getSignedUrl } = await import('@aws-sdk/s3-request-presigner');
  const client = await connectS3(options);
  // URLs are for others, who may reach the store by another name; what they send has the checksum of its terms.
  const signer = await connectS3({
    ...options,
    endpoint: options.publicEndpoint ?? options.endpoint,
    checksums: 'when-required',
  });
  const { bucket: Bucket, prefix = '', partBytes = defaultPartBytes } = options;
  const callTimeoutMs = options.callTimeoutMs ?? defaultCallTimeoutMs;
  const encryption: Partial<PutObjectCommandInput> = {
    ...(options.encryption && { ServerSideEncryption: options.encryption }),
    ...(options.kmsKeyId && { SSEKMSKeyId: options.kmsKeyId }),
  };

  const keyed = (key: string) => {
    requireKey(key);
    return { Bucket, Key: prefix + key };
  };

  /** What fails is the store's trouble: a refused key is none of the client's business, and may be mended. */
  async function inTime<Value>(
    work: (abortSignal: AbortSignal) => Promise<Value>,
    bytes = 0,
  ): Promise<Value> {
    const limitMs = callTimeoutMs + Math.ceil((bytes / mebibyte) * msPerMebibyte);
    const abort = new AbortController();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`no answer within ${limitMs} ms`));
        abort.abort();
      }, limitMs);
    });
    try {
      return await Promise.race([work(abort.signal), late]);
    } catch (error) {
      // Whole sockets hang on it, and it is going to be logged.
      Reflect.deleteProperty(error as object, '$response');
      throw new BlobUnavailable(`the object store cannot be used now (${describe(error)})`, { cause: error });
    } finally {
      clearTimeout(timer);
    }
  }

  async function putInParts(key: string, body: Uint8Array): Promise<void> {
    await inTime(async (abortSignal) => {
      const upload = new Upload({
        client,
        params: { ...keyed(key), ...encryption, Body: body },
        partSize: partBytes,
        queueSize: partsAtOnce,
      });
      abortSignal.addEventListener('abort', () => void upload.abort().catch(() => {}), { once: true });
      await upload.done();
    }, body.length);
  }

  async function size(key: string): Promise<number | null> {
    const head = new sdk.HeadObjectCommand(keyed(key));
    return inTime(async (abortSignal) => {
      try {
        return (await client.send(head, { abortSignal })).ContentLength ?? 0;
      } catch (error) {
        if (statusOf(error) === 404) return null;
        throw error;
      }
    });
  }

  return {
    async put(key, body) {
      const target = keyed(key);
      if (body.length >= partBytes) return putInParts(key, body);
      const command = new sdk.PutObjectCommand({ ...target, ...encryption, Body: body });
      await inTime((abortSignal) => client.send(command, { abortSignal }), body.length);
    },

    async get(key, range) {
      const target = keyed(key);
      if (range?.end !== undefined && range.end <= range.start) {
        return (await size(key)) === null ? null : new Uint8Array();
      }
      const command = new sdk.GetObjectCommand({ ...target, ...(range && { Range: headerOf(range) }) });
      return inTime(async (abortSignal) => {
        for (let attempt = 1; ; attempt++) {
          try {
            const { Body } = await client.send(command, { abortSignal });
            return (await Body?.transformToByteArray()) ?? new Uint8Array();
          } catch (error) {
            if (isMissingObject(error)) return null;
            if (statusOf(error) === 416) return new Uint8Array();
            // The client tries again what fails before the body; a body that breaks off or is damaged is ours.
            if (attempt >= maxBodyTries || statusOf(error) !== undefined || abortSignal.aborted) throw error;
          }
        }
      }, options.largestObjectBytes ?? defaultLargestObjectBytes);
    },

    size,

    async list(keyPrefix, { after = '', limit = pageSize } = {}) {
      const keys: string[] = [];
      while (keys.length < limit) {
        const last = keys.at(-1) ?? after;
        const command = new sdk.ListObjectsV2Command({
          Bucket,
          Prefix: prefix + keyPrefix,
          MaxKeys: Math.min(limit - keys.length, pageSize),
          ...(last && { StartAfter: prefix + last }),
        });
        const page = await inTime((abortSignal) => client.send(command, { abortSignal }));
        for (const { Key } of page.Contents ?? []) if (Key) keys.push(Key.slice(prefix.length));
        if (!page.IsTruncated) break;
      }
      return keys;
    },

    async delete(keys) {
      for (let at = 0; at < keys.length; at += maxDeletions) {
        const Objects = keys.slice(at, at + maxDeletions).map((key) => ({ Key: keyed(key).Key }));
        const command = new sdk.DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } });
        await inTime(async (abortSignal) => {
          const { Errors = [] } = await client.send(command, { abortSignal });
          const [first] = Errors.filter(({ Code }) => Code !== 'NoSuchKey');
          if (first) throw new Error(`${first.Code}: ${first.Message}`);
        });
      }
    },

    async signUpload(key, { contentType, contentLength, sha256, expiresAt }) {
      const command = new sdk.PutObjectCommand({
        ...keyed(key),
        ...encryption,
        ContentType: contentType,
        ContentLength: contentLength,
        ChecksumSHA256: sha256,
      });
      return inTime(() =>
        getSignedUrl(signer, command, {
          expiresIn: secondsUntil(expiresAt),
          // Signed as headers, so that other bytes, or of another type, are refused by the store.
          signableHeaders: new Set(['host', 'content-type', 'content-length']),
          unhoistableHeaders: new Set(['x-amz-checksum-sha256']),
        }),
      );
    },

    async signDownload(key, { contentType, disposition, expiresAt }) {
      const command = new sdk.GetObjectCommand({
        ...keyed(key),
        ResponseContentType: contentType,
        ResponseContentDisposition: disposition,
      });
      return inTime(() => getSignedUrl(signer, command, { expiresIn: secondsUntil(expiresAt) }));
    },

    async ping() {
      const command = new sdk.ListObjectsV2Command({ Bucket, Prefix: prefix, MaxKeys: 1 });
      return inTime((abortSignal) => client.send(command, { abortSignal })).then(
        () => true,
        () => false,
      );
    },

    async close() {
      client.destroy();
      signer.destroy();
    },
  };
}

const maxBodyTries = 3;
/** What the time to read an object is reckoned for, as its size is not known before. */
const defaultLargestObjectBytes = 8 * mebibyte;

/** `end` of the header is the last byte. */
const headerOf = ({ start, end }: ByteRange) => `bytes=${start}-${end === undefined ? '' : end - 1}`;

const secondsUntil = (time: Date) =>
  Math.min(maxUrlSeconds, Math.max(1, Math.ceil((time.getTime() - Date.now()) / 1000)));

const statusOf = (error: unknown): number | undefined =>
  (error as { $metadata?: { httpStatusCode?: number } } | null)?.$metadata?.httpStatusCode;

/** A bucket that is not there is no object that is not there. */
const isMissingObject = (error: unknown): boolean =>
  statusOf(error) === 404 && (error as Error).name !== 'NoSuchBucket';

/** The store's own word for it; never an address or a key. */
function describe(error: unknown): string {
  const { name, code, message } = error as Error & { code?: string };
  const status = statusOf(error);
  return [status, code, name === 'Error' ? message : name].filter(Boolean).join(' ');
}

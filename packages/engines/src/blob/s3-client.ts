import { createHash } from 'node:crypto';
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { S3Client } from '@aws-sdk/client-s3';

export interface S3Options {
  bucket: string;
  /** Before every key, such as `tracewell/`. */
  prefix?: string | undefined;
  region?: string | undefined;
  /** `https://…` of a store that is not Amazon's. */
  endpoint?: string | undefined;
  /** Under which browsers and SDKs reach the store, when that is another address. */
  publicEndpoint?: string | undefined;
  /** The bucket in the path instead of the host name: what most stores of one's own want. */
  pathStyle?: boolean | undefined;
  /** Without these the SDK finds its own: environment, profile, role of the pod or the machine. */
  accessKeyId?: string | undefined;
  secretAccessKey?: string | undefined;
  encryption?: 'AES256' | 'aws:kms' | undefined;
  kmsKeyId?: string | undefined;
  /** `when-required` for stores that refuse the checksums of today's SDKs. Default `when-supported`. */
  checksums?: 'when-supported' | 'when-required' | undefined;
  /** Time limit of one call with all of its tries, ms; bodies add to it. */
  callTimeoutMs?: number;
  /** Until a try has its answer, ms. */
  tryTimeoutMs?: number;
  partBytes?: number;
  largestObjectBytes?: number;
}

const connectTimeoutMs = 1_000;
const defaultTryTimeoutMs = 3_000;
/** Tries of one call, with full jitter between them; the SDK's budget of retries bounds them over all calls. */
const maxTries = 3;
const maxSockets = 64;

export async function connectS3(options: S3Options): Promise<S3Client> {
  const { S3Client } = await import('@aws-sdk/client-s3');
  const { accessKeyId, secretAccessKey, checksums = 'when-supported' } = options;
  const tryTimeoutMs = options.tryTimeoutMs ?? defaultTryTimeoutMs;
  const checksumMode = checksums === 'when-required' ? 'WHEN_REQUIRED' : 'WHEN_SUPPORTED';
  const client = new S3Client({
    region: options.region ?? 'us-east-1',
    ...(options.endpoint && { endpoint: options.endpoint }),
    forcePathStyle: options.pathStyle ?? false,
    ...(accessKeyId && secretAccessKey && { credentials: { accessKeyId, secretAccessKey } }),
    retryMode: 'standard',
    maxAttempts: maxTries,
    requestChecksumCalculation: checksumMode,
    responseChecksumValidation: checksumMode,
    requestHandler: {
      connectionTimeout: connectTimeoutMs,
      requestTimeout: tryTimeoutMs,
      throwOnRequestTimeout: true,
      socketTimeout: tryTimeoutMs,
      httpAgent: new HttpAgent({ keepAlive: true, maxSockets }),
      httpsAgent: new HttpsAgent({ keepAlive: true, maxSockets }),
    },
  });
  sendMd5OfDeletions(client);
  return client;
}

/** Stores of the years before the SDK's checksums want this of a deletion of several objects. */
function sendMd5OfDeletions(client: S3Client): void {
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const request = args.request as { headers: Record<string, string>; body?: unknown };
      if (context.commandName === 'DeleteObjectsCommand' && typeof request.body === 'string') {
        request.headers['content-md5'] = createHash('md5').update(request.body).digest('base64');
      }
      return next(args);
    },
    { step: 'build', name: 'sendMd5OfDeletions' },
  );
}

import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { S3Options } from '@tracewell/engines/blob/s3';
import { connectS3 } from '@tracewell/engines/blob/s3-client';
import { freePort, hasCommand, launchServer, type TestServer } from './launch';

/**
 * The Versity gateway: a server of the S3 API over a folder, with signatures, checksums and multipart uploads.
 * `go install github.com/versity/versitygw/cmd/versitygw@v1.8.0` builds it (`tools/s3-server.sh`).
 */
const places = [process.env.TRACEWELL_TEST_S3_SERVER, 'versitygw', join(homedir(), 'go/bin/versitygw')];
const command = places.find((place) => place && hasCommand(place)) ?? null;

export const s3ServerMissing =
  command === null ? 'this machine has no versitygw: run tools/s3-server.sh, which builds it with Go' : null;

const accessKeyId = 'tracewell-test';
const secretAccessKey = 'not-a-secret-of-anybody';

export interface S3Server extends TestServer {
  /** What connects to a bucket of its own. */
  options: S3Options & { endpoint: string; accessKeyId: string; secretAccessKey: string };
}

/** Throws when the machine has none: look at `s3ServerMissing` first. */
export async function startS3Server(directory: string, bucket = 'objects'): Promise<S3Server> {
  if (command === null) throw new Error(s3ServerMissing ?? '');
  const root = join(directory, 'buckets');
  // Attributes of objects lie in a folder: not every file system keeps them with the file.
  const sidecar = join(directory, 'attributes');
  await mkdir(root, { recursive: true });
  await mkdir(sidecar, { recursive: true });
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const server = await launchServer({
    command,
    args: ['--port', `127.0.0.1:${port}`, '--quiet', '--keep-alive', 'posix', '--sidecar', sidecar, root],
    env: { ROOT_ACCESS_KEY: accessKeyId, ROOT_SECRET_KEY: secretAccessKey },
    port,
    isReady: () =>
      fetch(endpoint).then(
        (response) => response.status < 500,
        () => false,
      ),
  });
  const options = { bucket, endpoint, pathStyle: true, accessKeyId, secretAccessKey };
  const { CreateBucketCommand } = await import('@aws-sdk/client-s3');
  const client = await connectS3(options);
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  client.destroy();
  return {
    ...server,
    get pid() {
      return server.pid;
    },
    options,
  };
}

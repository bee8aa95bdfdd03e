import { choice, encryptionKey, flag, pattern, portNumber, secretText, text, url } from './kinds';
import { type Definitions, optional, preset, required, type Values } from './setting';

/** Where the stores are, the same for every process. */
const redisPort = 6379;

export const engineSettings = {
  databaseUrl: required(
    ['DATABASE_URL'],
    url(
      ['postgres', 'postgresql'],
      'postgres://tracewell:password@db.example.com:5432/tracewell?sslmode=verify-full',
      true,
    ),
    'Postgres: what people configure, the ledger, and the queue where there is no Redis',
  ),
  clickHouseUrl: required(
    ['CLICKHOUSE_URL'],
    url(['http', 'https'], 'https://clickhouse.example.com:8443', true),
    'ClickHouse over HTTP: traces, observations and scores',
  ),
  clickHouseDatabase: preset(
    ['CLICKHOUSE_DB'],
    pattern(
      /^[A-Za-z_][A-Za-z0-9_]{0,62}$/,
      'a name of letters, digits and underscores that does not begin with a digit',
      'Set it to something like `tracewell`.',
    ),
    'tracewell',
    'Database in ClickHouse',
  ),
  clickHouseUser: preset(['CLICKHOUSE_USER'], text('tracewell'), 'default', 'User of ClickHouse'),
  clickHousePassword: preset(
    ['CLICKHOUSE_PASSWORD'],
    secretText('Set it to the password of CLICKHOUSE_USER.'),
    '',
    'Password of that user',
  ),
  redisUrl: optional(
    ['REDIS_URL', 'REDIS_CONNECTION_STRING'],
    url(['redis', 'rediss'], 'rediss://:password@redis.example.com:6379', true),
    'Redis for the queue, `rediss://` over TLS. Without it and REDIS_HOST the queue is in Postgres',
  ),
  redisHost: optional(
    ['REDIS_HOST'],
    text('redis.example.com'),
    'Redis by its parts, when REDIS_URL is not set',
  ),
  redisPort: preset(['REDIS_PORT'], portNumber(redisPort), redisPort, 'Port of REDIS_HOST'),
  redisUser: optional(['REDIS_USERNAME'], text('tracewell'), 'User of REDIS_HOST'),
  redisPassword: optional(
    ['REDIS_AUTH'],
    secretText('Set it to the password of the Redis.'),
    'Password of REDIS_HOST',
  ),
  redisTls: preset(['REDIS_TLS_ENABLED'], flag, false, 'Whether REDIS_HOST is spoken to over TLS'),
  blobDirectory: optional(
    ['TRACEWELL_BLOB_DIR'],
    text('/var/lib/tracewell/objects'),
    'Folder for raw batches and media, where every process sees the same one. This or TRACEWELL_S3_BUCKET',
  ),
  s3Bucket: optional(
    ['TRACEWELL_S3_BUCKET', 'LANGFUSE_S3_EVENT_UPLOAD_BUCKET'],
    text('tracewell'),
    'Bucket for raw batches and media in any store with the S3 API',
  ),
  s3Prefix: optional(
    ['TRACEWELL_S3_PREFIX', 'LANGFUSE_S3_EVENT_UPLOAD_PREFIX'],
    pattern(
      /^(?!\/)[\w!*'().-][\w!*'()./-]*\/$/,
      'a prefix of keys that ends with a slash and does not begin with one',
      'Set it to something like `tracewell/`.',
    ),
    'Before every key in the bucket',
  ),
  s3Region: optional(
    ['TRACEWELL_S3_REGION', 'LANGFUSE_S3_EVENT_UPLOAD_REGION'],
    text('eu-central-1'),
    'Region of the bucket; `us-east-1` unless set. `auto` is what some stores want',
  ),
  s3Endpoint: optional(
    ['TRACEWELL_S3_ENDPOINT', 'LANGFUSE_S3_EVENT_UPLOAD_ENDPOINT'],
    url(['http', 'https'], 'https://s3.example.com'),
    'Address of a store that is not Amazon’s',
  ),
  s3PublicEndpoint: optional(
    ['TRACEWELL_S3_PUBLIC_ENDPOINT'],
    url(['http', 'https'], 'https://files.example.com'),
    'Address under which browsers and SDKs reach the store, when that is another one',
  ),
  s3AccessKeyId: optional(
    ['TRACEWELL_S3_ACCESS_KEY_ID', 'LANGFUSE_S3_EVENT_UPLOAD_ACCESS_KEY_ID'],
    text('AKIA…'),
    'Key of the bucket; without it the role of the pod or the machine counts, or the profile',
  ),
  s3SecretAccessKey: optional(
    ['TRACEWELL_S3_SECRET_ACCESS_KEY', 'LANGFUSE_S3_EVENT_UPLOAD_SECRET_ACCESS_KEY'],
    secretText('Set it to the secret of TRACEWELL_S3_ACCESS_KEY_ID.'),
    'Secret of that key',
  ),
  s3PathStyle: preset(
    ['TRACEWELL_S3_FORCE_PATH_STYLE', 'LANGFUSE_S3_EVENT_UPLOAD_FORCE_PATH_STYLE'],
    flag,
    false,
    'The bucket in the path instead of the host name: what most stores of one’s own want',
  ),
  s3Encryption: optional(
    ['TRACEWELL_S3_SSE', 'LANGFUSE_S3_EVENT_UPLOAD_SSE'],
    choice('AES256', 'aws:kms'),
    'Encryption by the store',
  ),
  s3KmsKeyId: optional(
    ['TRACEWELL_S3_SSE_KMS_KEY_ID', 'LANGFUSE_S3_EVENT_UPLOAD_SSE_KMS_KEY_ID'],
    text('arn:aws:kms:…'),
    'Key for TRACEWELL_S3_SSE=aws:kms',
  ),
  s3Checksums: optional(
    ['TRACEWELL_S3_CHECKSUMS'],
    choice('when-supported', 'when-required'),
    '`when-required` for stores that refuse the checksums of today’s SDKs',
  ),
  blobUrlSecret: optional(
    ['TRACEWELL_ENCRYPTION_KEY', 'ENCRYPTION_KEY'],
    encryptionKey,
    'Seals stored secrets, and signs URLs of objects in TRACEWELL_BLOB_DIR; `web` needs it',
  ),
} satisfies Definitions;

export type EngineSettings = Values<typeof engineSettings>;

/** What is wrong between settings that are right each for itself. */
export function checkEngineSettings(values: EngineSettings): string[] {
  const problems: string[] = [];
  if (!values.blobDirectory && !values.s3Bucket) {
    problems.push(
      'Neither TRACEWELL_S3_BUCKET nor TRACEWELL_BLOB_DIR is set: raw batches have no place. Set one of the two.',
    );
  }
  if (values.blobDirectory && values.s3Bucket) {
    problems.push(
      'TRACEWELL_S3_BUCKET and TRACEWELL_BLOB_DIR are both set: raw batches have one place. Leave one of the two out.',
    );
  }
  if (Boolean(values.s3AccessKeyId) !== Boolean(values.s3SecretAccessKey)) {
    problems.push('Set both TRACEWELL_S3_ACCESS_KEY_ID and TRACEWELL_S3_SECRET_ACCESS_KEY, or neither.');
  }
  if (values.s3KmsKeyId && values.s3Encryption !== 'aws:kms') {
    problems.push(
      'TRACEWELL_S3_SSE_KMS_KEY_ID is of use only with TRACEWELL_S3_SSE=aws:kms. Set that as well.',
    );
  }
  return problems;
}

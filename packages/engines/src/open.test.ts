import { describe, expect, it } from 'vitest';
import { readEngineConfig } from './open';
import { InvalidSettings } from './settings/setting';

const stores = {
  DATABASE_URL: 'postgres://a:b@db:5432/tracewell?sslmode=verify-full',
  CLICKHOUSE_URL: 'https://clickhouse:8443',
  TRACEWELL_BLOB_DIR: '/objects',
};
const { TRACEWELL_BLOB_DIR: _, ...withoutBlob } = stores;
const problemsOf = (env: Record<string, string>): readonly string[] => {
  try {
    readEngineConfig(env);
  } catch (error) {
    if (error instanceof InvalidSettings) return error.problems;
    throw error;
  }
  return [];
};

describe('readEngineConfig', () => {
  it('reads where the stores are', () => {
    expect(readEngineConfig(stores)).toEqual({
      databaseUrl: stores.DATABASE_URL,
      clickHouse: { url: stores.CLICKHOUSE_URL, database: 'tracewell', username: 'default', password: '' },
      redisUrl: undefined,
      blob: { directory: '/objects', urlSecret: undefined },
    });
  });

  it('names everything that is missing at once, and takes what is set to nothing for missing', () => {
    const problems = problemsOf({ DATABASE_URL: '' });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual(['DATABASE_URL', 'CLICKHOUSE_URL']);
    expect(problemsOf(withoutBlob)).toEqual([expect.stringContaining('TRACEWELL_S3_BUCKET')]);
  });

  it.each([
    ['DATABASE_URL', 'mysql://db/x', /begins with `postgres:\/\/`/],
    ['CLICKHOUSE_URL', 'clickhouse:9000', /`https:\/\/`/],
    ['CLICKHOUSE_DB', 'trace-well', /letters, digits and underscores/],
    ['REDIS_CONNECTION_STRING', 'localhost:6379', /`rediss:\/\/`/],
    ['REDIS_PORT', '70000', /from 0 to 65535/],
    ['REDIS_TLS_ENABLED', 'yes', /`true` or `false`/],
    ['LANGFUSE_S3_EVENT_UPLOAD_PREFIX', '/events', /ends with a slash/],
    ['TRACEWELL_S3_SSE', 'rot13', /`AES256`, `aws:kms`/],
    ['TRACEWELL_ENCRYPTION_KEY', '0'.repeat(64), /openssl rand -hex 32/],
  ])('says of %s=%s what it is called and what its rule is', (name, value, rule) => {
    const problems = problemsOf({ ...stores, [name]: value });
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(new RegExp(`^${name} `));
    expect(problems[0]).toMatch(rule);
  });

  it('never shows a secret', () => {
    const env = { ...stores, DATABASE_URL: 'mysql://u:hunter2@db', TRACEWELL_ENCRYPTION_KEY: 'hunter2' };
    expect(problemsOf(env)).toHaveLength(2);
    expect(problemsOf(env).join()).not.toContain('hunter2');
  });

  it.each([
    [{ TRACEWELL_S3_BUCKET: 'b' }, /both set/],
    [{ TRACEWELL_S3_ACCESS_KEY_ID: 'a' }, /SECRET_ACCESS_KEY, or neither/],
    [{ TRACEWELL_S3_SSE_KMS_KEY_ID: 'k', TRACEWELL_S3_SSE: 'AES256' }, /TRACEWELL_S3_SSE=aws:kms/],
  ])('finds what is wrong between settings: %j', (env, message) => {
    expect(problemsOf({ ...stores, ...(env as Record<string, string>) })).toEqual([
      expect.stringMatching(message),
    ]);
  });

  it('understands the names of the peer, and prefers our own', () => {
    const config = readEngineConfig({
      ...withoutBlob,
      LANGFUSE_S3_EVENT_UPLOAD_BUCKET: 'theirs',
      LANGFUSE_S3_EVENT_UPLOAD_FORCE_PATH_STYLE: 'true',
      LANGFUSE_S3_EVENT_UPLOAD_PREFIX: 'events/',
      LANGFUSE_S3_EVENT_UPLOAD_REGION: 'auto',
      TRACEWELL_S3_REGION: 'eu-central-1',
    });
    expect(config.blob).toMatchObject({
      bucket: 'theirs',
      pathStyle: true,
      prefix: 'events/',
      region: 'eu-central-1',
    });
  });

  it.each([
    [{ REDIS_HOST: 'r' }, 'redis://r:6379'],
    [{ REDIS_HOST: 'r', REDIS_AUTH: 'p@ss:/', REDIS_TLS_ENABLED: 'true' }, 'rediss://:p%40ss%3A%2F@r:6379'],
    [{ REDIS_HOST: '::1', REDIS_PORT: '6380', REDIS_USERNAME: 'u' }, 'redis://u:@[::1]:6380'],
    [{ REDIS_HOST: 'r', REDIS_CONNECTION_STRING: 'redis://other' }, 'redis://other'],
  ])('makes the URL of Redis of %j', (env, url) => {
    expect(readEngineConfig({ ...stores, ...(env as Record<string, string>) }).redisUrl).toBe(url);
  });
});

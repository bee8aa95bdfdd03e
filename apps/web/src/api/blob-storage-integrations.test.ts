import { randomUUID } from 'node:crypto';
import {
  getBlobStorageIntegrationStatus,
  listBlobStorageIntegrations,
  upsertBlobStorageIntegration,
} from '@tracewell/contract';
import { hashSecret } from '@tracewell/modules/api-keys/api-key';
import { secretAccessKeyPlace } from '@tracewell/modules/blob-storage-integrations/upsert-blob-storage-integration';
import { createVault } from '@tracewell/modules/secrets/index';
import { apiKeys } from '@tracewell/schema/postgres/api-keys';
import { auditLog } from '@tracewell/schema/postgres/audit-log';
import { blobStorageIntegrations } from '@tracewell/schema/postgres/blob-storage-integrations';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { basicOf, startTestApi, type TestApi, type TestProject } from './testing/start-test-api';

const currentKey = '5a'.repeat(32);
const formerKey = 'ab'.repeat(32);
const lostKey = 'cd'.repeat(32);
let api: TestApi;
let mine: TestProject;
let theirs: TestProject;
let key: string;
let theirKey: string;

async function createOrganizationKey({ organizationId }: TestProject): Promise<string> {
  const secret = randomUUID();
  await api.relational.db.insert(apiKeys).values({
    id: secret,
    scope: 'ORGANIZATION',
    organizationId,
    publicKey: `pk-lf-${secret}`,
    fastHashedSecretKey: hashSecret(`sk-lf-${secret}`, api.deps.config.salt),
    displaySecretKey: '...',
  });
  return basicOf(`pk-lf-${secret}`, `sk-lf-${secret}`);
}

beforeAll(async () => {
  api = await startTestApi({ vault: createVault(currentKey, [formerKey]) });
  mine = await api.createProject('mine');
  theirs = await api.createProject('theirs');
  key = await createOrganizationKey(mine);
  theirKey = await createOrganizationKey(theirs);
});
afterAll(() => api?.stop());

const path = '/api/public/integrations/blob-storage';
const call = (method: string, at: string, authorization: string, body?: object) =>
  api.request(at, {
    method,
    headers: { authorization, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
const s3 = (changes: object = {}) => ({
  projectId: mine.projectId,
  type: 'S3',
  bucketName: 'bucket',
  region: 'eu-central-1',
  accessKeyId: 'AKIA',
  secretAccessKey: 'a very secret key',
  prefix: 'exports/',
  exportFrequency: 'daily',
  enabled: true,
  forcePathStyle: false,
  fileType: 'JSONL',
  exportMode: 'FULL_HISTORY',
  ...changes,
});
async function put(changes: object = {}) {
  const response = await call('PUT', path, key, s3(changes));
  expect(response.status, await response.clone().text()).toBe(200);
  return upsertBlobStorageIntegration.responses[200].parse(await response.json());
}
async function statusOf() {
  const response = await call('GET', `${path}/${mine.projectId}`, key);
  expect(response.status).toBe(200);
  return getBlobStorageIntegrationStatus.responses[200].parse(await response.json());
}
const secretInStore = async () => {
  const [row] = await api.relational.db
    .select()
    .from(blobStorageIntegrations)
    .where(eq(blobStorageIntegrations.projectId, mine.projectId));
  const sealed = row!.encryptedSecretAccessKey;
  return sealed && api.deps.vault.open(sealed, secretAccessKeyPlace(mine.projectId));
};

describe('blob storage integrations', () => {
  it('are set up, listed, changed and deleted', async () => {
    expect((await call('GET', `${path}/${mine.projectId}`, key)).status).toBe(404);
    const created = await put();
    expect(created).toMatchObject({
      id: mine.projectId,
      projectId: mine.projectId,
      endpoint: null,
      accessKeyId: 'AKIA',
      prefix: 'exports/',
      compressed: true,
      exportSource: 'LEGACY_TRACES_OBSERVATIONS',
      exportFieldGroups: null,
      exportStartDate: null,
      lastSyncAt: null,
      lastError: null,
    });
    expect(await statusOf()).toMatchObject({
      syncStatus: 'queued',
      enabled: true,
      nextSyncAt: created.nextSyncAt,
    });
    const listed = await call('GET', path, key);
    expect(listBlobStorageIntegrations.responses[200].parse(await listed.json()).data).toEqual([created]);

    const changed = await put({
      secretAccessKey: undefined,
      enabled: false,
      exportSource: 'OBSERVATIONS_V2',
      exportFieldGroups: ['core', 'tools'],
      compressed: false,
    });
    expect(changed).toMatchObject({
      compressed: false,
      exportFieldGroups: ['core', 'tools'],
      nextSyncAt: null,
    });
    expect(changed.createdAt).toBe(created.createdAt);
    expect((await statusOf()).syncStatus).toBe('disabled');

    const deleted = await call('DELETE', `${path}/${mine.projectId}`, key);
    expect([deleted.status, Object.keys((await deleted.json()) as object)]).toEqual([200, ['message']]);
    expect((await call('DELETE', `${path}/${mine.projectId}`, key)).status).toBe(404);
    expect(await (await call('GET', path, key)).json()).toEqual({ data: [] });
  });

  it('keep the secret encrypted, with its key and place, and out of every answer', async () => {
    await put();
    await put({ secretAccessKey: undefined, bucketName: 'another' });
    expect(await secretInStore()).toBe('a very secret key');
    for (const changes of [
      { accessKeyId: 'ANOTHER' },
      { type: 'S3_COMPATIBLE', endpoint: 'https://elsewhere.example' },
    ]) {
      const response = await call('PUT', path, key, s3({ ...changes, secretAccessKey: undefined }));
      expect(response.status).toBe(400);
      expect(await response.text()).toContain('secretAccessKey');
    }
    await put({ accessKeyId: undefined, secretAccessKey: undefined });
    expect(await secretInStore()).toBeNull();
    const entries = await api.relational.db
      .select()
      .from(auditLog)
      .where(eq(auditLog.projectId, mine.projectId));
    expect(entries.map(({ action }) => action)).toContain('blob-storage-integrations.update');
    expect(JSON.stringify(entries)).not.toContain('very secret');
  });

  it('keep a secret that a former encryption key sealed, and seal it anew', async () => {
    await put();
    const place = secretAccessKeyPlace(mine.projectId);
    const storeSealedBy = (encryptionKey: string) =>
      api.relational.db
        .update(blobStorageIntegrations)
        .set({ encryptedSecretAccessKey: createVault(encryptionKey).seal('of old', place) })
        .where(eq(blobStorageIntegrations.projectId, mine.projectId));
    await storeSealedBy(formerKey);
    await put({ secretAccessKey: undefined });
    const [row] = await api.relational.db
      .select()
      .from(blobStorageIntegrations)
      .where(eq(blobStorageIntegrations.projectId, mine.projectId));
    expect(createVault(currentKey).open(row!.encryptedSecretAccessKey!, place)).toBe('of old');

    await storeSealedBy(lostKey);
    const response = await call('PUT', path, key, s3({ secretAccessKey: undefined }));
    expect([response.status, await response.text()]).toEqual([
      400,
      expect.stringContaining('secretAccessKey: the stored one cannot be opened'),
    ]);
    await put();
  });

  it('know when to start', async () => {
    const today = await put({ exportMode: 'FROM_TODAY' });
    expect(Date.now() - Date.parse(today.exportStartDate!)).toBeLessThan(60_000);
    expect((await put({ exportMode: 'FROM_TODAY' })).exportStartDate).toBe(today.exportStartDate);
    const exportStartDate = '2026-01-02T00:00:00.000Z';
    expect(await put({ exportMode: 'FROM_CUSTOM_DATE', exportStartDate })).toMatchObject({ exportStartDate });
    expect((await put()).exportStartDate).toBeNull();
  });

  it.each([
    ['bucketName', { bucketName: '' }],
    ['region', { region: undefined }],
    ['type', { type: 'FTP' }],
    ['prefix', { prefix: 'no-slash' }],
    ['prefix', { prefix: 'a\0/' }],
    ['endpoint', { type: 'S3_COMPATIBLE' }],
    ['endpoint', { type: 'S3_COMPATIBLE', endpoint: 'http://10.0.0.1:9000' }],
    ['accessKeyId', { type: 'AZURE_BLOB_STORAGE', endpoint: 'https://x.example', accessKeyId: null }],
    ['accessKeyId', { accessKeyId: undefined }],
    ['exportStartDate', { exportMode: 'FROM_CUSTOM_DATE' }],
    ['exportStartDate', { exportMode: 'FROM_CUSTOM_DATE', exportStartDate: '2999-01-01T00:00:00Z' }],
    ['exportFieldGroups', { exportFieldGroups: ['core'] }],
    ['exportFieldGroups', { exportSource: 'OBSERVATIONS_V2', exportFieldGroups: ['unknown'] }],
    ['exportFrequency', { exportFrequency: 'monthly' }],
    ['unknown', { unknown: 1 }],
  ])('refuse a wrong %s and name it: %j', async (member, changes) => {
    const response = await call('PUT', path, key, s3(changes));
    expect(response.status).toBe(400);
    expect(await response.text()).toContain(member);
  });

  it('are the organization’s alone', async () => {
    await put();
    expect(await (await call('GET', path, theirKey)).json()).toEqual({ data: [] });
    for (const [method, at, body] of [
      ['GET', `${path}/${mine.projectId}`, undefined],
      ['DELETE', `${path}/${mine.projectId}`, undefined],
      ['PUT', path, s3()],
    ] as const) {
      expect((await call(method, at, theirKey, body)).status, method).toBe(404);
      expect((await call(method, at, mine.basic, body)).status, method).toBe(403);
      expect((await api.request(at, { method })).status, method).toBe(401);
    }
    expect((await statusOf()).projectId).toBe(mine.projectId);
  });
});

it('answered nothing with an internal error', () => {
  expect(api.internalErrors).toEqual([]);
});

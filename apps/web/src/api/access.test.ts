import { holderOf, type Operation, roles, type Scope, scopesOfRole } from '@tracewell/contract';
import { operations } from '@tracewell/contract/operations';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Recorded, record } from './testing/recordings';
import { startTestApi, type TestApi, type TestProject } from './testing/start-test-api';

/**
 * What people may do, by their session and role, and what another project's key may, generated over all operations:
 * an operation that is added is tested from that day on. Every kind of key is asked by contract-matrix.test.ts. The
 * expectation follows from the tables of rights, which operation.test.ts of the contract holds.
 */
let api: TestApi;
let mine: TestProject;
let theirs: TestProject;
let theirRecords: Recorded;
const callers: Record<string, Record<string, string>> = {};

beforeAll(async () => {
  // Without a key of the installation that part of the API is closed to everybody.
  api = await startTestApi({}, { adminApiKey: 'the admin key of this installation' });
  mine = await api.createProject('mine');
  theirs = await api.createProject('theirs');
  theirRecords = await record(api, theirs, 'canary');

  callers['the project key'] = { authorization: mine.basic };
  callers["another project's key"] = { authorization: theirs.basic };
  callers['a forged cookie'] = { cookie: 'tracewell.session_token=forged.signature' };
  callers["another organization's owner"] = { cookie: await api.signIn(theirs.ownerId) };
  for (const role of roles) {
    callers[`a member with role ${role}`] = { cookie: await api.signIn(await api.createMember(mine, role)) };
  }
});
afterAll(() => api?.stop());

const isOfScreens = (operation: Operation) => operation.path.startsWith('/api/v1/');

/** The status the door answers; null when it must let the caller in. */
function refusalOf(caller: string, operation: Operation): number | null {
  const { scope } = operation;
  const holder = holderOf(scope);
  const role = /^a member with role (\w+)$/.exec(caller)?.[1] as (typeof roles)[number] | undefined;
  const isOwner = caller.includes('owner');
  if (holder === 'anyone') return null;
  if (holder === 'person') return role || isOwner ? null : 401;
  if (caller === "another project's key") {
    if (holder === 'project') return isOfScreens(operation) ? 403 : null;
    return holder === 'organization' ? 403 : 401;
  }
  if (!isOfScreens(operation)) return 401;
  if (role) return scopesOfRole[role].has(scope as Scope) ? null : 403;
  return isOwner ? 403 : 401;
}

/** Ids that exist in the other project where something is read; changes are asked of what does not exist. */
function pathOf(operation: Operation, projectId: string): string {
  // What an organization's key may do to a project would end the other tests.
  const isChange = operation.method !== 'GET';
  const isOfOrganization = holderOf(operation.scope) === 'organization';
  const path = operation.path.replace('{projectId}', isChange && isOfOrganization ? 'unknown' : projectId);
  if (isChange) return path.replaceAll(/\{\w+\}/g, 'unknown');
  return path
    .replace('{traceId}', theirRecords.otel.traceId)
    .replace('{observationId}', theirRecords.otel.generationId)
    .replace('{sessionId}', 'canary-session')
    .replace('{scoreId}', theirRecords.scores[0]!.id);
}

const call = (operation: Operation, headers: Record<string, string>, query = '') =>
  api.request(pathOf(operation, mine.projectId) + query, {
    method: operation.method,
    headers: { 'content-type': 'application/json', ...headers },
    ...(operation.method !== 'GET' && { body: '{}' }),
  });

describe.each([
  "another project's key",
  'a forged cookie',
  "another organization's owner",
  ...roles.map((role) => `a member with role ${role}`),
])('%s', (caller) => {
  it.each(operations.map((operation) => [`${operation.method} ${operation.path}`, operation] as const))(
    'at %s',
    async (_, operation) => {
      const response = await call(operation, callers[caller]!);
      const text = await response.text();
      const refusal = refusalOf(caller, operation);
      expect(response.status, text).not.toBe(500);
      if (refusal === null) {
        expect([401, 403], text).not.toContain(response.status);
        return;
      }
      expect(response.status, text).toBe(refusal);
      // Three contracts word a refusal under three names.
      const { message, error, detail } = JSON.parse(text) as Record<string, string | undefined>;
      expect((message ?? detail ?? error ?? '').length).toBeGreaterThan(10);
    },
  );
});

describe('isolation of projects', () => {
  const payloadsOf = (id: string) => `?observationIds=${encodeURIComponent(JSON.stringify([id]))}`;
  const ids = () => [
    theirRecords.otel.traceId,
    theirRecords.otel.generationId,
    theirRecords.batch.traceId,
    ...theirRecords.scores.map(({ id }) => id),
  ];
  const queries = () => [
    '',
    '?userId=canary-user',
    '?sessionId=canary-session',
    `?traceId=${theirRecords.otel.traceId}`,
    '?name=canary-trace',
    '?tags=canary-tag',
    '?field=name',
    '?field=userId',
    '?q=canary',
    '?format=jsonl',
    payloadsOf(theirRecords.otel.generationId),
    `?filter=${encodeURIComponent('[{"type":"string","column":"name","operator":"contains","value":"canary"}]')}`,
  ];

  const reading = operations.filter(({ method }) => method === 'GET');

  it('can be told at all: to their own key the same questions show it', async () => {
    const silent: string[] = [];
    for (const operation of reading.filter(({ scope }) => /^(?:traces|scores):/.test(scope))) {
      const asked: Record<string, string> = {
        exportTraces: '?format=jsonl',
        exploreSessionFacets: '?field=userId',
        exploreTracePayloads: payloadsOf(theirRecords.otel.generationId),
      };
      const query = asked[operation.id] ?? (operation.path.endsWith('/facets') ? '?field=name' : '');
      const response = await api.get(pathOf(operation, theirs.projectId) + query, theirs);
      if (!(await response.text()).includes('canary')) silent.push(operation.id);
    }
    // Counts over time and the progress of an action hold no text of a trace; without a region nothing is different.
    expect(silent.sort()).toEqual([
      'exploreObservationHistogram',
      'exploreScoreHistogram',
      'exploreSessionHistogram',
      'exploreTraceDifferences',
      'exploreTraceHistogram',
      'getBulkAction',
      'listBulkActions',
    ]);
  });

  it.each(reading.map((operation) => [operation.path, operation] as const))(
    'no byte of another project comes from %s',
    async (_, operation) => {
      for (const query of queries()) {
        for (const headers of [callers['the project key']!, callers['a member with role OWNER']!]) {
          const response = await call(operation, headers, query);
          const text = await response.text();
          expect(response.status, text).not.toBe(500);
          // What was asked for may be named in a 404; nothing that was recorded may.
          const asked = [...ids(), ...new URLSearchParams(query).values(), 'canary-session'];
          const shown = asked.reduce((rest, value) => (value ? rest.replaceAll(value, '') : rest), text);
          expect(shown).not.toContain('canary');
        }
      }
    },
  );

  it('another project’s records cannot be deleted', async () => {
    await api.send('DELETE', '/api/public/traces', mine, { traceIds: [theirRecords.otel.traceId] });
    await api.send('DELETE', `/api/public/traces/${theirRecords.batch.traceId}`, mine, undefined);
    await api.send('DELETE', `/api/public/scores/${theirRecords.scores[0]!.id}`, mine, undefined);
    for (const path of [
      `traces/${theirRecords.otel.traceId}`,
      `traces/${theirRecords.batch.traceId}`,
      `v2/scores/${theirRecords.scores[0]!.id}`,
    ]) {
      expect((await api.get(`/api/public/${path}`, theirs)).status, path).toBe(200);
    }
  });

  it('another project’s keys cannot be listed, created or revoked', async () => {
    const cookie = await api.signIn(mine.ownerId);
    const keys = `/api/v1/projects/${theirs.projectId}/api-keys`;
    for (const [method, path] of [
      ['GET', keys],
      ['POST', keys],
      ['DELETE', `${keys}/any`],
    ] as const) {
      const response = await api.request(path, {
        method,
        headers: { cookie, 'content-type': 'application/json' },
        ...(method === 'POST' && { body: '{}' }),
      });
      expect(response.status).toBe(403);
    }
  });

  it('a project that is not theirs and one that does not exist are told in the same words', async () => {
    const cookie = await api.signIn(mine.ownerId);
    const messageOf = async (projectId: string) => {
      const response = await api.request(`/api/v1/projects/${projectId}/traces`, { headers: { cookie } });
      return ((await response.json()) as { message: string }).message.replace(projectId, '…');
    };
    expect(await messageOf(theirs.projectId)).toBe(await messageOf('no-such-project'));
  });
});

it('answered nothing with an internal error', () => {
  expect(api.internalErrors).toEqual([]);
});

import { startEngines, type TestEngines } from '@tracewell/testkit/engines';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Auth, createAuth } from '../accounts/index';
import { createKeyLookup } from '../api-keys/index';
import { type Provision, provisionProject } from './index';

let engines: TestEngines;
let auth: Auth;
const salt = 'salt';

beforeAll(async () => {
  engines = await startEngines({ relational: true });
  const { relational } = engines;
  auth = createAuth({ relational, secret: 's'.repeat(40), baseUrl: 'http://localhost', allowSignUp: false });
});
afterAll(() => engines?.stop());

const provisionOf = (name: string): Provision => ({
  orgId: `org-${name}`,
  orgName: 'Organization',
  projectId: `project-${name}`,
  projectName: 'Project',
  publicKey: `pk-lf-${name}-12345678`,
  secretKey: `sk-lf-${name}-12345678`,
  userEmail: `Owner@${name}.Test`,
  userName: 'Owner',
});
const provision = (input: Provision) =>
  provisionProject({ relational: engines.relational, auth, salt }, input);
async function identify(input: Provision) {
  const lookup = createKeyLookup({ relational: engines.relational, salt });
  try {
    return await lookup.identify(
      `Basic ${Buffer.from(`${input.publicKey}:${input.secretKey}`).toString('base64')}`,
    );
  } finally {
    await lookup.close();
  }
}
const signIn = async (email: string, password: string) => {
  const request = new Request('http://localhost/api/auth/sign-in/email', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  return (await auth.handler(request)).status;
};

describe('provisionProject', () => {
  it('leaves one of everything, however often and at once it runs', async () => {
    const input = provisionOf('often');
    const first = await provision(input);
    const again = await Promise.all([provision(input), provision(input)]);
    expect(new Set([first, ...again].map(({ userId }) => userId)).size).toBe(1);
    const { rows } = await engines.relational.pool.query(
      `SELECT (SELECT count(*)::int FROM api_keys WHERE project_id = $1) AS keys,
              (SELECT count(*)::int FROM users WHERE email = $2) AS users,
              (SELECT count(*)::int FROM audit_log WHERE project_id = $1) AS entries,
              (SELECT role FROM organization_memberships WHERE organization_id = $3) AS role`,
      [input.projectId, 'owner@often.test', input.orgId],
    );
    expect(rows).toEqual([{ keys: 1, users: 1, entries: 1, role: 'OWNER' }]);
    expect(await identify(input)).toMatchObject({ kind: 'project-key', projectId: input.projectId });
  });

  it('makes a changed secret count and the old one not', async () => {
    const input = provisionOf('rotated');
    await provision(input);
    const rotated = { ...input, secretKey: 'sk-lf-another-12345678' };
    await provision(rotated);
    expect(await identify(rotated)).toMatchObject({ projectId: input.projectId });
    await expect(identify(input)).rejects.toMatchObject({ code: 'unauthorized' });
  });

  it('sets a password once and never changes it', async () => {
    const input = { ...provisionOf('password'), userPassword: 'the first password' };
    await provision(input);
    await provision({ ...input, userPassword: 'the second password' });
    expect(await signIn('owner@password.test', 'the first password')).toBe(200);
    expect(await signIn('owner@password.test', 'the second password')).toBe(401);
  });

  it('refuses keys of another form, and what belongs to somebody else', async () => {
    await expect(provision({ ...provisionOf('form'), secretKey: 'secret' })).rejects.toThrow('sk-lf-');
    const input = provisionOf('owned');
    await provision(input);
    await expect(provision({ ...input, orgId: 'another' })).rejects.toMatchObject({ code: 'conflict' });
    await expect(provision({ ...provisionOf('thief'), publicKey: input.publicKey })).rejects.toMatchObject({
      code: 'conflict',
    });
    expect(await identify(input)).toMatchObject({ projectId: input.projectId });
  });
});

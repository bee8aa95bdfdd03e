import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineOperation } from './operation';
import { operations } from './operations';
import { roles, scopes, scopesOfProjectKey, scopesOfPublicKey, scopesOfRole } from './scopes';

describe('operations and rights', () => {
  it('do not compile without a scope', () => {
    // @ts-expect-error an operation that does not say what it needs is no operation
    const withoutScope = defineOperation({
      id: 'nothing',
      method: 'GET',
      path: '/api/v1/nothing',
      tag: 'None',
      summary: 'Nothing.',
      responses: { 200: z.object({}) },
    });
    expect(withoutScope.id).toBe('nothing');
  });

  it('ask only for rights that exist', () => {
    for (const { id, scope } of operations) expect(scopes, id).toContain(scope);
  });

  it('give each role all that the next lower role has', () => {
    for (const [index, role] of roles.slice(0, -1).entries()) {
      const lower = roles[index + 1]!;
      for (const scope of scopesOfRole[lower])
        expect(scopesOfRole[role].has(scope), `${role} ${scope}`).toBe(true);
    }
  });

  it('keep keys away from keys, and public keys away from reading', () => {
    for (const scope of scopesOfProjectKey) expect(scope).not.toMatch(/^api-keys:|^audit-log:/);
    expect([...scopesOfPublicKey]).toEqual(['scores:ingest']);
  });
});

import { createHash, randomBytes } from 'node:crypto';
import { createAuthEndpoint } from 'better-auth/api';
import { setSessionCookie } from 'better-auth/cookies';
import { z } from 'zod';
import type { Auth } from './auth';

/**
 * A link that signs its holder in, once: how the owner of an installation on their own machine gets in without
 * a password. Only the hash of its token is stored; taking the token and forgetting it are one statement.
 */
const identifierOf = (token: string) =>
  `sign-in-link:${createHash('sha256').update(token).digest('base64url')}`;

const defaultTtlMs = 60 * 60_000;

/** Returns the path of the link, `/sign-in-link?token=…`. The user must exist by the time it is used. */
export async function createSignInLink(
  auth: Auth,
  userId: string,
  options: { ttlMs?: number } = {},
): Promise<string> {
  const { internalAdapter } = await auth.$context;
  const token = randomBytes(32).toString('base64url');
  await internalAdapter.createVerificationValue({
    identifier: identifierOf(token),
    value: userId,
    expiresAt: new Date(Date.now() + (options.ttlMs ?? defaultTtlMs)),
  });
  return `/sign-in-link?token=${token}`;
}

/** The endpoint behind the link, as a plugin: it sets the session cookie and leads to the start page. */
export const signInLink = () => ({
  id: 'sign-in-link' as const,
  endpoints: {
    consumeSignInLink: createAuthEndpoint(
      '/sign-in-link',
      { method: 'GET', query: z.object({ token: z.string().min(1).max(200) }) },
      async (context) => {
        const { internalAdapter } = context.context;
        const taken = await internalAdapter.consumeVerificationValue(identifierOf(context.query.token));
        const user = taken ? await internalAdapter.findUserById(taken.value) : null;
        if (!user) throw context.redirect('/sign-in?error=link-used');
        const session = await internalAdapter.createSession(user.id);
        await setSessionCookie(context, { session, user });
        throw context.redirect('/');
      },
    ),
  },
});

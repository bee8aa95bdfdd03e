import type { Auth } from './auth';

export interface UserSetUp {
  email: string;
  name: string;
  /** Without one the user signs in by link only. An existing password is never changed. */
  password?: string;
}

/** The id of the user with this address, created when there is none. Idempotent. */
export async function ensureUser(auth: Auth, user: UserSetUp): Promise<string> {
  const context = await auth.$context;
  const email = user.email.toLowerCase();
  const existing = await context.internalAdapter.findUserByEmail(email);
  const userId =
    existing?.user.id ??
    // Verified: the operator of the installation vouches for the address.
    (
      await context.internalAdapter.createUser(
        { email, name: user.name, emailVerified: true },
        { method: 'email-password' },
      )
    ).id;
  if (user.password !== undefined) {
    const accounts = await context.internalAdapter.findAccounts(userId);
    if (!accounts.some((account) => account.providerId === 'credential')) {
      await context.internalAdapter.linkAccount({
        userId,
        accountId: userId,
        providerId: 'credential',
        password: await context.password.hash(user.password),
      });
    }
  }
  return userId;
}

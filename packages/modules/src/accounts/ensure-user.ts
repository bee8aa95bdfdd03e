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
  const find = async () => (await context.internalAdapter.findUserByEmail(email))?.user.id;
  // Verified: who administers the installation or an organization vouches for the address.
  const create = async () => {
    const verified = { email, name: user.name, emailVerified: true };
    return (await context.internalAdapter.createUser(verified, { method: 'email-password' })).id;
  };
  const userId =
    (await find()) ??
    (await create().catch(async (error: unknown) => {
      // Somebody else created it at the same moment.
      const created = await find();
      if (created === undefined) throw error;
      return created;
    }));
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

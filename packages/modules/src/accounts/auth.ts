import type { Relational } from '@tracewell/engines/relational/port';
import { userAccounts, userSessions, users, verifications } from '@tracewell/schema/postgres/accounts';
import { betterAuth } from 'better-auth';
import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { signInLink } from './sign-in-link';

export interface AuthOptions {
  relational: Pick<Relational, 'db'>;
  /** Signs cookies; at least 32 characters, the same in every process. */
  secret: string;
  /** Where browsers reach us: `http://localhost:3000`. */
  baseUrl: string;
  /** Where else they do, asked at each request: a port may be known only once the server listens. */
  moreUrls?: () => readonly string[];
  /** Whether anybody may create an account; an installation for one person says no. */
  allowSignUp: boolean;
}

/** Set by the server itself, never taken from a request: whom attempts to sign in are counted by. */
export const clientAddressHeader = 'x-tracewell-client-address';

/** At most this many attempts to sign in from one address, and then a pause. */
const signInLimit = { window: 60, max: 10 };
/** Nobody guesses 256 bits: links share the limit of everything else. */
const generalLimit = { window: 60, max: 300 };

/**
 * Users, passwords (scrypt) and sessions, by better-auth on our tables. Nothing leaves the machine: no
 * telemetry, no mail, no remote check.
 */
export const createAuth = (options: AuthOptions) =>
  betterAuth({
    appName: 'Tracewell',
    baseURL: options.baseUrl,
    basePath: '/api/auth',
    secret: options.secret,
    trustedOrigins: () => [options.baseUrl, ...(options.moreUrls?.() ?? [])].flatMap(originsOf),
    telemetry: { enabled: false },
    logger: { level: 'error' },
    database: drizzleAdapter(options.relational.db, {
      provider: 'pg',
      schema: { user: users, session: userSessions, account: userAccounts, verification: verifications },
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: !options.allowSignUp,
      minPasswordLength: 8,
      maxPasswordLength: 200,
    },
    session: { expiresIn: 30 * 24 * 60 * 60, updateAge: 24 * 60 * 60 },
    rateLimit: {
      enabled: true,
      ...generalLimit,
      customRules: {
        '/sign-in/email': signInLimit,
        '/sign-up/email': signInLimit,
        '/sign-in-link': generalLimit,
      },
    },
    advanced: {
      // Said aloud: left out, a variable TEST in the environment turns the check off.
      disableOriginCheck: false,
      cookiePrefix: 'tracewell',
      useSecureCookies: options.baseUrl.startsWith('https://'),
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
    },
    plugins: [signInLink()],
  });

export type Auth = ReturnType<typeof createAuth>;

/** A machine reaches itself under several names; all of them are this installation. */
const loopbackHosts = ['localhost', '127.0.0.1', '[::1]'];

/** The origins whose pages may sign in here: that of the base URL, and its other names where it is this machine. */
export function originsOf(baseUrl: string): string[] {
  const { protocol, hostname, port, origin } = new URL(baseUrl);
  if (!loopbackHosts.includes(hostname)) return [origin];
  return loopbackHosts.map((host) => `${protocol}//${host}${port && `:${port}`}`);
}

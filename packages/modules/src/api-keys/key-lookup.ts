import { ApiError } from '@tracewell/contract';
import type { Relational } from '@tracewell/engines/relational/port';
import type { OrganizationKey, ProjectKey, PublicKey } from '../access/index';
import { hashSecret } from './api-key';
import { parseAuthorization } from './credentials';
import { KeyCache, type KeyCacheOptions } from './key-cache';
import { findKeyByPublicKey, findKeyBySecretHash, type KnownKey, touchKeys } from './store';

export interface KeyLookup {
  /**
   * Whom an `Authorization` header speaks for. Throws `unauthorized` for a header or key that is wrong, and
   * `unavailable` when the key was not seen lately and cannot be checked now.
   */
  identify(header: string | undefined): Promise<ProjectKey | PublicKey | OrganizationKey>;
  /** Forgets what is remembered: called after a change of keys in this process. */
  clear(): void;
  /** Writes when keys were last used; called on a timer and before the process ends. */
  flushLastUsed(): Promise<void>;
  close(): Promise<void>;
}

export interface KeyLookupOptions {
  relational: Pick<Relational, 'db'>;
  /** Of the hashes of secrets; the same in every process. */
  salt: string;
  cache?: KeyCacheOptions;
  /** Times of last use could not be written; they are lost, and nothing else. */
  onError?: (error: unknown) => void;
}

/** How often the times of last use are written. */
const flushEveryMs = 60_000;

const notFound = (what: string) =>
  new ApiError(
    'unauthorized',
    `Invalid credentials. No API key has this ${what}. Confirm that you've configured the correct host.`,
  );

/**
 * Finds keys by the hash of the secret alone, so that a client with an outdated public half goes on working,
 * and by the public key for Bearer. See `KeyCache` for what happens while the database is away.
 */
export function createKeyLookup(options: KeyLookupOptions): KeyLookup {
  const { relational, salt, onError = () => {} } = options;
  const now = options.cache?.now ?? Date.now;
  const bySecret = new KeyCache((hash) => findKeyBySecretHash(relational.db, hash), options.cache);
  const byPublicKey = new KeyCache((key) => findKeyByPublicKey(relational.db, key), options.cache);
  let used = new Map<string, Date>();

  async function flushLastUsed(): Promise<void> {
    const writing = used;
    used = new Map();
    await touchKeys(relational.db, writing);
  }
  const timer = setInterval(() => flushLastUsed().catch(onError), flushEveryMs);
  timer.unref();

  function accept(key: KnownKey): KnownKey {
    if (key.expiresAt && key.expiresAt.getTime() <= now()) {
      throw new ApiError(
        'unauthorized',
        'This API key has expired. Create a new one in the project settings.',
      );
    }
    used.set(key.apiKeyId, new Date(now()));
    return key;
  }

  async function identify(header: string | undefined) {
    const credentials = parseAuthorization(header);
    if (credentials.kind === 'secret') {
      const found = await bySecret.get(hashSecret(credentials.secretKey, salt));
      if (!found) throw notFound('secret key');
      const { apiKeyId, publicKey, projectId, organizationId } = accept(found);
      return projectId === null
        ? ({ kind: 'organization-key', apiKeyId, publicKey, organizationId } as const)
        : ({ kind: 'project-key', apiKeyId, publicKey, projectId, organizationId } as const);
    }
    const found = await byPublicKey.get(credentials.publicKey);
    if (!found) throw notFound('public key');
    const { apiKeyId, publicKey, projectId, organizationId } = accept(found);
    if (projectId === null) {
      throw new ApiError('unauthorized', 'The public key of an organization opens nothing. Use a project’s.');
    }
    return { kind: 'public-key', apiKeyId, publicKey, projectId, organizationId } as const;
  }

  return {
    identify,
    clear() {
      bySecret.clear();
      byPublicKey.clear();
    },
    flushLastUsed,
    async close() {
      clearInterval(timer);
      await flushLastUsed();
    },
  };
}

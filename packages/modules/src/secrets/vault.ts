import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from 'node:crypto';

/**
 * Secrets at rest: AES-256-GCM under a key that is derived from the installation's. What a secret belongs to is
 * part of what is authenticated, so that a ciphertext that is moved to another row opens there as little as one
 * that was changed. The form says which key it needs:
 *
 *   v1.<key id>.<nonce>.<ciphertext and tag>      each but the first in base64url
 */
export interface Vault {
  /** `place`: what it belongs to, such as `llm-connections/<id>/secret-key`; the same to open it. */
  seal(secret: string, place: string): string;
  /** As it is, or sealed anew where an old key sealed it. Throws `SecretUnreadable`. */
  reseal(sealed: string, place: string): string;
  /** Throws `SecretUnreadable`. */
  open(sealed: string, place: string): string;
}

/** The secret was sealed with another key, for something else, or was changed. */
export class SecretUnreadable extends Error {
  override readonly name = 'SecretUnreadable';
}

const version = 'v1';
const nonceBytes = 12;
const tagBytes = 16;

/** As `openssl rand -hex 32` makes it. */
export const encryptionKeyPattern = /^[0-9a-fA-F]{64}$/;

/** Most keys that still open; nobody rotates more often than secrets are entered again. */
export const maxOldKeys = 10;

/**
 * Seals with the one key, and opens what that or one of the old keys sealed. Throws `RangeError` unless each is 64
 * hex digits.
 */
export function createVault(encryptionKey: string, oldKeys: readonly string[] = []): Vault {
  if (oldKeys.length > maxOldKeys) {
    throw new RangeError(`There are ${oldKeys.length} old encryption keys, more than ${maxOldKeys}.`);
  }
  const current = deriveKey(encryptionKey);
  const keys = new Map([...oldKeys.map(deriveKey), current].map(({ id, key }) => [id, key]));

  const vault: Vault = {
    seal(secret, place) {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv('aes-256-gcm', current.key, nonce).setAAD(Buffer.from(place));
      const sealed = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final(), cipher.getAuthTag()]);
      return [version, current.id, nonce.toString('base64url'), sealed.toString('base64url')].join('.');
    },
    reseal: (sealed, place) =>
      sealed.split('.')[1] === current.id ? sealed : vault.seal(vault.open(sealed, place), place),
    open(sealed, place) {
      const [itsVersion, itsKeyId, nonceText, text] = sealed.split('.');
      if (itsVersion !== version || nonceText === undefined || text === undefined) {
        throw new SecretUnreadable(`A secret of ${place} is stored in a form this version does not read.`);
      }
      const key = keys.get(itsKeyId ?? '');
      if (!key) {
        throw new SecretUnreadable(
          `A secret of ${place} was encrypted with another TRACEWELL_ENCRYPTION_KEY. Name that one in TRACEWELL_OLD_ENCRYPTION_KEYS, or enter the secret again.`,
        );
      }
      const bytes = Buffer.from(text, 'base64url');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, Buffer.from(nonceText, 'base64url'), {
          authTagLength: tagBytes,
        })
          .setAAD(Buffer.from(place))
          .setAuthTag(bytes.subarray(-tagBytes));
        return decipher.update(bytes.subarray(0, -tagBytes), undefined, 'utf8') + decipher.final('utf8');
      } catch (error) {
        throw new SecretUnreadable(`A secret of ${place} was changed, or belongs elsewhere.`, {
          cause: error,
        });
      }
    },
  };
  return vault;
}

function deriveKey(encryptionKey: string): { id: string; key: Buffer } {
  if (!encryptionKeyPattern.test(encryptionKey)) {
    throw new RangeError('The encryption key must be 64 hex digits, as `openssl rand -hex 32` prints them.');
  }
  const key = Buffer.from(
    hkdfSync('sha256', Buffer.from(encryptionKey, 'hex'), '', 'tracewell secrets at rest', 32),
  );
  return { id: createHash('sha256').update(key).digest('base64url').slice(0, 8), key };
}

/** `...abcd`, to tell secrets apart; of a short one nothing. Credentials in JSON show the end of their last value. */
export function maskSecret(secret: string): string {
  const shown = secret.trim().replace(/["'}\s\]]+$/, '');
  return shown.length >= minMaskedLength ? `...${shown.slice(-4)}` : '...';
}
const minMaskedLength = 12;

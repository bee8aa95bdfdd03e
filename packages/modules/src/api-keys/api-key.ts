import { createHash, randomUUID } from 'node:crypto';
import { ApiError } from '@tracewell/contract';

/** The rules of a key: its form, how it is shown, and the only form in which its secret is kept. */
export const publicKeyPrefix = 'pk-lf-';
export const secretKeyPrefix = 'sk-lf-';

export interface KeyPair {
  publicKey: string;
  secretKey: string;
}

export const createKeyPair = (): KeyPair => ({
  publicKey: publicKeyPrefix + randomUUID(),
  secretKey: secretKeyPrefix + randomUUID(),
});

const maxKeyLength = 200;
/** What a Basic header can carry: a colon would end the public key there, and be lost in the secret one. */
const form = /^[!-9;-~]{8,}$/;

/** Throws `invalid_request` unless both halves have the form of a key. */
export function checkKeyPair(pair: KeyPair): void {
  const forms = [
    ['public key', pair.publicKey, publicKeyPrefix],
    ['secret key', pair.secretKey, secretKeyPrefix],
  ] as const;
  for (const [half, key, prefix] of forms) {
    const rest = key.slice(prefix.length);
    if (key.startsWith(prefix) && form.test(rest) && key.length <= maxKeyLength) continue;
    throw new ApiError(
      'invalid_request',
      `The ${half} must start with ${prefix} and go on with 8 to ${maxKeyLength - prefix.length} characters, visible ones of ASCII without the colon.`,
    );
  }
}

export const displaySecret = (secretKey: string): string =>
  `${secretKey.slice(0, secretKeyPrefix.length)}...${secretKey.slice(-4)}`;

/**
 * Hex SHA-256 of the secret followed by the hex SHA-256 of the installation's salt. Fast on purpose: secrets
 * are 122 random bits, so there is nothing to guess, and every request hashes one.
 */
export function hashSecret(secretKey: string, salt: string): string {
  const saltHash = createHash('sha256').update(salt, 'utf8').digest('hex');
  return createHash('sha256').update(secretKey, 'utf8').update(saltHash, 'utf8').digest('hex');
}

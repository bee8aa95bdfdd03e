import { ApiError } from '@tracewell/contract';

/** What an `Authorization` header says, before anybody looks it up. */
export type Credentials =
  | { kind: 'secret'; publicKey: string; secretKey: string }
  | { kind: 'public'; publicKey: string };

const host = "Confirm that you've configured the correct host.";
const maxHeaderLength = 2_000;

/**
 * `Basic base64(public:secret)` or `Bearer public`, schemes spelled exactly so. Throws `unauthorized` that says
 * what is wrong with the header.
 */
export function parseAuthorization(header: string | undefined): Credentials {
  if (!header) {
    throw new ApiError(
      'unauthorized',
      'No authorization header. Send Authorization: Basic with the project’s public key as user and secret key as password.',
    );
  }
  if (header.length > maxHeaderLength) {
    throw new ApiError(
      'unauthorized',
      `The authorization header is longer than ${maxHeaderLength} characters.`,
    );
  }
  if (header.startsWith('Basic ')) {
    const encoded = header.split(' ')[1] ?? '';
    const [publicKey, secretKey] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
    if (!publicKey || !secretKey) {
      throw new ApiError(
        'unauthorized',
        `Invalid authorization header: Basic needs base64 of <public key>:<secret key>. ${host}`,
      );
    }
    return { kind: 'secret', publicKey, secretKey };
  }
  if (header.startsWith('Bearer ')) {
    const publicKey = header.split(' ')[1];
    if (!publicKey) {
      throw new ApiError('unauthorized', `Invalid authorization header: Bearer needs a public key. ${host}`);
    }
    return { kind: 'public', publicKey };
  }
  throw new ApiError(
    'unauthorized',
    'Unknown authorization scheme. Use Basic with both keys, or Bearer with the public key for scores.',
  );
}

import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { type DownloadTerms, SignedUrlRefused, type UploadTerms } from './port';

/**
 * URLs of objects that carry their own permission: what may be done, on which terms and until when, with an HMAC
 * over all of it. Whoever has the URL may do that, and nothing else.
 */
export interface SignedPaths {
  forUpload(key: string, terms: UploadTerms): string;
  forDownload(key: string, terms: DownloadTerms): string;
  /** Throws `SignedUrlRefused`. */
  readUpload(url: URL): { key: string; terms: UploadTerms };
  readDownload(url: URL): { key: string; terms: DownloadTerms };
}

type Use = 'put' | 'get';
/** Longest query that is looked at. */
const maxQueryLength = 4_096;

export function createSignedPaths(prefix: string, secret: string): SignedPaths {
  // A key for this use alone: what is signed here proves nothing elsewhere.
  const hmacKey = Buffer.from(hkdfSync('sha256', secret, '', 'tracewell signed object paths', 32));
  const signatureOf = (use: Use, key: string, fields: readonly string[]): Buffer =>
    createHmac('sha256', hmacKey)
      .update(JSON.stringify([use, key, ...fields]))
      .digest();

  function sign(use: Use, key: string, fields: Record<string, string>): string {
    const signature = signatureOf(use, key, Object.values(fields)).toString('base64url');
    return `${prefix}${key}?${new URLSearchParams({ ...fields, signature })}`;
  }

  function read<Name extends string>(use: Use, url: URL, names: readonly Name[]) {
    const refuse = (reason: string) => new SignedUrlRefused(`${reason}. Ask for a new URL.`);
    if (!url.pathname.startsWith(prefix) || url.search.length > maxQueryLength) {
      throw refuse('This is no signed URL of the object store');
    }
    const key = url.pathname.slice(prefix.length);
    const values = names.map((name) => url.searchParams.get(name) ?? '');
    const given = Buffer.from(url.searchParams.get('signature') ?? '', 'base64url');
    const expected = signatureOf(use, key, values);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      throw refuse('This URL was changed, or is not for this method');
    }
    const fields = Object.fromEntries(names.map((name, n) => [name, values[n]!])) as Record<Name, string>;
    return { key, fields, refuse };
  }

  const expiryOf = (text: string, refuse: (reason: string) => Error): Date => {
    const expiresAt = new Date(Number(text));
    if (!(expiresAt.getTime() > Date.now())) throw refuse(`This URL expired at ${expiresAt.toISOString()}`);
    return expiresAt;
  };

  return {
    forUpload: (key, { contentType, contentLength, sha256, expiresAt }) =>
      sign('put', key, {
        expires: String(expiresAt.getTime()),
        type: contentType,
        length: String(contentLength),
        sha256,
      }),
    forDownload: (key, { contentType, disposition, expiresAt }) =>
      sign('get', key, { expires: String(expiresAt.getTime()), type: contentType, disposition }),
    readUpload(url) {
      const { key, fields, refuse } = read('put', url, ['expires', 'type', 'length', 'sha256'] as const);
      return {
        key,
        terms: {
          contentType: fields.type,
          contentLength: Number(fields.length),
          sha256: fields.sha256,
          expiresAt: expiryOf(fields.expires, refuse),
        },
      };
    },
    readDownload(url) {
      const { key, fields, refuse } = read('get', url, ['expires', 'type', 'disposition'] as const);
      return {
        key,
        terms: {
          contentType: fields.type,
          disposition: fields.disposition,
          expiresAt: expiryOf(fields.expires, refuse),
        },
      };
    },
  };
}

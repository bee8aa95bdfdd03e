import { createHash } from 'node:crypto';
import { mediaIdOf, mediaReference } from '@tracewell/domain';

/** A file that was found in the text of a record. */
export interface InlineMedia {
  /** Derived from the hash: the same file has the same id, however often it is found. */
  mediaId: string;
  /** Base64. */
  sha256Hash: string;
  contentType: string;
  bytes: Uint8Array;
}

/** Takes what is found; answers with the reference that stands in its place, null to leave it where it is. */
export type TakeMedia = (contentType: string, base64: string) => string | null;

/** More in one record stay in its text. */
export const maxMediaPerText = 500;

/** `type/subtype` without parameters, of which nothing can end a reference early. */
const contentTypePattern = /^[a-z0-9][a-z0-9.+-]{0,62}\/[a-z0-9][a-z0-9.+-]{0,126}$/;

/** Gathers what is found in one text. */
export function gatherMedia(found: Map<string, InlineMedia>): TakeMedia {
  return (type, base64) => {
    const contentType = type.toLowerCase();
    if (found.size >= maxMediaPerText || !contentTypePattern.test(contentType)) return null;
    // Node reads both alphabets of base64 and passes over line breaks.
    const bytes = Buffer.from(base64, 'base64');
    if (bytes.length === 0) return null;
    const sha256Hash = createHash('sha256').update(bytes).digest('base64');
    const mediaId = mediaIdOf(sha256Hash);
    if (!found.has(mediaId)) found.set(mediaId, { mediaId, sha256Hash, contentType, bytes });
    return mediaReference(contentType, mediaId);
  };
}

const base64Codes = new Uint8Array(128);
for (const char of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/-_') {
  base64Codes[char.charCodeAt(0)] = 1;
}
const isBase64Code = (code: number): boolean => code < 128 && base64Codes[code] === 1;
const equals = 0x3d;
const backslash = 0x5c;
const slash = 0x2f;

/**
 * Where the run of base64 that starts at `at` ends, its padding included. `\/` is how some encoders of JSON
 * write a slash.
 */
export function endOfBase64(text: string, at: number): number {
  let end = at;
  for (;;) {
    const code = text.charCodeAt(end);
    if (isBase64Code(code)) end++;
    else if (code === backslash && text.charCodeAt(end + 1) === slash) end += 2;
    else break;
  }
  for (let padding = 0; padding < 2 && text.charCodeAt(end) === equals; padding++) end++;
  return end;
}

/** Whether all of a text is base64, in lines or in one. */
export function isBase64(text: string): boolean {
  let at = 0;
  while (at < text.length) {
    const end = endOfBase64(text, at);
    if (end === at) return false;
    at = end;
    while (text.charCodeAt(at) === 0x0a || text.charCodeAt(at) === 0x0d) at++;
  }
  return true;
}

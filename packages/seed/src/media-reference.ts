import { createHash } from 'node:crypto';

/** As the API wants a file's hash: base64. */
export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('base64');

/** What stands in a payload for a file: its id comes of its content, so it is known before the upload. */
export function referTo(contentType: string, bytes: Uint8Array): string {
  const id = hashOf(bytes).replaceAll('+', '-').replaceAll('/', '_').slice(0, 22);
  return `@@@langfuseMedia:type=${contentType}|id=${id}|source=bytes@@@`;
}

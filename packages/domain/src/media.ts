/** A file that records refer to, as clients and we know it alike: by the hash of its bytes. */

const mediaIdLength = 22;

/** Clients compute it themselves, and give up when ours differs. `sha256Hash` is base64. */
export const mediaIdOf = (sha256Hash: string): string =>
  sha256Hash.replaceAll('+', '-').replaceAll('/', '_').slice(0, mediaIdLength);

/** What stands in a record in the place of the file. Clients find it by its form and resolve it. */
export const mediaReference = (contentType: string, mediaId: string): string =>
  `@@@langfuseMedia:type=${contentType}|id=${mediaId}|source=base64_data_uri@@@`;

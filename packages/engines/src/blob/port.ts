/** The object store: raw batches and media. Keys are ours, `/`-separated, made of `A-Za-z0-9._-`. */
export interface Blob {
  /** Resolves when the object is durable: it survives power loss. Overwrites. */
  put(key: string, body: Uint8Array): Promise<void>;
  /** null when there is no such object. Of a range, the part of it that the object has. */
  get(key: string, range?: ByteRange): Promise<Uint8Array | null>;
  /** In bytes; null when there is no such object. */
  size(key: string): Promise<number | null>;
  /** Keys that start with `prefix` and come after `after`, in byte order, at most `limit` (1,000) a page. */
  list(prefix: string, options?: { after?: string; limit?: number }): Promise<string[]>;
  /** Deleting what is not there is no error. */
  delete(keys: readonly string[]): Promise<void>;
  /**
   * A URL at which anybody may put this one object, until it expires. It may begin with a slash: then it is a path
   * of our own web server, which must answer it through `door`.
   */
  signUpload(key: string, terms: UploadTerms): Promise<string>;
  /** As `signUpload`, a URL at which anybody may read this one object, whole or in ranges. */
  signDownload(key: string, terms: DownloadTerms): Promise<string>;
  /** Where the store has no server of its own: what stands behind its signed URLs. */
  readonly door?: ObjectDoor;
  ping(): Promise<boolean>;
  /** Ends what it holds open, where it does. */
  close?(): Promise<void>;
}

/** Bytes from `start` up to and without `end`; without one, all that follow. */
export interface ByteRange {
  start: number;
  end?: number;
}

/** What may be put: exactly these bytes, said to be of this type. */
export interface UploadTerms {
  contentType: string;
  /** Bytes. */
  contentLength: number;
  /** Base64, as `x-amz-checksum-sha256` has it. */
  sha256: string;
  expiresAt: Date;
}

/** How the object is to be handed out. */
export interface DownloadTerms {
  contentType: string;
  /** `Content-Disposition`, whole. */
  disposition: string;
  expiresAt: Date;
}

/** Answers the signed URLs of a store that has no server of its own. Each call throws `SignedUrlRefused`. */
export interface ObjectDoor {
  /** The paths that are the door's own begin with it. */
  readonly path: string;
  /** Resolves when the object is durable. Throws `UploadRefused` when it is not what was signed for. */
  receive(upload: { url: URL; headers: Headers; body: AsyncIterable<Uint8Array> }): Promise<void>;
  /** null when there is no such object. Whoever gets one reads it or closes it. */
  open(url: URL): Promise<OpenObject | null>;
}

export interface OpenObject {
  contentType: string;
  disposition: string;
  /** Bytes. */
  size: number;
  /** Once; closes the object when it was read to its end or cancelled. */
  read(range?: ByteRange): ReadableStream<Uint8Array>;
  close(): Promise<void>;
}

/** The URL was not made by us, was changed, is for something else, or its time is over. */
export class SignedUrlRefused extends Error {
  override readonly name = 'SignedUrlRefused';
}

/** What was sent is not what the URL was signed for. */
export class UploadRefused extends Error {
  override readonly name = 'UploadRefused';
}

/** The store is away or full: the same call may succeed later. */
export class BlobUnavailable extends Error {
  override readonly name = 'BlobUnavailable';
}

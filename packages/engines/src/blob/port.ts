/** The object store: raw batches and media. Keys are ours, `/`-separated, made of `A-Za-z0-9._-`. */
export interface Blob {
  /** Resolves when the object is durable: it survives power loss. Overwrites. */
  put(key: string, body: Uint8Array): Promise<void>;
  /** null when there is no such object. */
  get(key: string): Promise<Uint8Array | null>;
  /** Keys that start with `prefix` and come after `after`, in byte order, at most `limit` (1,000) a page. */
  list(prefix: string, options?: { after?: string; limit?: number }): Promise<string[]>;
  /** Deleting what is not there is no error. */
  delete(keys: readonly string[]): Promise<void>;
  ping(): Promise<boolean>;
}

/** The store is away or full: the same call may succeed later. */
export class BlobUnavailable extends Error {
  override readonly name = 'BlobUnavailable';
}

import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { requireKey } from './key';
import { createLocalDoor } from './local-door';
import { type Blob, BlobUnavailable, type ByteRange } from './port';
import { createSignedPaths } from './signed-path';

/**
 * Objects as files below a folder. A put writes a temporary file, syncs it, renames it into place and syncs the
 * folder: an object is there whole or not at all, and stays through a loss of power.
 */
const defaultPageSize = 1_000;
const temporarySuffix = '.partial';
/** Folders known to exist; a minute's folder is used by all its batches. */
const maxKnownFolders = 1_000;
/** Disk full, over quota, read-only, I/O error, out of descriptors: the store's trouble, not the caller's. */
const unavailableCodes = new Set(['ENOSPC', 'EDQUOT', 'EROFS', 'EIO', 'EMFILE', 'ENFILE']);

/** Where the web server answers signed URLs. */
const doorPath = '/api/media-objects/';

export interface LocalBlobOptions {
  /** Signs URLs, the same in every process that does; without it none can be signed. */
  urlSecret?: string | undefined;
}

export function openLocalBlob(directory: string, { urlSecret }: LocalBlobOptions = {}): Blob {
  const knownFolders = new Set<string>();
  const paths = urlSecret ? createSignedPaths(doorPath, urlSecret) : null;

  async function ensureFolder(folder: string): Promise<void> {
    if (knownFolders.has(folder)) return;
    const first = await mkdir(folder, { recursive: true, mode: 0o700 });
    // Each new folder is an entry of its parent, which must survive as well.
    if (first)
      for (let path = folder; path.length >= first.length; path = dirname(path))
        await syncFolder(dirname(path));
    if (knownFolders.size >= maxKnownFolders) knownFolders.clear();
    knownFolders.add(folder);
  }

  const put = (key: string, body: Uint8Array | AsyncIterable<Uint8Array>) =>
    answering(async () => {
      const path = pathOf(directory, key);
      const folder = dirname(path);
      const temporary = `${path}-${randomBytes(6).toString('hex')}${temporarySuffix}`;
      await ensureFolder(folder);
      try {
        const file = await createFile(temporary).catch(async (error: NodeJS.ErrnoException) => {
          if (error.code !== 'ENOENT') throw error;
          knownFolders.delete(folder); // removed behind our back
          await ensureFolder(folder);
          return createFile(temporary);
        });
        try {
          if (body instanceof Uint8Array) await file.writeFile(body);
          else for await (const piece of body) await file.writeFile(piece); // goes on where it stands
          await file.datasync();
        } finally {
          await file.close();
        }
        await rename(temporary, path);
        await syncFolder(folder);
      } catch (error) {
        await rm(temporary, { force: true }).catch(() => {});
        throw error;
      }
    });

  function signer() {
    if (paths) return paths;
    throw new Error('The local object store was opened without a secret for URLs, so it cannot sign any.');
  }

  return {
    put,

    get: (key, range) => present(() => readPart(pathOf(directory, key), range)),

    size: (key) =>
      present(async () => {
        const file = await stat(pathOf(directory, key));
        return file.isFile() ? file.size : null;
      }),

    list: (prefix, { after = '', limit = defaultPageSize } = {}) =>
      answering(async () => {
        const keys: string[] = [];
        await walk(directory, '', { prefix, after, limit }, keys);
        return keys;
      }),

    delete: (keys) =>
      answering(async () => {
        for (const key of keys) await rm(pathOf(directory, key), { force: true });
      }),

    signUpload: async (key, terms) => {
      pathOf(directory, key);
      return signer().forUpload(key, terms);
    },
    signDownload: async (key, terms) => {
      pathOf(directory, key);
      return signer().forDownload(key, terms);
    },
    ...(paths && {
      door: createLocalDoor({
        path: doorPath,
        paths,
        fileOf: (key) => pathOf(directory, key),
        putStream: put,
      }),
    }),

    async ping() {
      return stat(directory).then(
        (info) => info.isDirectory(),
        () => false,
      );
    },
  };
}

/**
 * In byte order of whole keys, entering only folders that can hold a key of the page. A folder sorts as its
 * name with the slash that follows it in a key.
 */
async function walk(
  directory: string,
  base: string,
  page: { prefix: string; after: string; limit: number },
  keys: string[],
): Promise<void> {
  const entries = await readdir(join(directory, base), { withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    },
  );
  const names = entries
    .filter(({ name }) => !name.endsWith(temporarySuffix))
    .map((entry) => ({
      key: base + entry.name + (entry.isDirectory() ? '/' : ''),
      isFolder: entry.isDirectory(),
    }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  const { prefix, after, limit } = page;
  for (const { key, isFolder } of names) {
    if (keys.length >= limit) return;
    if (isFolder) {
      const canMatch = key.startsWith(prefix) || prefix.startsWith(key);
      const canFollow = after < key || after.startsWith(key);
      if (canMatch && canFollow) await walk(directory, key, page, keys);
    } else if (key.startsWith(prefix) && key > after) keys.push(key);
  }
}

function pathOf(directory: string, key: string): string {
  requireKey(key);
  if (key.endsWith(temporarySuffix)) throw new RangeError(`"${key}" ends like a file that is still written`);
  return join(directory, ...key.split('/'));
}

const createFile = (path: string) => open(path, 'wx', 0o600);

async function readPart(path: string, range: ByteRange | undefined): Promise<Uint8Array> {
  if (!range) return readFile(path);
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const wanted = Math.max(0, Math.min(range.end ?? size, size) - range.start);
    const bytes = new Uint8Array(wanted);
    let length = 0;
    while (length < wanted) {
      const { bytesRead } = await file.read(bytes, length, wanted - length, range.start + length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.subarray(0, length);
  } finally {
    await file.close();
  }
}

/** null when there is no such file. */
const present = <Value>(work: () => Promise<Value>): Promise<Value | null> =>
  answering(async () => {
    try {
      return await work();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  });

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function answering<Value>(work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code !== undefined && unavailableCodes.has(code)) {
      throw new BlobUnavailable(`the object store cannot be used now (${message})`, { cause: error });
    }
    throw error;
  }
}

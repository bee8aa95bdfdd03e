import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  existsSync,
  lchownSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { copyBinaries, findBinaries, type PostgresBinaries } from './binaries';
import { EmbeddedPostgresFailed } from './failure';
import { canEnter, canRun, chooseIdentity, type Identity, spawnIdentity, underIdentity } from './identity';

/** A directory that is ready to be started, and how to start it. */
export interface PreparedDirectory {
  data: string;
  password: string;
  binaries: PostgresBinaries;
  identity: Identity;
}

export const superuser = 'tracewell';

/**
 * `directory/data` is Postgres's own, `directory/password` the superuser's password. A cluster is made beside
 * its place and renamed, so one that was cut off while it was made leaves nothing that looks like data.
 */
export async function prepareDirectory(directory: string): Promise<PreparedDirectory> {
  mkdirSync(directory, { recursive: true });
  const data = join(directory, 'data');
  const identity = chooseIdentity(data);
  const binaries = reachableBinaries(directory, identity);
  const passwordFile = join(directory, 'password');
  const exists = existsSync(data) && readdirSync(data).length > 0;
  if (exists) {
    checkVersion(data, binaries.majorVersion);
    if (!existsSync(passwordFile)) {
      throw new EmbeddedPostgresFailed(
        'damaged',
        `${passwordFile} is missing: it holds the password of the Postgres in ${data}. Restore it from a backup of the directory.`,
      );
    }
  } else {
    await createCluster(directory, data, passwordFile, binaries, identity);
  }
  return { data, password: readFileSync(passwordFile, 'utf8').trim(), binaries, identity };
}

function reachableBinaries(directory: string, identity: Identity): PostgresBinaries {
  if (canEnter(identity, directory)) {
    const found = findBinaries(directory);
    if (identity.kind !== 'user' || canRun(identity, found.postgres, found.env)) return found;
    const copied = copyBinaries(directory);
    if (canRun(identity, copied.postgres, copied.env)) return copied;
  }
  const uid = identity.kind === 'user' ? identity.uid : process.getuid?.();
  throw new EmbeddedPostgresFailed(
    'no-unprivileged-user',
    `Postgres does not run as root, and user ${uid} cannot reach ${directory}. Choose a data directory whose parents everyone may enter (chmod o+x), start Tracewell as an ordinary user, or set DATABASE_URL to a Postgres of your own.`,
  );
}

function checkVersion(data: string, expected: string): void {
  const file = join(data, 'PG_VERSION');
  if (!existsSync(file)) {
    throw new EmbeddedPostgresFailed(
      'damaged',
      `${data} is not a Postgres data directory: PG_VERSION is missing. Restore the directory from a backup, or name an empty one.`,
    );
  }
  const version = readFileSync(file, 'utf8').trim();
  if (version !== expected) {
    throw new EmbeddedPostgresFailed(
      'wrong-version',
      `${data} was made by Postgres ${version}; this Tracewell brings Postgres ${expected}. Dump it with the old version and restore it into a new directory, or start the version it was made by.`,
    );
  }
}

async function createCluster(
  directory: string,
  data: string,
  passwordFile: string,
  binaries: PostgresBinaries,
  identity: Identity,
): Promise<void> {
  const unfinished = join(directory, 'data.new');
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile, `${randomBytes(24).toString('base64url')}\n`, { mode: 0o600 });
  if (identity.kind === 'user') {
    chownSync(unfinished, identity.uid, identity.gid);
    lchownSync(passwordFile, identity.uid, identity.gid);
  }
  const [command = '', ...args] = underIdentity(identity, [
    binaries.initdb,
    `--pgdata=${unfinished}`,
    `--username=${superuser}`,
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    // Postgres's own collation: an upgrade of the system's libraries never changes the order of an index.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--locale=C',
    '--no-instructions',
  ]);
  try {
    await promisify(execFile)(command, args, {
      cwd: directory,
      env: { ...process.env, ...binaries.env, LC_ALL: 'C', TZ: 'UTC' },
      timeout: 120_000,
      ...spawnIdentity(identity),
    });
  } catch (error) {
    const output = String((error as { stderr?: unknown }).stderr ?? '').trim() || String(error);
    throw new EmbeddedPostgresFailed('not-started', `Making a Postgres in ${data} failed: ${output}`, {
      cause: error,
    });
  }
  if (existsSync(data)) rmSync(data, { recursive: true });
  renameSync(unfinished, data);
}

import { execFileSync } from 'node:child_process';
import { randomBytes, randomUUID } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { UserError } from './user-error';

/**
 * The folder that holds everything: `postgres/`, `clickhouse/`, `objects/`, `logs/`, the secrets that were
 * generated for it, and the lock that keeps a second process out.
 */
export interface DataFolder {
  readonly path: string;
  readonly secrets: Secrets;
  at(...parts: string[]): string;
  /** Tells other commands how to reach what runs on this folder; gone when it stops. */
  writeState(state: RunningState): void;
  unlock(): void;
}

/** Generated on the first start and kept, so that keys and sessions stay valid. */
export interface Secrets {
  /** Hashes API keys. */
  salt: string;
  authSecret: string;
  /** Encrypts what is secret in the database: without it, that cannot be read any more. */
  encryptionKey: string;
  columnarPassword: string;
  projectPublicKey: string;
  projectSecretKey: string;
}

export interface RunningState {
  url: string;
  workerUrl: string;
  /** Environment that names the stores. */
  engines: Record<string, string>;
  pids: Record<string, number | undefined>;
}

/** null when nothing runs on the folder. */
export function readRunningState(path: string): RunningState | null {
  const holder = parseHolder(readText(join(path, 'lock.json')));
  const state = readText(join(path, 'state.json'));
  if (!holder || state === null || processStart(holder.pid) !== holder.startedAt) return null;
  return JSON.parse(state);
}

/**
 * Of the project that a start on this folder provisions: its owner's choice by the environment, else the generated
 * ones. null when the folder holds none that can be read.
 */
export function readProjectKeys(
  path: string,
  env: Record<string, string | undefined>,
): { publicKey: string; secretKey: string } | null {
  const chosen = (name: string) => env[`TRACEWELL_INIT_${name}`] || env[`LANGFUSE_INIT_${name}`];
  let kept: Partial<Secrets>;
  try {
    kept = JSON.parse(readText(join(path, 'secrets.json')) ?? '{}');
  } catch {
    return null;
  }
  const publicKey = chosen('PROJECT_PUBLIC_KEY') ?? kept.projectPublicKey;
  const secretKey = chosen('PROJECT_SECRET_KEY') ?? kept.projectSecretKey;
  return publicKey && secretKey ? { publicKey, secretKey } : null;
}

/** Grows when a folder of an earlier build cannot be opened any more. 2: another layout of the observations table. */
const formatVersion = 3;
const minFreeBytes = 256 * 1024 * 1024;

export function openDataFolder(path: string): DataFolder {
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new UserError(
      `The data folder ${path} cannot be created (${codeOf(error)}). Choose another with --data-dir.`,
    );
  }
  const unlock = lock(join(path, 'lock.json'), path);
  try {
    checkSpace(path);
    checkFormat(join(path, 'format.json'), path);
    const stateFile = join(path, 'state.json');
    return {
      path,
      secrets: readSecrets(join(path, 'secrets.json')),
      at: (...parts) => join(path, ...parts),
      writeState: (state) => writeDurably(stateFile, JSON.stringify(state, null, 2)),
      unlock() {
        rmSync(stateFile, { force: true });
        unlock();
      },
    };
  } catch (error) {
    unlock();
    throw error;
  }
}

/** Held by a process that is alive, which is told from another of the same number by when it was started. */
function lock(file: string, folder: string): () => void {
  const mine = JSON.stringify({ pid: process.pid, startedAt: processStart(process.pid) });
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      const handle = openSync(file, 'wx', 0o600);
      writeSync(handle, mine);
      closeSync(handle);
      return () => {
        if (readText(file) === mine) rmSync(file, { force: true });
      };
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') {
        throw new UserError(
          `The data folder ${folder} cannot be written to (${codeOf(error)}). Check its owner and rights, or choose another with --data-dir.`,
        );
      }
      const holder = parseHolder(readText(file));
      if (holder && holder.startedAt !== null && processStart(holder.pid) === holder.startedAt) {
        throw new UserError(
          `Tracewell is running on the data folder ${folder} already (process ${holder.pid}). Stop it first, or choose another folder with --data-dir.`,
        );
      }
      rmSync(file, { force: true }); // its holder was killed
    }
  }
  throw new UserError(`The data folder ${folder} is being opened by another process. Try again.`);
}

function parseHolder(text: string | null): { pid: number; startedAt: string | null } | null {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return null;
  }
}

/** null when there is no such process. */
function processStart(pid: number): string | null {
  try {
    return (
      execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      }).trim() || null
    );
  } catch {
    // No `ps` on this machine: a process that answers a signal is taken for the holder.
    try {
      process.kill(pid, 0);
      return 'unknown';
    } catch {
      return null;
    }
  }
}

function checkSpace(path: string): void {
  const { bavail, bsize } = statfsSync(path);
  if (bavail * bsize < minFreeBytes) {
    throw new UserError(
      `The disk of ${path} has ${Math.floor((bavail * bsize) / 1024 / 1024)} MiB left; Tracewell needs ${minFreeBytes / 1024 / 1024} MiB to start. Free some space, or choose another disk with --data-dir.`,
    );
  }
}

function checkFormat(file: string, folder: string): void {
  const text = readText(file);
  if (text === null) {
    if (existsSync(join(folder, 'postgres')) || existsSync(join(folder, 'clickhouse')))
      throw damaged(folder, 'format.json is missing');
    writeDurably(file, JSON.stringify({ formatVersion }));
    return;
  }
  let found: unknown;
  try {
    found = JSON.parse(text).formatVersion;
  } catch {
    throw damaged(folder, 'format.json cannot be read');
  }
  if (found !== formatVersion) {
    throw new UserError(
      `The data folder ${folder} has format ${String(found)}; this version of Tracewell reads format ${formatVersion}. Use the version that wrote it, or start with another folder (--data-dir) for new data.`,
    );
  }
}

/** What an older version did not need is added. */
function readSecrets(file: string): Secrets {
  const text = readText(file);
  let kept: Partial<Secrets> = {};
  if (text !== null) {
    try {
      kept = JSON.parse(text) as Partial<Secrets>;
    } catch {
      throw damaged(file, 'secrets.json cannot be read');
    }
    if (!kept?.salt) throw damaged(file, 'secrets.json holds no secrets');
  }
  const generated: Secrets = {
    salt: randomBytes(32).toString('hex'),
    authSecret: randomBytes(32).toString('hex'),
    encryptionKey: randomBytes(32).toString('hex'),
    columnarPassword: randomBytes(24).toString('hex'),
    projectPublicKey: `pk-lf-${randomUUID()}`,
    projectSecretKey: `sk-lf-${randomUUID()}`,
  };
  const secrets = { ...generated, ...kept };
  if (Object.keys(secrets).length > Object.keys(kept).length) {
    writeDurably(file, JSON.stringify(secrets, null, 2));
  }
  return secrets;
}

function damaged(folder: string, what: string): UserError {
  return new UserError(
    `The data folder ${folder} is damaged: ${what}. Nothing was changed. Restore it from a backup, or start with an empty folder by --data-dir.`,
  );
}

function writeDurably(file: string, text: string): void {
  const temporary = `${file}.new`;
  const handle = openSync(temporary, 'w', 0o600);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, file);
}

function readText(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? String(error);

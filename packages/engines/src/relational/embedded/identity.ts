import { spawnSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { EmbeddedPostgresFailed } from './failure';

/**
 * As whom Postgres runs. It refuses to run as root; an ordinary user needs nothing. Root has two ways: a user
 * namespace in which it bears another number (files stay root's), or a real other user, who must own the data.
 */
export type Identity = { kind: 'self' } | { kind: 'namespace' } | { kind: 'user'; uid: number; gid: number };

/** `nobody`: a number every system's user list knows, which initdb asks for. */
const nobody = { uid: 65534, gid: 65534 };

/** Data that has an owner already stays with him. Throws when root finds no way. */
export function chooseIdentity(dataDirectory: string): Identity {
  if (process.getuid?.() !== 0) return { kind: 'self' };
  const owner = statSync(dataDirectory, { throwIfNoEntry: false });
  if (owner && owner.uid !== 0) return { kind: 'user', uid: owner.uid, gid: owner.gid };
  if (canUseNamespace()) return { kind: 'namespace' };
  if (process.platform === 'linux') return { kind: 'user', ...nobody };
  throw new EmbeddedPostgresFailed(
    'no-unprivileged-user',
    'Postgres does not run as root. Start Tracewell as an ordinary user, or set DATABASE_URL to a Postgres of your own.',
  );
}

const namespaceArguments = ['--user', '--map-user=65534', '--map-group=65534'];

/** Containers often forbid it, and old or small systems lack the command. */
function canUseNamespace(): boolean {
  return (
    spawnSync('unshare', [...namespaceArguments, 'true'], { stdio: 'ignore', timeout: 10_000 }).status === 0
  );
}

/** The command line that runs `command` under an identity. */
export const underIdentity = (identity: Identity, command: readonly string[]): string[] =>
  identity.kind === 'namespace' ? ['unshare', ...namespaceArguments, ...command] : [...command];

/** Options of spawn for an identity. */
export const spawnIdentity = (identity: Identity): { uid?: number; gid?: number } =>
  identity.kind === 'user' ? { uid: identity.uid, gid: identity.gid } : {};

/** Whether that identity can run a file at all: a package below a private home is out of another user's reach. */
export function canRun(identity: Identity, file: string, env: Record<string, string>): boolean {
  const [command = file, ...rest] = underIdentity(identity, [file, '--version']);
  const probe = spawnSync(command, rest, {
    stdio: 'ignore',
    timeout: 20_000,
    cwd: '/',
    env: { ...process.env, ...env },
    ...spawnIdentity(identity),
  });
  return probe.status === 0;
}

/** Whether that identity can reach a folder: each of its parents must let it pass. */
export const canEnter = (identity: Identity, folder: string): boolean =>
  identity.kind !== 'user' ||
  spawnSync('/bin/sh', ['-c', 'cd "$1"', 'enter', folder], {
    stdio: 'ignore',
    timeout: 20_000,
    cwd: '/',
    ...spawnIdentity(identity),
  }).status === 0;

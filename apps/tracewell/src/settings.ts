import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { UserError } from './user-error';

/** What `tracewell start` is told, by arguments first and environment second. */
export interface StartSettings {
  host: string;
  port: number;
  dataDirectory: string;
  /** Headless set-up; what is left out is generated once and kept. */
  init: InitSettings;
  /** Signs sessions and links; generated and kept when absent, which is allowed on loopback only. */
  authSecret: string | undefined;
  /** Encrypts secrets in the database; generated and kept when absent. */
  encryptionKey: string | undefined;
}

export interface InitSettings {
  orgId?: string;
  orgName?: string;
  projectId?: string;
  projectName?: string;
  projectPublicKey?: string;
  projectSecretKey?: string;
  userEmail?: string;
  userName?: string;
  userPassword?: string;
}

type Environment = Record<string, string | undefined>;

const initNames: Record<keyof InitSettings, string> = {
  orgId: 'ORG_ID',
  orgName: 'ORG_NAME',
  projectId: 'PROJECT_ID',
  projectName: 'PROJECT_NAME',
  projectPublicKey: 'PROJECT_PUBLIC_KEY',
  projectSecretKey: 'PROJECT_SECRET_KEY',
  userEmail: 'USER_EMAIL',
  userName: 'USER_NAME',
  userPassword: 'USER_PASSWORD',
};

export const defaultPort = 3000;

export function readStartSettings(
  args: readonly string[],
  env: Environment,
  directory: string,
): StartSettings {
  const { values } = parse(args);
  const settings: StartSettings = {
    host: values.host ?? env.TRACEWELL_HOST ?? '127.0.0.1',
    port: readPort(values.port ?? env.TRACEWELL_PORT ?? env.PORT ?? String(defaultPort)),
    dataDirectory: resolve(
      directory,
      values['data-dir'] ?? env.TRACEWELL_DATA_DIR ?? join(directory, '.tracewell'),
    ),
    init: readInit(env),
    authSecret: env.TRACEWELL_AUTH_SECRET || undefined,
    encryptionKey: env.TRACEWELL_ENCRYPTION_KEY || undefined,
  };
  checkEncryptionKey(settings.encryptionKey);
  checkInit(settings.init);
  if (!isLoopback(settings.host)) checkPublicSecrets(settings);
  return settings;
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: { host: { type: 'string' }, port: { type: 'string' }, 'data-dir': { type: 'string' } },
    });
  } catch (error) {
    throw new UserError(
      `${(error as Error).message}\nUsage: npm start -- [--port 3000] [--host 127.0.0.1] [--data-dir .tracewell]`,
    );
  }
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new UserError(`The port "${text}" is not a number from 0 to 65535. Say, for example, --port 4000.`);
  }
  return port;
}

/** `TRACEWELL_INIT_…`, or the name an installation of the peer has already. */
function readInit(env: Environment): InitSettings {
  const init: InitSettings = {};
  for (const [key, name] of Object.entries(initNames) as [keyof InitSettings, string][]) {
    const value = env[`TRACEWELL_INIT_${name}`] || env[`LANGFUSE_INIT_${name}`];
    if (value) init[key] = value;
  }
  return init;
}

function checkInit(init: InitSettings): void {
  if (Boolean(init.projectPublicKey) !== Boolean(init.projectSecretKey)) {
    throw new UserError(
      'Set both TRACEWELL_INIT_PROJECT_PUBLIC_KEY and TRACEWELL_INIT_PROJECT_SECRET_KEY, or neither.',
    );
  }
  if (init.projectPublicKey && !init.projectPublicKey.startsWith('pk-lf-')) {
    throw new UserError('TRACEWELL_INIT_PROJECT_PUBLIC_KEY must begin with "pk-lf-", as SDKs expect it to.');
  }
  if (init.projectSecretKey && !init.projectSecretKey.startsWith('sk-lf-')) {
    throw new UserError('TRACEWELL_INIT_PROJECT_SECRET_KEY must begin with "sk-lf-", as SDKs expect it to.');
  }
  if (init.userPassword !== undefined && init.userPassword.length < minPasswordLength) {
    throw new UserError(
      `TRACEWELL_INIT_USER_PASSWORD is shorter than ${minPasswordLength} characters. Choose a longer one.`,
    );
  }
}

function checkEncryptionKey(key: string | undefined): void {
  // One digit over and over stands in examples.
  if (key === undefined || (/^[0-9a-f]{64}$/i.test(key) && !/^(.)\1*$/.test(key))) return;
  throw new UserError(
    'TRACEWELL_ENCRYPTION_KEY must be 64 hex digits that nobody knows. Set it to the output of `openssl rand -hex 32`, or leave it out and it is generated.',
  );
}

export const minPasswordLength = 8;
const minSecretLength = 32;
/** Values that stand in examples everywhere: as good as none. */
const wellKnown =
  /^(0+|secret|mysecret|mysalt|changeme|password|default|test|example|sk-lf-(1234567890|test|secret|x+))$/i;

function checkPublicSecrets({ host, authSecret, init }: StartSettings): void {
  const problems: string[] = [];
  if (!authSecret)
    problems.push(
      'TRACEWELL_AUTH_SECRET is not set: it signs sessions. Set it to the output of `openssl rand -hex 32`.',
    );
  else if (authSecret.length < minSecretLength || wellKnown.test(authSecret)) {
    problems.push(
      `TRACEWELL_AUTH_SECRET is well known or shorter than ${minSecretLength} characters. Set it to the output of \`openssl rand -hex 32\`.`,
    );
  }
  if (!init.userEmail || !init.userPassword) {
    problems.push(
      'TRACEWELL_INIT_USER_EMAIL and TRACEWELL_INIT_USER_PASSWORD are not set: the first owner would have no password of your choice.',
    );
  } else if (wellKnown.test(init.userPassword))
    problems.push('TRACEWELL_INIT_USER_PASSWORD is well known. Choose another.');
  if (
    init.projectSecretKey &&
    (wellKnown.test(init.projectSecretKey) || init.projectSecretKey.length < minSecretLength)
  ) {
    problems.push(
      `TRACEWELL_INIT_PROJECT_SECRET_KEY is well known or shorter than ${minSecretLength} characters. Set another, or none and it is generated.`,
    );
  }
  if (problems.length > 0) {
    throw new UserError(
      `${host} can be reached from other machines, so Tracewell will not start there yet:\n${problems.map((p) => `  - ${p}`).join('\n')}`,
    );
  }
}

export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|::1|\[::1\])$/.test(host);

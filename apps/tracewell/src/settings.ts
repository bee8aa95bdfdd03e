import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type Environment, InvalidSettings, readSettings } from '@tracewell/engines/settings/setting';
import { type InitSettings, initSettings, startSettings } from './start-settings';
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

const defaultDirectory = '.tracewell';

export function readStartSettings(
  args: readonly string[],
  env: Environment,
  directory: string,
): StartSettings {
  const { values } = parse(args);
  const told = read(env);
  const settings: StartSettings = {
    host: values.host ?? told.host,
    port: values.port === undefined ? told.port : readPort(values.port),
    dataDirectory: resolve(
      directory,
      values['data-dir'] ?? told.dataDirectory ?? join(directory, defaultDirectory),
    ),
    init: told.init,
    authSecret: told.authSecret,
    encryptionKey: told.encryptionKey,
  };
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

function read(env: Environment) {
  try {
    const { host, port, dataDirectory, authSecret, encryptionKey } = readSettings(startSettings, env);
    const init = readSettings(initSettings, env, checkInit);
    return { host, port, dataDirectory, authSecret, encryptionKey, init };
  } catch (error) {
    if (error instanceof InvalidSettings) throw new UserError(error.message);
    throw error;
  }
}

function checkInit(init: InitSettings): string[] {
  if (Boolean(init.projectPublicKey) === Boolean(init.projectSecretKey)) return [];
  return ['Set both TRACEWELL_INIT_PROJECT_PUBLIC_KEY and TRACEWELL_INIT_PROJECT_SECRET_KEY, or neither.'];
}

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

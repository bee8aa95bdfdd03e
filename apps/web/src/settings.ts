import { checkEngineSettings, engineSettings } from '@tracewell/engines/settings/engine-settings';
import {
  encryptionKey,
  generatedSecret,
  portNumber,
  secretText,
  text,
  url,
} from '@tracewell/engines/settings/kinds';
import { logLevel } from '@tracewell/engines/settings/log-level';
import {
  type Definitions,
  type Environment,
  type Kind,
  optional,
  preset,
  readSettings,
  required,
} from '@tracewell/engines/settings/setting';
import { type AllowedHosts, parseAllowedHosts } from '@tracewell/modules/outbound/index';
import { encryptionKeyPattern, maxOldKeys } from '@tracewell/modules/secrets/index';

/** What the web process is told beside where the stores are. */
const oldEncryptionKeys: Kind<string[]> = {
  rule: `at most ${maxOldKeys} former values of TRACEWELL_ENCRYPTION_KEY, 64 hex digits each, with commas between them`,
  fix: 'Leave out those with which nothing is sealed any more.',
  secret: true,
  read(value) {
    const keys = value
      .split(',')
      .map((key) => key.trim())
      .filter(Boolean);
    return keys.length <= maxOldKeys && keys.every((key) => encryptionKeyPattern.test(key))
      ? keys
      : undefined;
  },
};

const hosts: Kind<AllowedHosts> = {
  rule: 'host names or addresses with commas between them',
  fix: 'Set it to something like `models.internal,10.0.0.7`.',
  read: (value) =>
    /[\s/@]/.test(value.replaceAll(/,\s+/g, ',').trim()) ? undefined : parseAllowedHosts(value),
};

export const webSettings = {
  host: preset(
    ['TRACEWELL_HOST'],
    text('0.0.0.0'),
    '127.0.0.1',
    'Address that web listens on; `0.0.0.0` for all of the machine',
  ),
  port: preset(
    ['TRACEWELL_PORT', 'PORT'],
    portNumber(3000),
    3000,
    'Port that web listens on; 0 for any that is free',
  ),
  publicUrl: optional(
    ['TRACEWELL_PUBLIC_URL', 'NEXTAUTH_URL'],
    url(['https', 'http'], 'https://tracewell.example.com'),
    'Address under which people and SDKs reach web',
  ),
  authSecret: required(
    ['TRACEWELL_AUTH_SECRET', 'NEXTAUTH_SECRET'],
    generatedSecret,
    'Signs sessions and links',
  ),
  salt: required(['TRACEWELL_SALT', 'SALT'], generatedSecret, 'Goes into the hashes of API keys'),
  encryptionKey: required(
    ['TRACEWELL_ENCRYPTION_KEY', 'ENCRYPTION_KEY'],
    encryptionKey,
    'Seals secrets in the database, and signs URLs of objects in TRACEWELL_BLOB_DIR',
  ),
  oldEncryptionKeys: preset(
    ['TRACEWELL_OLD_ENCRYPTION_KEYS'],
    oldEncryptionKeys,
    [],
    'Keys that stored secrets may still be sealed with, after a new one took their place',
  ),
  adminApiKey: optional(
    ['TRACEWELL_ADMIN_API_KEY', 'ADMIN_API_KEY'],
    secretText('Set it to the output of `openssl rand -hex 32`.'),
    'Key of the instance admin API, which is off without one',
  ),
  outboundHosts: preset(
    ['TRACEWELL_OUTBOUND_HOSTS'],
    hosts,
    parseAllowedHosts(undefined),
    'Hosts of the own network that LLM connections and exports may reach',
  ),
  logLevel,
} satisfies Definitions;

/** Throws `InvalidSettings`, which also names what is wrong with the settings of the stores. */
export function readWebSettings(env: Environment) {
  return readSettings({ ...engineSettings, ...webSettings }, env, checkEngineSettings);
}

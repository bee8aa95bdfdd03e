import { encryptionKey, generatedSecret, pattern, portNumber, text } from '@tracewell/engines/settings/kinds';
import {
  type Definitions,
  type Kind,
  optional,
  preset,
  type Values,
} from '@tracewell/engines/settings/setting';

/** What `tracewell start` is told by environment; arguments come before it. */
export const defaultPort = 3000;
export const minPasswordLength = 8;

export const startSettings = {
  host: preset(
    ['TRACEWELL_HOST'],
    text('0.0.0.0'),
    '127.0.0.1',
    'Address that web listens on; `0.0.0.0` for all of the machine',
  ),
  port: preset(
    ['TRACEWELL_PORT', 'PORT'],
    portNumber(defaultPort),
    defaultPort,
    'Port that web listens on; 0 for any that is free',
  ),
  dataDirectory: optional(
    ['TRACEWELL_DATA_DIR'],
    text('/var/lib/tracewell'),
    'Folder of everything that is kept; `.tracewell` unless set',
  ),
  authSecret: optional(
    ['TRACEWELL_AUTH_SECRET', 'NEXTAUTH_SECRET'],
    generatedSecret,
    'Signs sessions and links',
  ),
  encryptionKey: optional(
    ['TRACEWELL_ENCRYPTION_KEY', 'ENCRYPTION_KEY'],
    encryptionKey,
    'Seals secrets in the database',
  ),
} satisfies Definitions;

const beginsWith = (prefix: string): Kind<string> =>
  pattern(
    new RegExp(`^${prefix}.`),
    `a key that begins with "${prefix}", as SDKs expect it to`,
    'Choose one that does, or leave both keys out and they are generated.',
    true,
  );
const password: Kind<string> = {
  rule: `a password that is not shorter than ${minPasswordLength} characters`,
  fix: 'Choose a longer one.',
  secret: true,
  read: (value) => (value.length >= minPasswordLength ? value : undefined),
};

/** `TRACEWELL_INIT_…`, or the name an installation of the peer has already. */
const init = (name: string, kind: Kind<string>, what: string) =>
  optional([`TRACEWELL_INIT_${name}`, `LANGFUSE_INIT_${name}`], kind, what);

/** Headless set-up; what is left out is generated once and kept. */
export const initSettings = {
  orgId: init('ORG_ID', text('acme'), 'Id of the first organisation'),
  orgName: init('ORG_NAME', text('Acme'), 'Its name'),
  projectId: init('PROJECT_ID', text('assistant'), 'Id of its first project'),
  projectName: init('PROJECT_NAME', text('Assistant'), 'Its name'),
  projectPublicKey: init('PROJECT_PUBLIC_KEY', beginsWith('pk-lf-'), 'Public API key of the project'),
  projectSecretKey: init('PROJECT_SECRET_KEY', beginsWith('sk-lf-'), 'Secret API key of the project'),
  userEmail: init('USER_EMAIL', text('ada@example.com'), 'Address of the first owner'),
  userName: init('USER_NAME', text('Ada'), 'Name of the first owner'),
  userPassword: init('USER_PASSWORD', password, 'Password of the first owner'),
} satisfies Definitions;

export type InitSettings = Values<typeof initSettings>;

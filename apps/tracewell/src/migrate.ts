import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type EngineConfig, type Engines, openEngines, readEngineConfig } from '@tracewell/engines';
import { openClickHouse } from '@tracewell/engines/columnar/clickhouse';
import { generatedSecret } from '@tracewell/engines/settings/kinds';
import {
  type Definitions,
  type Environment,
  optional,
  readSettings,
  settingsOrExit,
  type Values,
} from '@tracewell/engines/settings/setting';
import { migrateClickHouse } from '@tracewell/schema/clickhouse/migrate';
import { migratePostgres } from '@tracewell/schema/postgres/migrate';
import { provision } from './provision';
import { initSettings } from './start-settings';
import { showStep } from './terminal';
import { UserError } from './user-error';

const schema = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', 'packages', 'schema');

/** Brings both databases to what this version wants; does nothing where they are there. */
export async function migrateStores(engines: Engines, config: EngineConfig): Promise<void> {
  // The database may not exist yet: it is made from beside it.
  const beside = openClickHouse({ ...config.clickHouse, database: 'default' });
  try {
    await Promise.all([
      migratePostgres(engines.relational, { folder: join(schema, 'postgres') }),
      migrateClickHouse(beside, { database: config.clickHouse.database, folder: join(schema, 'clickhouse') }),
    ]);
  } finally {
    await beside.close();
  }
}

export const migrateSettings = {
  ...initSettings,
  authSecret: optional(
    ['TRACEWELL_AUTH_SECRET', 'NEXTAUTH_SECRET'],
    generatedSecret,
    'Signs sessions and links',
  ),
  salt: optional(['TRACEWELL_SALT', 'SALT'], generatedSecret, 'Goes into the hashes of API keys'),
} satisfies Definitions;

/**
 * `tracewell migrate`: the databases on servers, before `web` and `worker` of this version start on them. With the
 * settings of a first owner and project it makes those as well, where they are not there yet.
 */
export async function migrate(args: readonly string[]): Promise<void> {
  if (args.length > 0) throw new UserError(`tracewell migrate takes no arguments, but was given ${args[0]}.`);
  const { config, settings } = settingsOrExit(() => ({
    config: readEngineConfig(process.env),
    settings: readMigrateSettings(process.env),
  }));
  const engines = await openEngines(config);
  try {
    showStep('Preparing the databases …');
    await migrateStores(engines, config);
    await provisionAsked(engines, settings);
    showStep('The databases are ready for this version.');
  } finally {
    await engines.close();
  }
}

type MigrateSettings = Values<typeof migrateSettings>;

/** Who asks for a first owner or project on servers says all of it: there is no folder to keep what is generated. */
function readMigrateSettings(env: Environment): MigrateSettings {
  return readSettings(migrateSettings, env, (values) => {
    if (!isProvisioning(values)) return [];
    return (
      ['userEmail', 'userPassword', 'projectPublicKey', 'projectSecretKey', 'authSecret', 'salt'] as const
    )
      .filter((key) => !values[key])
      .map((key) => {
        const { names, what } = migrateSettings[key];
        return `${names[0]} is not set (${what}). A first owner and project need it: set it, or no TRACEWELL_INIT_….`;
      });
  });
}

const isProvisioning = (values: MigrateSettings) =>
  Object.keys(initSettings).some((key) => values[key as keyof typeof initSettings] !== undefined);

async function provisionAsked({ relational }: Engines, settings: MigrateSettings): Promise<void> {
  if (!isProvisioning(settings)) return;
  await provision({
    relational,
    init: settings,
    authSecret: settings.authSecret!,
    salt: settings.salt!,
    publicKey: settings.projectPublicKey!,
    secretKey: settings.projectSecretKey!,
  });
  showStep(`${settings.userEmail} owns the project of the key ${settings.projectPublicKey}.`);
}

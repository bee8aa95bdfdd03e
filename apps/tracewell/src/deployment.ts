import type { DataFolder } from './data-folder';
import type { StartSettings } from './settings';

/** What the web and worker processes are told: the same variables that name external servers elsewhere. */
export interface Deployment {
  env: Record<string, string>;
  engines: Record<string, string>;
  authSecret: string;
  salt: string;
}

export function createDeployment(options: {
  settings: StartSettings;
  folder: DataFolder;
  databaseUrl: string;
  columnarUrl: string;
}): Deployment {
  const { settings, folder, databaseUrl, columnarUrl } = options;
  const authSecret = settings.authSecret ?? folder.secrets.authSecret;
  const engines = {
    DATABASE_URL: databaseUrl,
    CLICKHOUSE_URL: columnarUrl,
    CLICKHOUSE_USER: 'default',
    CLICKHOUSE_PASSWORD: folder.secrets.columnarPassword,
    TRACEWELL_BLOB_DIR: folder.at('objects'),
  };
  return {
    engines,
    authSecret,
    salt: folder.secrets.salt,
    env: {
      ...engines,
      TRACEWELL_AUTH_SECRET: authSecret,
      TRACEWELL_SALT: folder.secrets.salt,
      TRACEWELL_ENCRYPTION_KEY: settings.encryptionKey ?? folder.secrets.encryptionKey,
    },
  };
}

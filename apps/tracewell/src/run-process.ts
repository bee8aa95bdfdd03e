import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { UserError } from './user-error';

/**
 * `tracewell web` and `tracewell worker`: one process on servers that are there already, told of them by environment.
 * It ends by itself, with 0 after SIGTERM and what it had in hand, and with 78 when a setting is wrong.
 */
const apps = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const entries = { web: 'web/dist/server.js', worker: 'worker/dist/main.js' };

export const runProcess = (name: keyof typeof entries) => async (args: readonly string[]) => {
  if (args.length > 0) {
    throw new UserError(
      `tracewell ${name} takes no arguments, but was given ${args[0]}. It is told by environment: docs/settings.md`,
    );
  }
  process.env.NODE_ENV = 'production';
  await import(pathToFileURL(join(apps, entries[name])).href);
};

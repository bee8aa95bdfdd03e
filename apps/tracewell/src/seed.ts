import { resolve } from 'node:path';
import { createProgress, MoveError } from '@tracewell/move';
import {
  Refusal,
  readDataFolder,
  readSeedSettings,
  SeedError,
  type Server,
  seedProject,
  seedUsage,
  Unreachable,
} from '@tracewell/seed';
import { readProjectKeys, readRunningState } from './data-folder';
import { UserError } from './user-error';

/** `tracewell seed`: a demo project, sent to a running server over its public API. */
export async function seed(args: readonly string[]): Promise<void> {
  if (args.includes('--help')) {
    process.stdout.write(seedUsage);
    return;
  }
  try {
    const directory = resolve(process.env.INIT_CWD ?? '.', readDataFolder(args, process.env));
    const settings = readSeedSettings(args, process.env, findLocal(directory), new Date());
    const progress = createProgress(process.stderr);
    const { projectName, traces, observations, scores } = await seedProject(settings, {
      onProgress: (what, done, of) => progress.step(`${what}: ${done} of ${of}`),
      onPause: (text) => progress.say(text),
    });
    progress.say('');
    process.stdout.write(
      `${projectName} on ${settings.server.url} has ${traces} traces with ${observations} observations and ${scores} scores more.\n`,
    );
  } catch (error) {
    if ([SeedError, MoveError, Refusal, Unreachable].some((kind) => error instanceof kind))
      throw new UserError((error as Error).message);
    throw error;
  }
}

/** What runs on the data folder, with the keys that it was provisioned with. */
function findLocal(directory: string): Server | null {
  const state = readRunningState(directory);
  const keys = state && readProjectKeys(directory, process.env);
  return keys ? { url: state.url, ...keys } : null;
}

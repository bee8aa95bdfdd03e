import {
  createProgress,
  MoveError,
  moveProject,
  moveUsage,
  readMoveSettings,
  Unreachable,
} from '@tracewell/move';
import { UserError } from './user-error';

/** `tracewell move`: a project of another server, over its public API. Ends with 1 when both ends differ. */
export async function move(args: readonly string[]): Promise<void> {
  if (args.includes('--help')) {
    process.stdout.write(moveUsage);
    return;
  }
  try {
    const settings = readMoveSettings(args, process.env, process.env.INIT_CWD ?? process.cwd());
    const report = await moveProject(settings, { progress: createProgress(process.stderr) });
    process.stdout.write('\n');
    for (const line of report.lines()) process.stdout.write(`${line}\n`);
    if (settings.isDryRun) {
      process.stdout.write('\nThis was a dry run: nothing was written.\n');
      return;
    }
    process.stdout.write(`\n${report.isEqual ? 'Both ends are equal.' : 'The two ends differ.'}\n`);
    process.exitCode = report.isEqual ? 0 : 1;
  } catch (error) {
    if (error instanceof MoveError) throw new UserError(error.message);
    if (error instanceof Unreachable) {
      throw new UserError(`${error.message}\nRun the same command again: it goes on where it stopped.`);
    }
    throw error;
  }
}

import { migrate } from './migrate';
import { move } from './move';
import { replay } from './replay';
import { runProcess } from './run-process';
import { seed } from './seed';
import { start } from './start';
import { UserError } from './user-error';

/** The command line. What a person can mend is said in one message; anything else is a fault of ours, with its stack. */
const commands: Record<string, (args: readonly string[]) => Promise<void>> = {
  start,
  web: runProcess('web'),
  worker: runProcess('worker'),
  migrate,
  replay,
  move,
  seed,
};

const usage = `Usage: tracewell <command>

  start    [--port 3000] [--host 127.0.0.1] [--data-dir .tracewell]   run everything on this machine
  web                                                                 the web process, on servers named by environment
  worker                                                              the worker process, on the same ones
  migrate                                                             bring their databases to this version
  replay   --data-dir DIR (--all | --dead-letters | --batch KEY | --from TIME [--to TIME])
                                                                      ingest stored raw batches again
  move     --from URL [options]                                       move a project of another server; --help
  seed     [--traces 600] [--days 7] [options]                        a demo project on a running server; --help
`;

const [name = 'help', ...args] = process.argv.slice(2);
const command = commands[name];
if (!command) {
  process.stdout.write(usage);
  process.exit(name === 'help' || name === '--help' ? 0 : 2);
}
try {
  await command(args);
} catch (error) {
  const expected =
    error instanceof UserError ||
    ['ChildFailed', 'EmbeddedPostgresFailed', 'ClickHouseHostFailed'].includes((error as Error)?.name);
  process.stderr.write(
    `\n${expected ? (error as Error).message : ((error as Error)?.stack ?? String(error))}\n`,
  );
  process.exit(1);
}

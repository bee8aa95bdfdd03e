import { readEngineConfig } from '@tracewell/engines';
import { settingsOrExit } from '@tracewell/engines/settings/setting';
import { checkBlob, checkClickHouse, checkPostgres, checkRedis, type Finding } from './doctor-checks';
import { UserError } from './user-error';

/**
 * `tracewell doctor`: looks at each store as the processes would use it (reach, version, rights, clock) and says what
 * to do. Writes a small object and a table of its own, and takes both away again. Ends with 1 when something is wrong.
 */
const storeBudgetMs = 15_000;

export async function doctor(args: readonly string[]): Promise<void> {
  if (args.length > 0) throw new UserError(`tracewell doctor takes no arguments, but was given ${args[0]}.`);
  const config = settingsOrExit(() => readEngineConfig(process.env));
  // The queue is looked at by itself: where it is away nothing else could be said.
  const checks: [name: string, check: () => Promise<Finding[]>][] = [
    ['Postgres', () => checkPostgres(config.databaseUrl)],
    ['ClickHouse', () => checkClickHouse(config.clickHouse)],
    ['Redis', () => checkRedis(config.redisUrl)],
    ['Objects', () => checkBlob(config.blob)],
  ];
  const results = await Promise.all(
    checks.map(async ([name, check]) => [name, await examine(check)] as const),
  );
  let wrong = 0;
  for (const [name, findings] of results) {
    for (const { isRight, text } of findings) {
      if (!isRight) wrong++;
      process.stdout.write(`${isRight ? 'ok   ' : 'WRONG'}  ${name.padEnd(10)}  ${text}\n`);
    }
  }
  process.stdout.write(wrong === 0 ? '\nAll is well.\n' : `\n${wrong} to mend.\n`);
  process.exitCode = wrong === 0 ? 0 : 1;
}

async function examine(check: () => Promise<Finding[]>): Promise<Finding[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${storeBudgetMs / 1000} s`)), storeBudgetMs);
  });
  try {
    return await Promise.race([check(), late]);
  } catch (error) {
    return [
      { isRight: false, text: `${reasonOf(error)}. Look at its address, its password and the way to it.` },
    ];
  } finally {
    clearTimeout(timer);
  }
}

/** An error of several addresses says nothing itself; its parts do. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return reasonOf(error.errors[0]);
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}

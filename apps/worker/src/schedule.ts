import type { Logger } from 'pino';

/** Runs `task` now and again `everyMs` after it ended; a failure is logged and the next run comes all the same. */
export function scheduleLoop(name: string, everyMs: number, log: Logger, task: () => Promise<void>) {
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let current = run();

  async function run(): Promise<void> {
    try {
      await task();
    } catch (error) {
      log.warn({ schedule: name, err: error }, 'a scheduled task failed and will run again');
    }
    if (!stopped) {
      timer = setTimeout(() => {
        current = run();
      }, everyMs);
    }
  }

  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
    /** Resolves when the run under way, if any, is over. */
    idle: () => current,
  };
}

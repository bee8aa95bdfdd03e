import { setTimeout as wait } from 'node:timers/promises';
import {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  startEmbeddedPostgres,
} from '@tracewell/engines/relational/embedded/launch';

/**
 * Keeps Postgres running, on the port of its first start, so that what is connected to it finds it again.
 *
 *   running → (ended by itself → waiting → starting …) → running … → stopping → stopped
 *
 * It recovers by itself from the death of a backend; when the whole server ends (killed, out of memory, no room
 * for its log) it is started again, later each time that fails, and recovers what was committed.
 */
export interface SupervisedPostgres {
  url: string;
  stop(): Promise<void>;
}

const firstRestartMs = 200;
const longestRestartMs = 10_000;
/** A server that ran this long failed anew, not still. */
const steadyMs = 30_000;

/** Throws `EmbeddedPostgresFailed` when the first start fails. */
export async function supervisePostgres(
  options: Omit<EmbeddedPostgresOptions, 'port'> & {
    onRestart: (code: number | null, signal: NodeJS.Signals | null) => void;
  },
): Promise<SupervisedPostgres> {
  const { onRestart, onLog = () => {}, ...where } = options;
  let running: EmbeddedPostgres = await startEmbeddedPostgres({ ...where, onLog });
  const { url, port } = running;
  const stopping = new AbortController();
  const watching = watch();

  async function watch(): Promise<void> {
    let restartMs = firstRestartMs;
    let startedAt = Date.now();
    for (;;) {
      const { code, signal } = await running.exited;
      if (stopping.signal.aborted) return;
      onRestart(code, signal);
      if (Date.now() - startedAt > steadyMs) restartMs = firstRestartMs;
      // What outlived the end (a server whose guard was killed) ends with its pipe.
      await running.stop();
      for (;;) {
        await wait(restartMs, undefined, { signal: stopping.signal }).catch(() => {});
        if (stopping.signal.aborted) return;
        restartMs = Math.min(restartMs * 2, longestRestartMs);
        try {
          startedAt = Date.now();
          running = await startEmbeddedPostgres({ ...where, onLog, port });
          break;
        } catch (error) {
          onLog(
            `Postgres could not be started again: ${error instanceof Error ? error.message : String(error)}`,
          );
        }
      }
    }
  }

  return {
    url,
    async stop() {
      stopping.abort();
      await running.stop();
      // A start that was under way.
      await watching;
      await running.stop();
    },
  };
}

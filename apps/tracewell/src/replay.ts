import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openEngines, readEngineConfig } from '@tracewell/engines';
import { batchKeyOf, type IngestJob, ingestQueue, rawPrefix } from '@tracewell/ingest';
import { readRunningState } from './data-folder';
import { UserError } from './user-error';

/**
 * `tracewell replay`: hands stored raw batches to the worker again. Ingestion is idempotent, so a replay shows
 * nothing twice; it shows what an older version could not read, and prices as they are known now.
 */
const pageSize = 1_000;

export async function replay(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      'data-dir': { type: 'string' },
      all: { type: 'boolean' },
      'dead-letters': { type: 'boolean' },
      batch: { type: 'string' },
      from: { type: 'string' },
      to: { type: 'string' },
    },
  });
  if (!values.all && !values['dead-letters'] && !values.batch && !values.from) {
    throw new UserError(
      'Say what to replay: --all, --dead-letters, --batch KEY, or --from TIME [--to TIME].',
    );
  }
  const directory = resolve(
    process.env.INIT_CWD ?? '.',
    values['data-dir'] ?? process.env.TRACEWELL_DATA_DIR ?? '.tracewell',
  );
  const state = readRunningState(directory);
  if (!state)
    throw new UserError(
      `Nothing runs on ${directory}. Start it first (npm start), or name its folder with --data-dir.`,
    );

  const { blob, queues, relational, close } = await openEngines(readEngineConfig(state.engines));
  try {
    const replayId = `replay-${Date.now()}`;
    let count = 0;
    for await (const keys of selectKeys()) {
      await queues.addMany<IngestJob & { replay: string }>(
        ingestQueue,
        keys.map((batchKey) => ({ id: `${batchKey}#${replayId}`, data: { batchKey, replay: replayId } })),
      );
      count += keys.length;
    }
    process.stdout.write(`${count} raw batches handed to the worker.\n`);

    async function* selectKeys(): AsyncGenerator<string[]> {
      if (values.batch) yield [values.batch];
      else if (values['dead-letters']) {
        const { rows } = await relational.pool.query<{ key: string }>(
          'SELECT DISTINCT batch_key AS key FROM dead_letters',
        );
        yield rows.map(({ key }) => key);
      } else {
        const from = values.from ? batchKeyOf(readTime(values.from), '') : '';
        const to = values.to ? batchKeyOf(readTime(values.to), '') : '\uffff';
        for (let after = from; ; ) {
          const keys = await blob.list(rawPrefix, { after, limit: pageSize });
          yield keys.filter((key) => key < to);
          if (keys.length < pageSize || keys.at(-1)! >= to) return;
          after = keys.at(-1)!;
        }
      }
    }
  } finally {
    await close();
  }
}

function readTime(text: string): Date {
  const time = new Date(text);
  if (Number.isNaN(time.getTime()))
    throw new UserError(`"${text}" is no time. Say it as 2026-01-31T12:00:00Z.`);
  return time;
}

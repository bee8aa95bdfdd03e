import { startEngines } from '@tracewell/testkit/engines';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeadLetter, openLedger } from './ledger';

let engines: Awaited<ReturnType<typeof startEngines>>;
beforeAll(async () => {
  engines = await startEngines({ relational: true });
});
afterAll(() => engines.stop());

const letter = (batchKey: string, position: number | null, over: Partial<DeadLetter> = {}): DeadLetter => ({
  batchKey,
  frame: 0,
  position,
  projectId: 'p',
  kind: 'otlp-protobuf',
  reasonCode: 'event_undecodable',
  reason: 'no name',
  ...over,
});
const outcome = (batchKey: string, deadLettered: number) => ({
  batchKey,
  accepted: 10,
  written: 10 - deadLettered,
  deadLettered,
  suppressed: 0,
});

describe('ledger', () => {
  it('records a batch with its dead letters, and says anew which there are when it is ingested again', async () => {
    const ledger = openLedger(engines.relational);
    const read = async () => {
      const { rows } = await engines.relational.pool.query(
        `SELECT position, reason FROM dead_letters WHERE batch_key = 'a' ORDER BY position`,
      );
      return rows;
    };
    await ledger.record(outcome('a', 2), [letter('a', 1), letter('a', 3, { reason: 'quotes \0 of it' })]);
    expect(await read()).toEqual([
      { position: 1, reason: 'no name' },
      { position: 3, reason: 'quotes \ufffd of it' },
    ]);
    const again = [letter('a', 3, { reason: 'another' }), letter('a', 3, { reason: 'the last' })];
    await ledger.record(outcome('a', 1), again);
    expect(await read()).toEqual([{ position: 3, reason: 'the last' }]);
    await ledger.record(outcome('a', 0), []);
    expect(await read()).toEqual([]);
    expect(await ledger.missing(['a', 'b'])).toEqual(['b']);
    expect(await ledger.totals()).toMatchObject({ batches: 1, accepted: 10, written: 10, deadLettered: 0 });
  });
});

import { startEngines } from '@tracewell/testkit/engines';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deleteProject, deleteTraces } from './delete';
import { createDeletionReader } from './deletions';
import { createInserter } from './inserter';
import { observationsTable } from './rows/observations';

let engines: Awaited<ReturnType<typeof startEngines>>;
beforeAll(async () => {
  engines = await startEngines({ columnar: true });
});
afterAll(() => engines.stop());

const before = 1_700_000_000_000_000;
const after = before + 2_000_000;
const deletedAt = before + 1_000_000;

const row = (projectId: string, traceId: string, id: string, receivedAt: number) =>
  observationsTable.encode({
    project_id: projectId,
    trace_id: traceId,
    id,
    type: 'SPAN',
    level: 'DEFAULT',
    start_time: before,
    updated_at: receivedAt,
    row_version: 1,
  });
const read = async (projectId: string) => {
  const list = async (sql: string) =>
    (await engines.columnar.query<{ id: string }>({ name: 'test', sql, params: { projectId } })).map(
      ({ id }) => id,
    );
  return {
    observations: await list('SELECT id FROM observations WHERE project_id = {projectId:String} ORDER BY id'),
    traces: await list(
      'SELECT DISTINCT trace_id AS id FROM traces WHERE project_id = {projectId:String} ORDER BY id',
    ),
  };
};

describe('deletion of traces', () => {
  it('is seen by the next read, touches no other project and no neighbour, and may be repeated', async () => {
    const rows = [row('a', 't1', 'x', before), row('a', 't2', 'y', before), row('b', 't1', 'z', before)];
    await createInserter({ columnar: engines.columnar }).insert({
      table: observationsTable,
      origin: 'o',
      rows,
    });
    for (let n = 0; n < 2; n++) {
      await deleteTraces(engines.columnar, { projectId: 'a', traceIds: ['t1', 'unknown'], deletedAt });
    }
    expect(await read('a')).toEqual({ observations: ['y'], traces: ['t2'] });
    expect(await read('b')).toEqual({ observations: ['z'], traces: ['t1'] });
  });

  it('keeps what was received after it', async () => {
    const rows = [row('c', 't', 'old', before), row('c', 't', 'new', after)];
    await createInserter({ columnar: engines.columnar }).insert({
      table: observationsTable,
      origin: 'p',
      rows,
    });
    await deleteTraces(engines.columnar, { projectId: 'c', traceIds: ['t'], deletedAt });
    expect(await read('c')).toEqual({ observations: ['new'], traces: ['t'] });
  });

  it('is found by whoever writes what was received before it', async () => {
    await deleteTraces(engines.columnar, { projectId: 'd', traceIds: ['t'], deletedAt });
    const deletions = await createDeletionReader(engines.columnar).since(before);
    expect(deletions.cover('d', 'trace', 't', before)).toBe(true);
    expect(deletions.cover('d', 'trace', 't', after)).toBe(false);
    expect(deletions.cover('e', 'trace', 't', before)).toBe(false);
  });
});

describe('deletion of a project', () => {
  it('takes all of it and nothing of another, and may be repeated', async () => {
    const rows = [row('p', 't1', 'x', before), row('p', 't2', 'y', before), row('q', 't1', 'z', before)];
    await createInserter({ columnar: engines.columnar }).insert({
      table: observationsTable,
      origin: 'q',
      rows,
    });
    for (let n = 0; n < 2; n++) await deleteProject(engines.columnar, { projectId: 'p', deletedAt });
    expect(await read('p')).toEqual({ observations: [], traces: [] });
    expect(await read('q')).toEqual({ observations: ['z'], traces: ['t1'] });
  });

  it('covers everything in it that was received before, and no more', async () => {
    await deleteProject(engines.columnar, { projectId: 'r', deletedAt });
    await deleteTraces(engines.columnar, { projectId: 'r', traceIds: ['later'], deletedAt: after });
    const deletions = await createDeletionReader(engines.columnar).since(before);
    for (const entity of ['trace', 'score'] as const) {
      expect(deletions.cover('r', entity, 'any', before)).toBe(true);
      expect(deletions.cover('r', entity, 'any', after)).toBe(false);
      expect(deletions.cover('s', entity, 'any', before)).toBe(false);
    }
    expect(deletions.cover('r', 'trace', 'later', after)).toBe(true);
  });
});

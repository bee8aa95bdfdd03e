import { startEngines } from '@tracewell/testkit/engines';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { scoresOfExperimentItems, scoresOfExperiments } from '../scores/scores-of-experiments';
import { base, insertObservations, insertScores, second } from '../test-rows';
import { listExperimentItems, listExperimentLinks } from './list-experiment-items';
import { listExperiments, readExperimentMetadata } from './list-experiments';
import { readLinkedSpans } from './read-linked-spans';

let engines: Awaited<ReturnType<typeof startEngines>>;
const projectId = 'p1';
const from = base - second;

/** The spans of one item: the root, and a step below it that names the same experiment. */
const item = (
  experiment: string,
  traceId: string,
  startTime: number,
  columns: Record<string, unknown> = {},
) =>
  [`${traceId}-root`, `${traceId}-step`].map((id, index) => ({
    traceId,
    id,
    startTime: startTime + index,
    columns: {
      parent_observation_id: index === 0 ? '' : `${traceId}-root`,
      experiment_id: experiment,
      experiment_name: `name of ${experiment}`,
      experiment_dataset_id: 'd1',
      experiment_item_id: `item-${traceId}`,
      experiment_item_root_observation_id: `${traceId}-root`,
      experiment_metadata: { model: 'm' },
      input: `input of ${id}`,
      ...columns,
    },
  }));

beforeAll(async () => {
  engines = await startEngines({ columnar: true });
  const gone = item('e1', 't3', base);
  await insertObservations(
    engines.columnar,
    [
      ...item('e1', 't1', base),
      ...item('e1', 't2', base + 90 * second),
      ...gone,
      ...item('e2', 't4', base + 10 * second, { experiment_dataset_id: '' }),
      { traceId: 'plain', id: 'plain', startTime: base },
      { traceId: 'record', id: '', startTime: base, columns: { input: 'said of the trace' } },
      { projectId: 'p2', ...item('e1', 't9', base)[0]! },
    ],
    // Withdrawn by rows that say nothing of the experiment, as deletions are.
    gone.map(({ traceId, id, startTime }) => ({ traceId, id, startTime, rowVersion: 2, isDeleted: true })),
  );
  await insertScores(engines.columnar, [
    ...[1, 2, 3].map((n) => ({ id: `run-${n}`, timestamp: base + n, columns: { dataset_run_id: 'e1' } })),
    { id: 'of-trace', timestamp: base + 1, columns: { trace_id: 't1' } },
    { id: 'of-root', timestamp: base + 2, columns: { trace_id: 't1', observation_id: 't1-root' } },
    { id: 'of-step', timestamp: base + 3, columns: { trace_id: 't1', observation_id: 't1-step' } },
  ]);
});
afterAll(() => engines?.stop());

describe('listExperiments', () => {
  const list = (selection: Partial<Parameters<typeof listExperiments>[1]> = {}) =>
    listExperiments(engines.columnar, { projectId, from, limit: 10, ...selection });

  it('counts roots of items, leaves out what was deleted, latest activity first', async () => {
    const experiments = await list();
    expect(experiments.map(({ id, itemCount }) => [id, itemCount])).toEqual([
      ['e1', 2],
      ['e2', 1],
    ]);
    expect(experiments[0]).toMatchObject({
      name: 'name of e1',
      datasetId: 'd1',
      startTime: base,
      endTime: base + 90 * second + 1,
    });
  });

  it('narrows by time, id, name, dataset and filter', async () => {
    const idsOf = async (selection: Parameters<typeof list>[0]) =>
      (await list(selection)).map(({ id }) => id);
    expect(await idsOf({ to: base + second })).toEqual(['e1']);
    expect((await list({ to: base + second }))[0]?.itemCount).toBe(1);
    expect(await idsOf({ ids: ['e2', 'e3'] })).toEqual(['e2']);
    expect(await idsOf({ names: ['name of e1'] })).toEqual(['e1']);
    expect(await idsOf({ datasetIds: ['d1'] })).toEqual(['e1']);
    const filter = [{ type: 'string' as const, column: 'name', operator: 'ends with' as const, value: 'e2' }];
    expect(await idsOf({ filter })).toEqual(['e2']);
    await expect(list({ filter: [{ ...filter[0]!, column: 'nonsense' }] })).rejects.toThrow('Known columns');
  });

  it('leaves out what was recorded before an experiment was deleted', async () => {
    expect(
      (await list({ clearedBefore: new Map([['e2', base + 60 * second]]) })).map(({ id }) => id),
    ).toEqual(['e1']);
    const [e1] = await list({
      clearedBefore: new Map([
        ['e1', base + 60 * second],
        ['e0', 1],
      ]),
      ids: ['e1'],
    });
    expect(e1?.itemCount).toBe(1);
  });

  it('reads metadata of the experiments asked for', async () => {
    const metadata = await readExperimentMetadata(engines.columnar, { projectId, from, ids: ['e1'] });
    expect([...metadata]).toEqual([['e1', { model: 'm' }]]);
  });
});

describe('listExperimentItems', () => {
  const list = (selection: Partial<Parameters<typeof listExperimentLinks>[1]> = {}) =>
    listExperimentItems(engines.columnar, {
      projectId,
      from,
      limit: 10,
      groups: ['basic', 'experiment', 'io'],
      ...selection,
    });

  it('are roots, newest first, from cursor to cursor', async () => {
    const all = await list();
    expect(all.map(({ id }) => id)).toEqual(['t2-root', 't4-root', 't1-root']);
    expect(all[2]).toMatchObject({
      experimentId: 'e1',
      experimentItemId: 'item-t1',
      input: 'input of t1-root',
    });
    const [first] = await list({ limit: 1 });
    const { startTime, traceId, id, experimentId } = first!;
    const rest = await list({ cursor: { startTime, traceId, id, experimentId } });
    expect(rest.map((row) => row.id)).toEqual(['t4-root', 't1-root']);
    expect((await list({ itemIds: ['item-t4'] })).map((row) => row.id)).toEqual(['t4-root']);
  });

  it('can be read as links', async () => {
    expect(await listExperimentLinks(engines.columnar, { projectId, from, limit: 10, ids: ['e2'] })).toEqual([
      {
        experimentId: 'e2',
        itemId: 'item-t4',
        traceId: 't4',
        observationId: 't4-root',
        startTime: base + 10 * second,
      },
    ]);
  });
});

it('what links lead to is found by observation and by trace, or not at all', async () => {
  const links = [
    { traceId: 't1', observationId: 't1-step' },
    { traceId: 't1', observationId: null },
    { traceId: 'record', observationId: null },
    { traceId: 't9', observationId: null },
    { traceId: 't1', observationId: 'unknown' },
  ];
  const read = (payloads: boolean) => readLinkedSpans(engines.columnar, { projectId, links, payloads });
  const found = await read(true);
  expect(found.map((span) => span && [span.id, span.input])).toEqual([
    ['t1-step', 'input of t1-step'],
    ['t1', 'input of t1-root'],
    ['record', 'said of the trace'],
    null,
    null,
  ]);
  expect(found[1]).toMatchObject({ startTime: base, level: 'DEFAULT', environment: 'default' });
  expect((await read(false)).map((span) => span?.input)).toEqual(Array(5).fill(undefined));
  expect(await readLinkedSpans(engines.columnar, { projectId, links: [links[3]!], payloads: true })).toEqual([
    null,
  ]);
});

it('scores come by experiment and by item, newest first, so many of each', async () => {
  const { columnar } = engines;
  const ofRuns = await scoresOfExperiments(columnar, { projectId, experimentIds: ['e1'], from, limit: 2 });
  expect(ofRuns.map(({ id }) => id)).toEqual(['run-3', 'run-2']);
  const ofItems = await scoresOfExperimentItems(columnar, {
    projectId,
    traceIds: ['t1'],
    observationIds: ['t1-root'],
    from,
    limit: 5,
  });
  expect(ofItems.map(({ id }) => id)).toEqual(['of-root', 'of-trace']);
});

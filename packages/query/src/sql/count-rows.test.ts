import type { Statement } from '@tracewell/engines/columnar/port';
import { startEngines, type TestEngines } from '@tracewell/testkit/engines';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { countObservations } from '../observations/list-observations';
import { base, insertObservations } from '../test-rows';

let engines: TestEngines;
beforeAll(async () => {
  engines = await startEngines({ columnar: true });
});
afterAll(() => engines.stop());

it('counts anew whatever was written or deleted, and only then', async () => {
  const names: string[] = [];
  const columnar = {
    ...engines.columnar,
    query<Row>(statement: Statement) {
      names.push(statement.name);
      return engines.columnar.query<Row>(statement);
    },
  };
  const countsOf = async (projectId: string) => {
    names.length = 0;
    const total = await countObservations(columnar, { projectId });
    return { total, counted: names.includes('observations.count') };
  };
  // Merges change the parts too: none may come between two looks.
  await columnar.command({ name: 'test', sql: 'SYSTEM STOP MERGES' });
  const row = { projectId: 'p', traceId: 't', id: 'a', startTime: base };
  await insertObservations(columnar, [row, { ...row, id: 'b' }]);
  expect(await countsOf('p')).toEqual({ total: 2, counted: true });
  expect(await countsOf('p')).toEqual({ total: 2, counted: false });
  expect(await countsOf('other')).toEqual({ total: 0, counted: true });
  await insertObservations(columnar, [{ ...row, rowVersion: 2 }]);
  expect(await countsOf('p')).toEqual({ total: 2, counted: true });
  await insertObservations(columnar, [{ ...row, rowVersion: 3, isDeleted: true }]);
  expect(await countsOf('p')).toEqual({ total: 1, counted: true });
  await columnar.command({ name: 'test', sql: 'SYSTEM START MERGES' });
  await columnar.command({ name: 'test', sql: "DELETE FROM observations WHERE id = 'b'" });
  expect(await countsOf('p')).toEqual({ total: 0, counted: true });
});

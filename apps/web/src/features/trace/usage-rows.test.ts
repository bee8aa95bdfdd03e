import { expect, it } from 'vitest';
import { listCostByModel, listUsageRows } from './usage-rows';

it('lists what was used and what it cost, input first, without the total among them', () => {
  const { rows, total } = listUsageRows(
    { output: 10, input: 100, input_cached_tokens: 40, audio: 0, total: 150 },
    { input: 0.1, output: 0.2, total: 0.3 },
    { input: 0.001 },
  );
  expect(rows.map((row) => [row.label, row.units, row.unitPrice, row.cost])).toEqual([
    ['Input', 100, 0.001, 0.1],
    ['Input cached tokens', 40, null, null],
    ['Output', 10, null, 0.2],
  ]);
  expect(total).toMatchObject({ units: 150, cost: 0.3 });
});
it('has no total that was never given', () => expect(listUsageRows({}, {}, {}).total.cost).toBeNull());
it('adds the cost of a trace up by model', () =>
  expect(
    listCostByModel([
      { model: 'a', cost: { total: 1 } },
      { model: 'b', cost: { total: 5 } },
      { model: 'a', cost: { total: 2 } },
      { model: 'c', cost: {} },
    ]),
  ).toEqual([
    { label: 'b', count: 1, cost: 5 },
    { label: 'a', count: 2, cost: 3 },
  ]));

import { LangfuseAPIClient } from '@langfuse/core';
import { type Instance, startInstance, waitFor } from '@tracewell/testkit/instance';
import { Langfuse } from 'langfuse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** Metrics and dashboards through the published JavaScript SDKs, unmodified, against a started instance. */
let instance: Instance;
let client: LangfuseAPIClient;
const range = {
  fromTimestamp: new Date(Date.now() - 3_600_000).toISOString(),
  toTimestamp: new Date(Date.now() + 3_600_000).toISOString(),
};

beforeAll(async () => {
  instance = await startInstance();
  client = new LangfuseAPIClient({
    environment: instance.url,
    username: instance.publicKey,
    password: instance.secretKey,
  });
  const langfuse = new Langfuse({
    baseUrl: instance.url,
    publicKey: instance.publicKey,
    secretKey: instance.secretKey,
  });
  const errors: unknown[] = [];
  langfuse.on('error', (error) => errors.push(error));
  for (const [name, model] of [
    ['support', 'gpt-4o'],
    ['support', 'gpt-4o-mini'],
    ['sales', 'gpt-4o'],
  ]) {
    const trace = langfuse.trace({ name: name!, userId: 'ada' });
    trace
      .generation({ name: 'chat', model: model! })
      .end({ usage: { promptTokens: 1_000, completionTokens: 100, totalTokens: 1_100 } });
    langfuse.score({
      traceId: trace.id,
      name: 'correct',
      value: name === 'sales' ? 0 : 1,
      dataType: 'BOOLEAN',
    });
  }
  await langfuse.shutdownAsync();
  expect(errors).toEqual([]);
  await waitFor('what was sent', async () => {
    const { data } = await client.observations.getMany({ fields: 'core' });
    const scores = await client.scores.getMany({});
    return data.length === 3 && scores.data.length === 3 ? true : null;
  });
});
afterAll(() => instance?.dispose());

describe('metrics', () => {
  it('of today’s generation', async () => {
    const { data } = await client.metrics.metrics({
      query: JSON.stringify({
        view: 'observations',
        dimensions: [{ field: 'providedModelName' }],
        metrics: [
          { measure: 'totalTokens', aggregation: 'sum' },
          { measure: 'totalCost', aggregation: 'sum' },
        ],
        orderBy: [{ field: 'sum_totalCost', direction: 'desc' }],
        ...range,
      }),
    });
    expect(
      data.map(({ providedModelName, sum_totalTokens }) => [providedModelName, sum_totalTokens]),
    ).toEqual([
      ['gpt-4o', '2200'],
      ['gpt-4o-mini', '1100'],
    ]);
    // $2.50 and $10 per million tokens.
    expect(data[0]!.sum_totalCost).toBeCloseTo(0.007, 12);
  });

  it('of the first generation, with its view of traces', async () => {
    const { data } = await client.legacy.metricsV1.metrics({
      query: JSON.stringify({
        view: 'traces',
        dimensions: [{ field: 'name' }],
        metrics: [{ measure: 'count', aggregation: 'count' }],
        filters: [],
        ...range,
      }),
    });
    expect(data).toEqual([
      { name: 'support', count_count: '2' },
      { name: 'sales', count_count: '1' },
    ]);
  });

  it('of scores, by what they judge', async () => {
    const { data } = await client.metrics.metrics({
      query: JSON.stringify({
        view: 'scores-boolean',
        dimensions: [{ field: 'traceName' }],
        metrics: [{ measure: 'value', aggregation: 'avg' }],
        orderBy: [{ field: 'avg_value', direction: 'desc' }],
        ...range,
      }),
    });
    expect(data).toEqual([
      { traceName: 'support', avg_value: 1 },
      { traceName: 'sales', avg_value: 0 },
    ]);
  });

  it('that cannot be are refused with the fix', async () => {
    const query = JSON.stringify({
      view: 'observations',
      metrics: [{ measure: 'totalcost', aggregation: 'sum' }],
      ...range,
    });
    const error = await client.metrics.metrics({ query }).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ statusCode: 400 });
    expect(JSON.stringify((error as { body: unknown }).body)).toContain('Did you mean \\"totalCost\\"?');
  });
});

describe('dashboards', () => {
  it('are made of widgets, changed, and deleted', async () => {
    const { dashboards, dashboardWidgets } = client.unstable;
    const widget = await dashboardWidgets.create({
      name: 'Total cost by model',
      view: 'observations',
      dimensions: [{ field: 'providedModelName' }],
      metrics: [{ measure: 'totalCost', agg: 'sum' }],
      filters: [],
      chartType: 'HORIZONTAL_BAR',
      chartConfig: { row_limit: 10 },
    });
    const made = await dashboards.create({ name: 'Costs' });
    const placement = await dashboards.addPlacement(made.id, { type: 'widget', widgetId: widget.id });
    await dashboards.updatePlacement(made.id, placement.id, { width: 12 });
    const read = await dashboards.get(made.id);
    expect(read.definition.widgets).toEqual([{ ...placement, width: 12 }]);
    // What was read can be written back.
    expect(
      await dashboards.update(made.id, { name: 'All costs', definition: read.definition }),
    ).toMatchObject({
      name: 'All costs',
      definition: read.definition,
    });
    expect((await dashboards.list()).data.map(({ id }) => id)).toEqual([made.id]);
    await expect(dashboardWidgets.delete(widget.id)).rejects.toMatchObject({
      statusCode: 409,
      body: { code: 'conflict' },
    });
    await dashboards.deletePlacement(made.id, placement.id);
    await dashboardWidgets.delete(widget.id);
    await dashboards.delete(made.id);
    await expect(dashboards.get(made.id)).rejects.toMatchObject({
      statusCode: 404,
      body: { code: 'resource_not_found' },
    });
  });
});

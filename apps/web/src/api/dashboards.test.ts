import type { AnswerOf, Operation } from '@tracewell/contract';
import * as operations from '@tracewell/contract';
import { projects } from '@tracewell/schema/postgres/projects';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApi, type TestApi, type TestProject } from './testing/start-test-api';

/** Dashboards, the tiles on them, and the widgets these show. */
let api: TestApi;
let mine: TestProject;
let theirs: TestProject;
beforeAll(async () => {
  api = await startTestApi();
  mine = await api.createProject('mine');
  theirs = await api.createProject('theirs');
});
afterAll(() => api?.stop());

const widgetsPath = '/api/public/unstable/dashboard-widgets';
const path = '/api/public/unstable/dashboards';

/** The body of a 200 of the operation's exact shape. */
async function bodyOf<O extends Operation>(operation: O, response: Response): Promise<AnswerOf<O>> {
  const text = await response.text();
  expect(response.status, text).toBe(200);
  const body = JSON.parse(text);
  expect(operation.responses[200]!.parse(body)).toEqual(body);
  return body;
}
async function refusal(response: Response | Promise<Response>) {
  const answer = await response;
  const body = operations.structuredError.parse(await answer.json());
  return { status: answer.status, code: body.code, message: body.message, details: body.details };
}

const widgetBody = {
  name: 'Cost by model',
  view: 'observations',
  dimensions: [{ field: 'providedModelName' }],
  metrics: [{ measure: 'totalCost', agg: 'sum' }],
  filters: [{ column: 'environment', operator: 'any of', type: 'stringOptions', value: ['production'] }],
  chartType: 'HORIZONTAL_BAR',
  chartConfig: { row_limit: 10 },
};
const createWidget = async (part: object = {}, project = mine) =>
  bodyOf(
    operations.createDashboardWidget,
    await api.send('POST', widgetsPath, project, { ...widgetBody, ...part }),
  );
const createDashboard = async (part: object = {}, project = mine) =>
  bodyOf(operations.createDashboard, await api.send('POST', path, project, { name: 'Costs', ...part }));
const getDashboard = async (id: string) =>
  bodyOf(operations.getDashboard, await api.get(`${path}/${id}`, mine));
const addPlacement = (dashboardId: string, body: object, project = mine) =>
  api.send('POST', `${path}/${dashboardId}/placements`, project, body);

describe('dashboard widgets', () => {
  it('are made, read, changed, listed and deleted', async () => {
    const widget = await createWidget({ description: null });
    expect(widget).toMatchObject({
      ...widgetBody,
      description: '',
      chartConfig: { type: 'HORIZONTAL_BAR', row_limit: 10 },
    });
    const other = await createWidget({ name: 'other', chartConfig: undefined, chartType: 'PIE' });
    expect(other.chartConfig).toEqual({ type: 'PIE' });

    const get = async (id: string) =>
      bodyOf(operations.getDashboardWidget, await api.get(`${widgetsPath}/${id}`, mine));
    expect(await get(widget.id)).toEqual(widget);
    const change = async (body: object) =>
      bodyOf(
        operations.updateDashboardWidget,
        await api.send('PATCH', `${widgetsPath}/${widget.id}`, mine, body),
      );
    const renamed = await change({ name: 'renamed', description: 'all of it', view: null });
    expect(renamed).toMatchObject({
      name: 'renamed',
      description: 'all of it',
      chartConfig: widget.chartConfig,
    });
    expect(Date.parse(renamed.updatedAt)).toBeGreaterThanOrEqual(Date.parse(widget.updatedAt));
    expect((await change({ chartType: 'NUMBER' })).chartConfig).toEqual({ type: 'NUMBER' });
    expect((await change({ chartConfig: { type: 'NUMBER', row_limit: 3 } })).chartConfig).toEqual({
      type: 'NUMBER',
      row_limit: 3,
    });
    expect(
      await change({
        view: 'scores-numeric',
        dimensions: [],
        metrics: [{ measure: 'value', agg: 'avg' }],
        filters: [],
      }),
    ).toMatchObject({ view: 'scores-numeric', filters: [] });

    const list = async (query = '', project = mine) =>
      bodyOf(operations.listDashboardWidgets, await api.get(`${widgetsPath}${query}`, project));
    expect((await list()).data.map(({ id }) => id)).toEqual([widget.id, other.id]);
    expect(await list('?page=2&limit=1')).toEqual({
      data: [other],
      meta: { page: 2, limit: 1, totalItems: 2, totalPages: 2 },
    });
    expect((await list('', theirs)).data).toEqual([]);

    const remove = (id: string) => api.send('DELETE', `${widgetsPath}/${id}`, mine, undefined);
    for (const { id } of [widget, other]) await bodyOf(operations.deleteDashboardWidget, await remove(id));
    expect(await refusal(remove(widget.id))).toMatchObject({ status: 404, code: 'resource_not_found' });
  });

  it.each<[string, object, RegExp]>([
    ['no name', { name: '' }, /name/],
    ['traces', { view: 'traces' }, /view/],
    ['a dimension nobody knows', { dimensions: [{ field: 'modelname' }] }, /Dimension "modelname"/],
    [
      'a measure that is misspelt',
      { metrics: [{ measure: 'totalcost', agg: 'sum' }] },
      /Did you mean "totalCost"\?/,
    ],
    ['no metric', { metrics: [] }, /metrics/],
    ['an aggregation', { metrics: [{ measure: 'totalCost', agg: 'median' }] }, /agg/],
    ['a filter column', { filters: [{ ...widgetBody.filters[0], column: 'x' }] }, /Filter column "x"/],
    ['a filter operator', { filters: [{ ...widgetBody.filters[0], operator: 'like' }] }, /filters/],
    ['a NUL', { filters: [{ ...widgetBody.filters[0], value: ['\0'] }] }, /NUL/],
    ["another chart's configuration", { chartConfig: { type: 'PIE' } }, /chartConfig.type is PIE/],
    ['too many rows', { chartConfig: { row_limit: 1_001 } }, /row_limit/],
    ['a chart', { chartType: 'DONUT' }, /chartType/],
  ])('refuse %s', async (_what, part, message) => {
    const { id } = await createWidget();
    for (const response of [
      api.send('POST', widgetsPath, mine, { ...widgetBody, ...part }),
      api.send('PATCH', `${widgetsPath}/${id}`, mine, part),
    ]) {
      const refused = await refusal(response);
      expect(refused).toMatchObject({ status: 400, code: 'invalid_body' });
      expect(refused.message).toMatch(message);
    }
  });

  it('refuse a change of nothing', async () => {
    const { id } = await createWidget();
    for (const body of [{}, { name: null }]) {
      expect((await refusal(api.send('PATCH', `${widgetsPath}/${id}`, mine, body))).message).toMatch(
        /at least one field/,
      );
    }
  });
});

describe('dashboards', () => {
  it('are made, read, changed, listed and deleted', async () => {
    const empty = await createDashboard({ filters: null, definition: null });
    expect(empty).toMatchObject({ name: 'Costs', description: '', definition: { widgets: [] }, filters: [] });
    const widget = await createWidget();
    const tiles = [
      { type: 'widget', id: 'b', widgetId: widget.id, x: 6, y: 0, width: 6, height: 4 },
      { type: 'preset', id: 'a', presetId: 'traces', x: 0, y: 0, width: 6, height: 4 },
    ];
    const full = await createDashboard({
      name: 'full',
      description: 'all',
      definition: { widgets: tiles },
      filters: widgetBody.filters,
    });
    expect(full).toMatchObject({ definition: { widgets: tiles }, filters: widgetBody.filters });
    expect(await getDashboard(full.id)).toEqual(full);

    const change = async (body: object) =>
      bodyOf(operations.updateDashboard, await api.send('PATCH', `${path}/${empty.id}`, mine, body));
    expect(await change({ name: 'first' })).toMatchObject({ name: 'first', description: '' });
    expect(await change({ definition: { widgets: tiles } })).toMatchObject({
      definition: { widgets: tiles },
    });
    expect(await change({ filters: [], definition: { widgets: tiles.slice(1) } })).toMatchObject({
      name: 'first',
      definition: { widgets: tiles.slice(1) },
    });

    const list = async (query = '', project = mine) =>
      bodyOf(operations.listDashboards, await api.get(`${path}${query}`, project));
    expect((await list()).data.map(({ id }) => id)).toEqual([empty.id, full.id]);
    expect(await list('?page=2&limit=1')).toEqual({
      data: [full],
      meta: { page: 2, limit: 1, totalItems: 2, totalPages: 2 },
    });
    expect((await list('', theirs)).data).toEqual([]);
    expect(await refusal(api.get(`${path}?limit=101`, mine))).toMatchObject({
      status: 400,
      code: 'invalid_query',
    });

    const remove = () => api.send('DELETE', `${path}/${full.id}`, mine, undefined);
    await bodyOf(operations.deleteDashboard, await remove());
    expect(await refusal(remove())).toMatchObject({ status: 404, code: 'resource_not_found' });
  });

  it.each<[string, object, number, RegExp]>([
    ['an id twice', { definition: { widgets: [tile('x'), tile('x')] } }, 400, /x stands twice/],
    [
      'a widget there is not',
      { definition: { widgets: [{ ...tile('x'), type: 'widget', widgetId: 'none' }] } },
      404,
      /no dashboard widget none/,
    ],
    ['a tile beside the grid', { definition: { widgets: [{ ...tile('x'), x: 12 }] } }, 400, /x/],
    ['a tile of no size', { definition: { widgets: [{ ...tile('x'), width: 0 }] } }, 400, /width/],
    ['a tile of no kind', { definition: { widgets: [{ ...tile('x'), type: 'chart' }] } }, 400, /type/],
    [
      'too many tiles',
      { definition: { widgets: Array.from({ length: 201 }, (_, n) => tile(`t${n}`)) } },
      400,
      /200/,
    ],
    ['a name of no text', { name: '' }, 400, /name/],
    ['filters of no form', { filters: [{ column: 'x' }] }, 400, /filters/],
  ])('refuse %s', async (_what, part, status, message) => {
    const { id } = await createDashboard();
    for (const response of [
      api.send('POST', path, mine, { name: 'x', ...part }),
      api.send('PATCH', `${path}/${id}`, mine, part),
    ]) {
      const refused = await refusal(response);
      expect(refused).toMatchObject({ status, code: status === 404 ? 'resource_not_found' : 'invalid_body' });
      expect(refused.message).toMatch(message);
    }
    expect((await getDashboard(id)).definition.widgets).toEqual([]);
  });

  it('place widgets below each other, move them, and take them off', async () => {
    const widget = await createWidget();
    const { id } = await createDashboard();
    const add = async (body: object) =>
      bodyOf(operations.addDashboardPlacement, await addPlacement(id, body));
    const first = await add({ type: 'widget', widgetId: widget.id });
    expect(first).toMatchObject({ type: 'widget', widgetId: widget.id, x: 0, y: 0, width: 6, height: 6 });
    const second = await add({ type: 'preset', presetId: 'p', id: 'second', x: 3, height: 2 });
    expect(second).toEqual({ type: 'preset', id: 'second', presetId: 'p', x: 3, y: 6, width: 6, height: 2 });
    expect((await getDashboard(id)).definition.widgets).toEqual([first, second]);
    expect(
      await refusal(addPlacement(id, { type: 'widget', widgetId: widget.id, id: 'second' })),
    ).toMatchObject({
      status: 409,
      code: 'conflict',
    });

    const ofSecond = `${path}/${id}/placements/second`;
    expect(
      await bodyOf(
        operations.updateDashboardPlacement,
        await api.send('PATCH', ofSecond, mine, { y: 0, width: 12 }),
      ),
    ).toEqual({ ...second, y: 0, width: 12 });
    expect((await refusal(api.send('PATCH', ofSecond, mine, {}))).message).toMatch(/at least one field/);
    expect((await refusal(api.send('PATCH', ofSecond, mine, { x: -1 }))).status).toBe(400);
    await bodyOf(operations.deleteDashboardPlacement, await api.send('DELETE', ofSecond, mine, undefined));
    for (const method of ['PATCH', 'DELETE']) {
      expect(await refusal(api.send(method, ofSecond, mine, { x: 1 }))).toMatchObject({
        status: 404,
        code: 'resource_not_found',
      });
    }
    expect((await getDashboard(id)).definition.widgets).toEqual([first]);
  });

  it('keep the widgets they show', async () => {
    const widget = await createWidget();
    const { id } = await createDashboard({ name: 'with it' });
    await addPlacement(id, { type: 'widget', widgetId: widget.id });
    const remove = () => api.send('DELETE', `${widgetsPath}/${widget.id}`, mine, undefined);
    const refused = await refusal(remove());
    expect(refused).toMatchObject({ status: 409, code: 'conflict' });
    expect(refused.message).toContain('"with it"');
    await api.send('DELETE', `${path}/${id}`, mine, undefined);
    expect((await remove()).status).toBe(200);
  });

  it('never show a widget that is being deleted', async () => {
    const { id } = await createDashboard();
    for (let round = 0; round < 5; round++) {
      const widget = await createWidget();
      const [placed, deleted] = await Promise.all([
        addPlacement(id, { type: 'widget', widgetId: widget.id }),
        api.send('DELETE', `${widgetsPath}/${widget.id}`, mine, undefined),
      ]);
      expect([
        [200, 409],
        [404, 200],
      ]).toContainEqual([placed.status, deleted.status]);
    }
  });

  it('take many tiles at once, one after the other', async () => {
    const { id } = await createDashboard();
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => addPlacement(id, { type: 'preset', presetId: 'p' })),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(200));
    const rows = (await getDashboard(id)).definition.widgets.map(({ y }) => y);
    expect(rows).toEqual([0, 6, 12, 18, 24, 30, 36, 42]);
  });
});

describe('of another project', () => {
  it('nothing is seen, shown or changed', async () => {
    const widget = await createWidget({}, theirs);
    const dashboard = await createDashboard(
      { definition: { widgets: [{ ...tile('t'), type: 'widget', widgetId: widget.id }] } },
      theirs,
    );
    const own = await createDashboard();
    const asked: [string, string, object?][] = [
      ['GET', `${widgetsPath}/${widget.id}`],
      ['PATCH', `${widgetsPath}/${widget.id}`, { name: 'stolen' }],
      ['DELETE', `${widgetsPath}/${widget.id}`],
      ['GET', `${path}/${dashboard.id}`],
      ['PATCH', `${path}/${dashboard.id}`, { name: 'stolen' }],
      ['POST', `${path}/${dashboard.id}/placements`, { type: 'preset', presetId: 'p' }],
      ['PATCH', `${path}/${dashboard.id}/placements/t`, { x: 1 }],
      ['DELETE', `${path}/${dashboard.id}/placements/t`],
      ['DELETE', `${path}/${dashboard.id}`],
      ['POST', `${path}/${own.id}/placements`, { type: 'widget', widgetId: widget.id }],
    ];
    for (const [method, at, body] of asked) {
      const response = method === 'GET' ? api.get(at, mine) : api.send(method, at, mine, body);
      expect(await refusal(response), `${method} ${at}`).toMatchObject({
        status: 404,
        code: 'resource_not_found',
      });
    }
    expect(await (await api.get(`${path}/${dashboard.id}`, theirs)).json()).toEqual(dashboard);
  });

  it('nobody and the public key are let in', async () => {
    for (const at of [path, widgetsPath]) {
      expect(await refusal(api.request(at))).toMatchObject({ status: 401, code: 'authentication_failed' });
      expect(await refusal(api.request(at, { headers: { authorization: mine.bearer } }))).toMatchObject({
        status: 403,
        code: 'access_denied',
      });
    }
  });
});

it('every change stands in the audit log', async () => {
  const project = await api.createProject('audited');
  const widget = await createWidget({}, project);
  const { id } = await createDashboard({}, project);
  await api.send('PATCH', `${widgetsPath}/${widget.id}`, project, { name: 'renamed' });
  await addPlacement(id, { type: 'widget', widgetId: widget.id, id: 'p' }, project);
  await api.send('DELETE', `${path}/${id}`, project, undefined);
  await api.send('DELETE', `${widgetsPath}/${widget.id}`, project, undefined);
  const response = await api.request(`/api/v1/projects/${project.projectId}/audit-log`, {
    headers: { cookie: await api.signIn(project.ownerId) },
  });
  const { data } = (await response.json()) as { data: { action: string; resourceId: string }[] };
  expect(data.map(({ action }) => action).filter((action) => action.startsWith('dashboard'))).toEqual([
    'dashboard-widgets.delete',
    'dashboards.delete',
    'dashboards.update',
    'dashboard-widgets.update',
    'dashboards.create',
    'dashboard-widgets.create',
  ]);
});

it('go with their project', async () => {
  const project = await api.createProject('gone');
  const widget = await createWidget({}, project);
  await createDashboard(
    { definition: { widgets: [{ ...tile('t'), type: 'widget', widgetId: widget.id }] } },
    project,
  );
  await api.relational.db.delete(projects).where(eq(projects.id, project.projectId));
});

it('answered nothing with an internal error', () => expect(api.internalErrors).toEqual([]));

function tile(id: string) {
  return { type: 'preset', id, presetId: 'p', x: 0, y: 0, width: 6, height: 6 };
}

import { expect, it } from 'vitest';
import { describeJourney, makeName } from './describe-journey';
import { makeAgentTrace, makeTrace } from './sample-traces';

describeJourney('the table of traces', (journey) => {
  const { grid, row } = journey;
  const traces = '**/api/v1/projects/*/traces?*';

  /** Three traces, newest first, and a table of nothing else. */
  async function openThree(): Promise<[string, string, string]> {
    const mark = makeName('three');
    const names = ['c', 'b', 'a'].map((letter) => `${mark}-${letter}`) as [string, string, string];
    await journey.record(...names.map((name, n) => makeTrace(name, { agoMs: 10_000 + n * 1_000 })));
    await journey.openTraces({ q: mark });
    for (const name of names) await row(name).waitFor();
    return names;
  }
  const cursor = () => grid().getAttribute('aria-activedescendant');

  it('lets new traces in while nothing is read', async () => {
    const name = makeName('live');
    await journey.record(makeTrace(makeName('before')));
    await journey.openTraces();
    await journey.send(makeAgentTrace(name));
    await row(name).waitFor();
    expect(await row(name).textContent()).toContain('Where is my order?');
  });

  it('lets none in while paused', async () => {
    const { page } = journey;
    const name = makeName('paused');
    await journey.record(makeTrace(makeName('before')));
    await journey.openTraces();
    await page.getByRole('button', { name: 'Live', exact: true }).click();
    await page.getByRole('button', { name: 'Paused' }).waitFor();
    await journey.record(makeTrace(name));
    expect(await row(name).count()).toBe(0);
    await page.getByRole('button', { name: 'Paused' }).click();
    await row(name).waitFor();
  });

  it('holds new traces back while one is read, and says how many', async () => {
    const { page } = journey;
    const [read] = await openThree();
    const mark = read.slice(0, -2);
    await row(read).click();
    await page.getByRole('heading', { name: read, level: 1 }).waitFor();
    await journey.record(makeTrace(`${mark}-new`, { agoMs: 1_000 }));
    await page.getByRole('button', { name: '1 new' }).waitFor();
    expect(await row(`${mark}-new`).count()).toBe(0);
    await page.keyboard.press('.');
    await row(`${mark}-new`).waitFor();
  });

  it('moves by j and k, opens with enter, moves on while open, closes with escape', async () => {
    const { page } = journey;
    const [first, second, third] = await openThree();
    await page.keyboard.press('j');
    await expect.poll(cursor).toBe(`row-${first}`);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await expect.poll(cursor).toBe(`row-${third}`);
    await page.keyboard.press('k');
    await expect.poll(cursor).toBe(`row-${second}`);
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`peek=${second}`));
    await page.getByRole('heading', { name: second, level: 1 }).waitFor();
    await page.keyboard.press('k');
    await page.waitForURL(new RegExp(`peek=${first}`));
    await page.getByRole('heading', { name: first, level: 1 }).waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.searchParams.has('peek'));
    await page.getByRole('heading', { level: 1 }).waitFor({ state: 'detached' });
    expect(await cursor()).toBe(`row-${first}`);
  });

  it('opens a trace as a page with o', async () => {
    const { page } = journey;
    const [first] = await openThree();
    await page.keyboard.press('j');
    await page.keyboard.press('o');
    await page.waitForURL(new RegExp(`/traces/${first}$`));
  });

  it('goes to the search with / and back to the rows with enter', async () => {
    const { page } = journey;
    const [, second] = await openThree();
    await page.keyboard.press('/');
    await page.keyboard.press('Control+a');
    await page.keyboard.type(second);
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`q=${second}`));
    await expect.poll(() => row('three-').count()).toBe(1);
    await page.keyboard.press('j');
    await expect.poll(cursor).toBe(`row-${second}`);
  });

  it('shows what could not be loaded, with the reason and a way on', async () => {
    const { page } = journey;
    const name = makeName('unreachable');
    await journey.record(makeTrace(name));
    await page.route(traces, (route) => route.abort('connectionfailed'));
    await page.goto(journey.urlOf('/traces', { q: name }));
    await page.getByText('The traces could not be loaded').waitFor();
    expect(await grid().count()).toBe(0);
    await page.unroute(traces);
    await page.getByRole('button', { name: 'Try again' }).click();
    await row(name).waitFor();
  });

  it('refuses what the API refuses, in its words', async () => {
    const { page } = journey;
    await journey.record(makeTrace(makeName('refused')));
    // A request that the server itself turns down: the list asks for an order there is none of.
    await page.route(traces, (route) => {
      const url = new URL(route.request().url());
      url.searchParams.set('orderBy', 'shoeSize.desc');
      return route.continue({ url: url.href });
    });
    await page.goto(journey.urlOf('/traces'));
    await page.getByText('The traces could not be loaded').waitFor();
    await page
      .getByText(/orderBy/)
      .first()
      .waitFor();
  });

  it('keeps the rows it has when the next look fails', async () => {
    const { page } = journey;
    const [first] = await openThree();
    await page.route(traces, (route) => route.abort('connectionfailed'));
    await page.getByRole('button', { name: 'Live', exact: true }).getByText('Retrying').waitFor();
    expect(await row(first).count()).toBe(1);
    await page.unroute(traces);
    await page.getByRole('button', { name: 'Live', exact: true }).getByText('Live').waitFor();
  });

  it('tells a project that is not yours from an empty one', async () => {
    const { page } = journey;
    await page.goto(`${journey.instance.url}/project/nobodys/traces`);
    await page.getByText('You have no project with this id').waitFor();
  });
});

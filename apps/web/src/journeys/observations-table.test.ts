import { expect, it } from 'vitest';
import { describeJourney, makeName } from './describe-journey';
import { makeChatTrace, makeTrace } from './sample-traces';

describeJourney('the table of observations', (journey) => {
  const { row } = journey;

  it('lists the observations of all traces; a row opens its trace at the observation', async () => {
    const { page } = journey;
    const name = makeName('observed');
    await journey.record(makeChatTrace(name));
    await page.goto(journey.urlOf('/observations', { q: `trace:${name}` }));
    await row('turn 3').waitFor();
    expect(await page.getByRole('row').filter({ hasText: 'turn' }).count()).toBe(3);
    await row('turn 2').click();
    await page.waitForURL(
      ({ searchParams }) =>
        searchParams.get('peek') === name && searchParams.get('observation') === `${name}-turn-2`,
    );
    await page.getByRole('heading', { name, level: 1 }).waitFor();
    const tree = page.getByRole('region', { name: 'Tree and timeline' });
    await expect
      .poll(() => tree.getByRole('treeitem', { selected: true }).textContent(), { timeout: 20_000 })
      .toContain('turn 2');
    // The next row, by key.
    await page.keyboard.press('k');
    await page.waitForURL(({ searchParams }) => searchParams.get('observation') === `${name}-turn-3`);
  });

  it('is narrowed by type and model, in the bar and in the sidebar', async () => {
    const { page } = journey;
    const mark = makeName('kinds');
    await journey.record(
      makeTrace(`${mark}-a`, { model: 'small-model', level: 'ERROR' }),
      makeTrace(`${mark}-b`, { model: 'large-model' }),
    );
    await page.goto(journey.urlOf('/observations', { q: mark }));
    await row('large-model').waitFor();
    const filters = page.getByRole('complementary', { name: 'Filters' });
    await filters.getByRole('checkbox', { name: 'Error' }).click();
    await page.waitForURL(({ searchParams }) => searchParams.get('q') === `${mark} level:ERROR`);
    await row('large-model').waitFor({ state: 'detached' });
    expect(await row('small-model').count()).toBe(1);
  });

  it('goes back and forth to traces with the range and what both understand', async () => {
    const { page } = journey;
    const mark = makeName('switch');
    await journey.record(makeTrace(`${mark}-a`, { userId: mark }));
    await page.goto(journey.urlOf('/traces', { q: `user:${mark} errors:0`, range: '7d' }));
    await row(`${mark}-a`).waitFor();
    const tables = page.getByRole('navigation', { name: 'Table' });
    await tables.getByRole('link', { name: 'Observations' }).click();
    // `errors` counts observations of a trace: an observation has none.
    await page.waitForURL(
      ({ pathname, searchParams }) =>
        pathname.endsWith('/observations') && searchParams.get('range') === '7d' && !searchParams.has('q'),
    );
    const bar = page.getByRole('combobox', { name: 'Search observations' });
    await bar.fill(`user:${mark}`);
    await page.keyboard.press('Enter');
    await row('call').waitFor();
    await tables.getByRole('link', { name: 'Traces' }).click();
    await page.waitForURL(
      ({ pathname, searchParams }) =>
        pathname.endsWith('/traces') && searchParams.get('q') === `user:${mark}`,
    );
    await row(`${mark}-a`).waitFor();
  });
});

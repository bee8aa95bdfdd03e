import { expect, it } from 'vitest';
import { describeJourney, makeName } from './describe-journey';
import { makeAgentTrace } from './sample-traces';

describeJourney('the timeline of a trace', (journey) => {
  it('shares selection, keys and search with the tree', async () => {
    const { page } = journey;
    const name = makeName('timeline');
    await journey.record(makeAgentTrace(name));
    await page.goto(journey.urlOf(`/traces/${name}`));
    await journey.spanRow('plan').waitFor();
    await page.keyboard.press('Shift+T');
    await page.waitForURL((url) => url.searchParams.get('view') === 'timeline');
    const timeline = page.getByRole('tree', { name: 'Timeline', exact: true });
    await timeline.locator('canvas').waitFor();
    await page.keyboard.press('e');
    const selected = timeline.getByRole('treeitem', { selected: true });
    await expect.poll(() => selected.textContent(), { timeout: 20_000 }).toContain('find_order');
    expect(await selected.textContent()).toContain('failed');
    await page.keyboard.press('k');
    await page.waitForURL((url) => url.searchParams.get('observation') === `${name}-plan`);
    // A click on the trace's own row, the first below the ruler.
    await timeline.click({ position: { x: 60, y: 36 } });
    await page.waitForURL((url) => !url.searchParams.has('observation'));
  });
});

import { expect, it } from 'vitest';
import { describeJourney, makeName } from './describe-journey';
import { makeAgentTrace } from './sample-traces';

describeJourney('the graph of a trace', (journey) => {
  it('shares selection and search with the tree, and is walked by keys', async () => {
    const { page } = journey;
    const name = makeName('graph');
    await journey.record(makeAgentTrace(name));
    await page.goto(journey.urlOf(`/traces/${name}`));
    await journey.spanRow('plan').waitFor();
    await page.keyboard.press('Shift+G');
    await page.waitForURL((url) => url.searchParams.get('view') === 'graph');
    const graph = page.getByRole('region', { name: 'Graph of the trace' });
    const node = (text: string) => graph.getByRole('button', { name: new RegExp(`^\\w+ ${text},`) });
    await node('plan').click();
    await page.waitForURL((url) => url.searchParams.get('observation') === `${name}-plan`);
    await node('find_order').focus();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.get('observation') === `${name}-find_order`);
    await expect
      .poll(() => node('find_order').getAttribute('aria-pressed'), { timeout: 20_000 })
      .toBe('true');
    await graph.getByRole('radio', { name: 'Expanded' }).click();
    await page.waitForURL((url) => url.searchParams.get('graph') === 'expanded');
    await graph.getByText('4 nodes, 4 edges').waitFor();
  });
});

import { expect, it } from 'vitest';
import { describeJourney, makeName } from './describe-journey';
import { makeAgentTrace } from './sample-traces';

describeJourney('the view of a trace', (journey) => {
  const { row, tree, spanRow, details } = journey;

  async function openAgentTrace(observation?: string): Promise<string> {
    const name = makeName('agent');
    await journey.record(makeAgentTrace(name));
    const query = observation ? { observation: `${name}-${observation}` } : undefined;
    await journey.page.goto(journey.urlOf(`/traces/${name}`, query));
    await journey.page.getByRole('heading', { name, level: 1 }).waitFor();
    return name;
  }

  it('shows the whole of it: tree, failure, messages, tool call', async () => {
    const { page } = journey;
    const name = await openAgentTrace();
    await spanRow('plan').waitFor();
    await page.keyboard.press('e');
    await page.waitForURL(new RegExp(`observation=${name}-find_order`));
    await details().getByText('The order service did not answer').waitFor();
    await spanRow('plan').click();
    await details().getByText('You are a support agent.').waitFor();
    await details().getByText('find_order').first().waitFor();
    expect(await details().textContent()).toContain('gpt-4o');
  });

  it('is walked and folded by keys', async () => {
    const { page } = journey;
    const name = await openAgentTrace();
    await spanRow('plan').waitFor();
    for (const part of ['agent', 'plan', 'find_order']) {
      await page.keyboard.press('j');
      await page.waitForURL(new RegExp(`observation=${name}-${part}`));
    }
    await page.keyboard.press('k');
    await page.waitForURL(new RegExp(`observation=${name}-plan`));
    await page.keyboard.press('[');
    await spanRow('plan').waitFor({ state: 'detached' });
    await page.keyboard.press(']');
    await spanRow('plan').waitFor();
  });

  it('finds words in it and hops between the hits', async () => {
    const { page } = journey;
    const name = await openAgentTrace();
    await spanRow('plan').waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('order');
    // The plan, which calls the tool of that name, and the tool.
    await page.getByText('–/2').waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`observation=${name}-plan`));
    await page.keyboard.press('n');
    await page.waitForURL(new RegExp(`observation=${name}-find_order`));
    await page.getByText('2/2').waitFor();
    await page.keyboard.press('N');
    await page.waitForURL(new RegExp(`observation=${name}-plan`));
  });

  it('opens the same from its link, in another window', async () => {
    const { page } = journey;
    await openAgentTrace('plan');
    await details().getByText('You are a support agent.').waitFor();
    const other = await journey.openSignedIn();
    await other.goto(page.url());
    await other
      .getByRole('region', { name: /^Details of/ })
      .getByText('You are a support agent.')
      .waitFor();
    await page.reload();
    await details().getByText('You are a support agent.').waitFor();
  });

  it('renders Markdown and fetches no image unasked', async () => {
    await openAgentTrace();
    await details().locator('strong', { hasText: 'way' }).waitFor();
    await details().getByRole('button', { name: 'Load image “pixel” from images.invalid' }).waitFor();
  });

  it('says when there is no such trace, and looks again', async () => {
    const { page } = journey;
    const name = makeName('late');
    await page.goto(journey.urlOf(`/traces/${name}`));
    await page.getByText('No trace has this id').waitFor();
    await journey.record(makeAgentTrace(name));
    await page.getByRole('button', { name: 'Look again' }).click();
    await page.getByRole('heading', { name, level: 1 }).waitFor();
  });

  it('says when there is no such observation in it', async () => {
    await openAgentTrace('unheard-of');
    await spanRow('plan').waitFor();
    await journey.page
      .getByText(/no observation/i)
      .first()
      .waitFor();
  });

  it('says when it cannot be loaded, and tries again', async () => {
    const { page } = journey;
    const name = makeName('cut-off');
    await journey.record(makeAgentTrace(name));
    const api = `**/api/v1/projects/*/traces/${name}`;
    await page.route(api, (route) => route.abort('connectionfailed'));
    await page.goto(journey.urlOf(`/traces/${name}`));
    await page.getByText('The trace could not be loaded').waitFor();
    await page.unroute(api);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('heading', { name, level: 1 }).waitFor();
  });

  it('is deleted only after asking', async () => {
    const { page } = journey;
    const name = await openAgentTrace();
    await page.getByRole('button', { name: 'Delete trace' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await tree().waitFor();
    await page.getByRole('button', { name: 'Delete trace' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete trace' }).click();
    await page.waitForURL(/\/traces$/);
    expect((await journey.instance.fetch(`/api/public/traces/${name}`)).status).toBe(404);
    await row(name).waitFor({ state: 'detached' });
  });

  it('fits a phone', async () => {
    const { page } = journey;
    await page.setViewportSize({ width: 390, height: 800 });
    await openAgentTrace();
    await spanRow('plan').waitFor();
    expect(await page.evaluate('document.documentElement.scrollWidth - window.innerWidth')).toBe(0);
  });
});

import { expect, it } from 'vitest';
import { describeJourney, makeName } from './describe-journey';
import { makeAgentTrace, makeTrace } from './sample-traces';

describeJourney('palette, keys and theme', (journey) => {
  const isDark = () => journey.page.evaluate("document.documentElement.classList.contains('dark')");
  const background = () => journey.page.evaluate('getComputedStyle(document.body).backgroundColor');

  it('jumps to a page with the palette', async () => {
    const { page } = journey;
    const name = makeName('palette');
    await journey.record(makeTrace(name));
    await journey.openTraces();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('settings');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/settings$/);
  });

  it('jumps to a trace by its id, from any page', async () => {
    const { page } = journey;
    const name = makeName('id4711');
    await journey.record(makeTrace(name));
    await page.goto(journey.urlOf('/settings'));
    await page.getByRole('heading', { name: 'API keys' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill(name);
    await page.keyboard.press('Enter');
    await page.waitForURL(new RegExp(`/traces/${name}$`));
    await page.getByRole('heading', { name, level: 1 }).waitFor();
  });

  it('closes the palette with escape and leaves everything as it was', async () => {
    const { page } = journey;
    await page.goto(journey.urlOf('/settings'));
    await page.getByRole('heading', { name: 'API keys' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('combobox').waitFor({ state: 'detached' });
    expect(page.url()).toBe(journey.urlOf('/settings'));
  });

  it('goes between pages by keys and tells which there are', async () => {
    const { page } = journey;
    await page.goto(journey.urlOf('/settings'));
    await page.getByRole('heading', { name: 'API keys' }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Search and commands').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.keyboard.press('g');
    await page.keyboard.press('t');
    await page.waitForURL(/\/traces/);
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.waitForURL(/\/settings$/);
  });

  it('turns dark by a key, and stays so', async () => {
    const { page } = journey;
    await page.goto(journey.urlOf('/settings'));
    await page.getByRole('heading', { name: 'API keys' }).waitFor();
    expect(await isDark()).toBe(false);
    const light = await background();
    await page.keyboard.press('t');
    await expect.poll(isDark).toBe(true);
    expect(await background()).not.toBe(light);
    await page.reload();
    expect(await isDark()).toBe(true);
    await page.keyboard.press('t');
    await expect.poll(isDark).toBe(false);
  });

  it.each(['light', 'dark'] as const)('shows every screen in %s as the system asks', async (colorScheme) => {
    const name = makeName(colorScheme);
    await journey.record(makeAgentTrace(name));
    const page = await journey.openSignedIn({ colorScheme });
    const dark = () => page.evaluate("document.documentElement.classList.contains('dark')");
    await page.goto(journey.urlOf('/traces', { q: name, peek: name, observation: `${name}-plan` }));
    await page
      .getByRole('region', { name: /^Details of/ })
      .getByText('You are a support agent.')
      .waitFor();
    expect(await dark()).toBe(colorScheme === 'dark');
    await page.goto(journey.urlOf(`/traces/${name}`));
    await page.getByRole('heading', { name, level: 1 }).waitFor();
    expect(await dark()).toBe(colorScheme === 'dark');
    await page.goto(journey.urlOf('/settings'));
    await page.getByText(journey.instance.publicKey).waitFor();
    const stranger = await journey.openWindow({ colorScheme });
    await stranger.goto(`${journey.instance.url}/sign-in`);
    await stranger.getByRole('heading', { name: 'Sign in to Tracewell' }).waitFor();
    // What went wrong on the way fails the test when it leaves.
  });
});

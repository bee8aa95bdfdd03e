import { expect, it } from 'vitest';
import { describeJourney, makeName } from './describe-journey';
import { makeTrace } from './sample-traces';

describeJourney('the table of sessions', (journey) => {
  const { row } = journey;

  it('lists sessions, is narrowed in the sidebar, and leads to the page of one', async () => {
    const { page } = journey;
    const name = makeName('talk');
    const [long, short] = [`${name} / long`, `${name} / short`];
    await journey.record(
      makeTrace(`${name}-1`, { sessionId: long, userId: `${name}-ada`, agoMs: 40_000 }),
      makeTrace(`${name}-2`, { sessionId: long, userId: `${name}-ada`, agoMs: 20_000, level: 'ERROR' }),
      makeTrace(`${name}-3`, { sessionId: short, userId: `${name}-bob`, agoMs: 30_000 }),
    );
    await page.goto(journey.urlOf('/traces'));
    await row(`${name}-1`).first().waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('e');
    await page.waitForURL(({ pathname }) => pathname.endsWith('/sessions'));
    await page.goto(journey.urlOf('/sessions', { q: name }));
    await row(long).waitFor();
    await row(short).waitFor();
    const filters = page.getByRole('complementary', { name: 'Filters' });
    await filters.getByRole('checkbox', { name: `${name}-ada` }).click();
    await row(short).waitFor({ state: 'detached' });
    expect(await row(long).count()).toBe(1);
    await row(long).getByText(`${name}-ada`).click();
    await page.getByRole('heading', { name: long, level: 1 }).waitFor();
    await page.getByText('2 traces', { exact: true }).waitFor();
    await page.goBack();
    await row(long).waitFor();
  });
});

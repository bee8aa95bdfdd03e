import { expect, it } from 'vitest';
import { describeJourney, makeName } from './describe-journey';
import { makeTrace } from './sample-traces';

const searches = (q: string) => (url: URL) => url.searchParams.get('q') === q;

describeJourney('the search language', (journey) => {
  const { row } = journey;
  const bar = () => journey.page.getByRole('combobox', { name: 'Search traces' });
  const option = (name: string) => journey.page.getByRole('option', { name });

  it('completes fields and values that were seen, by keys alone', async () => {
    const { page } = journey;
    const mark = makeName('complete');
    await journey.record(
      makeTrace(`${mark}-a`, { userId: `${mark} ann`, level: 'ERROR' }),
      makeTrace(`${mark}-b`, { userId: `${mark} bob` }),
    );
    await journey.openTraces({ q: mark });
    await row(`${mark}-b`).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.press('End');
    await page.keyboard.type(' use');
    await option('userId').waitFor();
    await page.keyboard.press('Tab');
    expect(await bar().inputValue()).toBe(`${mark} userId:`);
    await page.keyboard.type(`"${mark} an`);
    await option(`${mark} ann`).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForURL(searches(`${mark} userId:"${mark} ann"`));
    await row(`${mark}-b`).waitFor({ state: 'detached' });
    expect(await row(`${mark}-a`).count()).toBe(1);
    // What was typed is ticked in the sidebar.
    const filters = page.getByRole('complementary', { name: 'Filters' });
    await filters.getByRole('button', { name: /^User/ }).click();
    await expect
      .poll(() => filters.getByRole('checkbox', { name: `${mark} ann` }).getAttribute('aria-checked'), {
        timeout: 20_000,
      })
      .toBe('true');
  });

  it('understands OR, brackets, negation, comparisons and patterns', async () => {
    const { page } = journey;
    const mark = makeName('boolean');
    await journey.record(
      makeTrace(`${mark}-slow`, { latencyMs: 9_000 }),
      makeTrace(`${mark}-failed`, { level: 'ERROR' }),
      makeTrace(`${mark}-well`, { userId: 'ann' }),
    );
    await journey.openTraces();
    await row(`${mark}-well`).waitFor();
    const found = async (query: string, expected: string[]) => {
      await bar().fill(query);
      await page.keyboard.press('Enter');
      await page.waitForURL(searches(query));
      await expect
        .poll(
          async () => {
            const rows = await page.getByRole('row').filter({ hasText: mark }).allTextContents();
            return rows.map((text) => new RegExp(`${mark}-([a-z]+)`).exec(text)?.[1]).sort();
          },
          { timeout: 20_000 },
        )
        .toEqual(expected);
    };
    await found(`name:${mark}-* (latency:>5s OR level:error)`, ['failed', 'slow']);
    await found(`name:${mark}-* -level:ERROR`, ['slow', 'well']);
    await found(`${mark} -has:user latency:<5s`, ['failed']);
  });

  it('points at what is wrong, keeps the rows, and mends it on a click', async () => {
    const { page } = journey;
    const mark = makeName('wrong');
    await journey.record(makeTrace(`${mark}-a`, { level: 'ERROR' }), makeTrace(`${mark}-b`));
    await journey.openTraces({ q: mark });
    await row(`${mark}-b`).waitFor();
    await bar().fill(`${mark} levle:ERROR`);
    await page.keyboard.press('Enter');
    await page.getByText('There is no field levle').waitFor();
    expect(await bar().getAttribute('aria-invalid')).toBe('true');
    expect(await row(`${mark}-b`).count()).toBe(1);
    await page.getByRole('button', { name: 'level:', exact: true }).click();
    await page.waitForURL(searches(`${mark} level:ERROR`));
    await row(`${mark}-b`).waitFor({ state: 'detached' });
  });

  it('says of a query in a link that it cannot be understood, and where', async () => {
    const { page } = journey;
    await page.goto(journey.urlOf('/traces', { q: 'a OR' }));
    await page
      .getByText(/q, column \d+: Something is missing here/)
      .first()
      .waitFor();
  });
});

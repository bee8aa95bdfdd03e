import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { describeJourney, makeName } from './describe-journey';
import { makeTrace } from './sample-traces';

const searches = (q: string) => (url: URL) => url.searchParams.get('q') === q;

describeJourney('saved views, differences and exports', (journey) => {
  const { row } = journey;
  const bar = () => journey.page.getByRole('combobox', { name: 'Search traces' });

  it('saves what the table is set to, opens it again, and opens the table with it', async () => {
    const { page } = journey;
    const mark = makeName('view');
    await journey.record(makeTrace(`${mark}-bad`, { level: 'ERROR' }), makeTrace(`${mark}-good`));
    await journey.openTraces({ q: `${mark} level:ERROR`, sort: 'latency.desc', peek: `${mark}-bad` });
    await row(`${mark}-bad`).waitFor();
    await page.getByRole('button', { name: 'Saved views' }).click();
    await page.getByRole('menuitem', { name: 'Save this view…' }).click();
    await page.getByLabel('Name').fill(`${mark} errors`);
    await page.getByLabel('Open the table with it').check();
    await page.getByRole('button', { name: 'Save view' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    await page.goto(journey.urlOf('/traces'));
    await page.waitForURL(searches(`${mark} level:ERROR`));
    expect(new URL(page.url()).searchParams.get('sort')).toBe('latency.desc');
    expect(new URL(page.url()).searchParams.has('peek')).toBe(false);

    // What a link asks for goes before the default.
    await page.goto(journey.urlOf('/traces', { q: mark }));
    await row(`${mark}-good`).waitFor();
    await page.getByRole('button', { name: 'Saved views' }).click();
    await page.getByRole('menuitem', { name: `${mark} errors`, exact: true }).click();
    await page.waitForURL(searches(`${mark} level:ERROR`));
    await row(`${mark}-good`).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Saved views' }).click();
    await page.getByRole('menuitem', { name: `Delete ${mark} errors` }).click();
    await page.getByText('No saved view yet').waitFor();
  });

  it('says what sets failed traces apart, and narrows to it with one click', async () => {
    const { page } = journey;
    const mark = makeName('different');
    const traces = Array.from({ length: 24 }, (_, n) =>
      makeTrace(
        `${mark}-${n}`,
        n % 4
          ? { model: 'small-model', userId: `${mark}-user` }
          : { model: 'large-model', level: 'ERROR', userId: `${mark}-user`, latencyMs: 7_000 },
      ),
    );
    await journey.record(...traces);
    await journey.openTraces({ q: `user:${mark}-user` });
    await row(`${mark}-0`).first().waitFor();
    await page.getByRole('button', { name: 'What is different' }).click();
    const panel = page.getByRole('region', { name: 'What is different' });
    await panel.getByText('Failed ones').click();
    await panel.getByText('6 against 18 others').waitFor();
    await panel.getByText('Median latency').waitFor();
    await panel.getByRole('button', { name: /^large-model/ }).click();
    await page.waitForURL(searches(`user:${mark}-user model:large-model`));
    await row(`${mark}-3`).first().waitFor({ state: 'detached' });
  });

  it('exports all that the search means', async () => {
    const { page } = journey;
    const mark = makeName('export');
    await journey.record(
      makeTrace(`${mark}-a`, { input: '=1+1', userId: mark }),
      makeTrace(`${mark}-b`, { userId: mark }),
      makeTrace(`${mark}-other`),
    );
    await journey.openTraces();
    await bar().fill(`user:${mark}`);
    await page.keyboard.press('Enter');
    await row(`${mark}-other`).waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('menuitem', { name: 'CSV, for spreadsheets' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('traces.csv');
    const text = await readFile(await download.path(), 'utf8');
    expect(text.split('\r\n').filter((line) => line.includes(mark))).toHaveLength(2);
    expect(text).toContain("'=1+1");
  });
});

import type { Locator } from 'playwright-core';
import { expect, it } from 'vitest';
import { describeJourney, makeName } from './describe-journey';
import { makeTrace, type SampleFields } from './sample-traces';

const hourMs = 3_600_000;
const searches = (q: string) => (url: URL) => url.searchParams.get('q') === q;

describeJourney('filters of the table of traces', (journey) => {
  const { row } = journey;

  const facet = (label: string): Locator => {
    const filters = journey.page.getByRole('complementary', { name: 'Filters' });
    return filters
      .locator('section')
      .filter({ has: journey.page.getByRole('button', { name: new RegExp(`^${label}`) }) });
  };
  /** Opens the facet, looks the value up when it is not among the first, and ticks it. */
  async function choose(label: string, value: string): Promise<void> {
    const section = facet(label);
    const header = section.getByRole('button', { name: new RegExp(`^${label}`) });
    if ((await header.getAttribute('aria-expanded')) === 'false') await header.click();
    const box = section.getByRole('checkbox', { name: value, exact: true });
    const more = section.getByRole('button', { name: 'More, search…' });
    await box.or(more).first().waitFor();
    if ((await box.count()) === 0) {
      await more.click();
      await section.getByLabel(/^Search/).fill(value);
    }
    await box.click();
  }

  const cases: [label: string, parameter: string, of: (value: string) => SampleFields][] = [
    ['User', 'userId', (userId) => ({ userId })],
    ['Session', 'sessionId', (sessionId) => ({ sessionId })],
    ['Tags', 'tags', (tag) => ({ tags: ['every', tag] })],
    ['Model', 'model', (model) => ({ model })],
    ['Environment', 'environment', (environment) => ({ environment })],
  ];
  it.each(cases)('narrows by %s, in the URL too', async (label, parameter, of) => {
    const { page } = journey;
    const mark = makeName(parameter.toLowerCase());
    const value = `${mark}-value`;
    await journey.record(makeTrace(`${mark}-match`, of(value)), makeTrace(`${mark}-other`, of(`${mark}-no`)));
    await journey.openTraces({ q: mark });
    await row(`${mark}-other`).waitFor();
    await choose(label, value);
    await page.waitForURL(searches(`${mark} ${parameter}:${value}`));
    await row(`${mark}-other`).waitFor({ state: 'detached' });
    expect(await row(`${mark}-match`).count()).toBe(1);
    await page.reload();
    await row(`${mark}-match`).waitFor();
    expect(await row(`${mark}-other`).count()).toBe(0);
    await facet(label)
      .getByRole('button', { name: `Clear ${label}` })
      .click();
    await row(`${mark}-other`).waitFor();
  });

  it('narrows by name', async () => {
    const mark = makeName('name');
    await journey.record(makeTrace(`${mark}-match`), makeTrace(`${mark}-other`));
    await journey.openTraces({ q: mark });
    await row(`${mark}-other`).waitFor();
    await choose('Name', `${mark}-match`);
    await journey.page.waitForURL(searches(`${mark} name:${mark}-match`));
    await row(`${mark}-other`).waitFor({ state: 'detached' });
    expect(await row(`${mark}-match`).count()).toBe(1);
  });

  it('narrows by level, the worst of a trace', async () => {
    const mark = makeName('level');
    await journey.record(makeTrace(`${mark}-failed`, { level: 'ERROR' }), makeTrace(`${mark}-well`));
    await journey.openTraces({ q: mark });
    await row(`${mark}-well`).waitFor();
    await choose('Level', 'Error');
    await journey.page.waitForURL(searches(`${mark} level:ERROR`));
    await row(`${mark}-well`).waitFor({ state: 'detached' });
    expect(await row(`${mark}-failed`).count()).toBe(1);
  });

  it('leaves out what is excluded', async () => {
    const mark = makeName('excluded');
    const userId = `${mark}-user`;
    await journey.record(makeTrace(`${mark}-out`, { userId }), makeTrace(`${mark}-in`));
    await journey.openTraces({ q: `${mark} user:${userId}` });
    await row(`${mark}-out`).waitFor();
    await facet('User').getByRole('button', { name: /^User/ }).click();
    await facet('User')
      .getByRole('checkbox', { name: userId })
      .click({ modifiers: ['Alt'] });
    await row(`${mark}-in`).waitFor();
    await row(`${mark}-out`).waitFor({ state: 'detached' });
    await journey.page.waitForURL(searches(`${mark} -userId:${userId}`));
  });

  it('narrows by latency', async () => {
    const { page } = journey;
    const mark = makeName('latency');
    await journey.record(
      makeTrace(`${mark}-slow`, { latencyMs: 8_000 }),
      makeTrace(`${mark}-quick`, { latencyMs: 500 }),
    );
    await journey.openTraces({ q: mark });
    await row(`${mark}-quick`).waitFor();
    await page.getByLabel('Latency at least').fill('5');
    await page.keyboard.press('Enter');
    await page.waitForURL(searches(`${mark} latency:>=5`));
    await row(`${mark}-quick`).waitFor({ state: 'detached' });
    expect(await row(`${mark}-slow`).count()).toBe(1);
  });

  it('narrows by time, picked or typed', async () => {
    const { page } = journey;
    const mark = makeName('time');
    await journey.record(
      makeTrace(`${mark}-now`),
      makeTrace(`${mark}-earlier`, { agoMs: 2 * hourMs }),
      makeTrace(`${mark}-long-ago`, { agoMs: 50 * hourMs }),
    );
    await journey.openTraces({ q: mark });
    await row(`${mark}-earlier`).waitFor();
    expect(await row(`${mark}-long-ago`).count()).toBe(0);
    await page.getByRole('button', { name: /^Time range/ }).click();
    await page.getByRole('button', { name: '1 hour', exact: true }).click();
    await page.waitForURL(/range=1h/);
    await row(`${mark}-earlier`).waitFor({ state: 'detached' });
    expect(await row(`${mark}-now`).count()).toBe(1);
    await page.keyboard.press('r');
    await page.getByRole('textbox', { name: 'Type a time range' }).fill('3 days');
    await page.keyboard.press('Enter');
    await row(`${mark}-long-ago`).waitFor();
    await page.reload();
    await row(`${mark}-long-ago`).waitFor();
  });

  it('says when a range holds nothing, and looks at all time', async () => {
    const { page } = journey;
    const name = makeName('range');
    await journey.record(makeTrace(name));
    await journey.openTraces();
    await row(name).waitFor();
    await page.keyboard.press('r');
    await page.getByRole('textbox', { name: 'Type a time range' }).fill('2020-01-01');
    await page.keyboard.press('Enter');
    await page.getByText('No traces in “Jan 1”').waitFor();
    await page.getByRole('button', { name: 'Look at all time' }).click();
    await row(name).waitFor();
  });

  it.each<[string, (word: string) => SampleFields]>([
    ['input', (word) => ({ input: { question: `Where is ${word}?` } })],
    ['output', (word) => ({ output: `It is with ${word}.` })],
    ['user', (word) => ({ userId: word })],
  ])('searches text in the %s', async (place, of) => {
    const { page } = journey;
    const mark = makeName('text');
    const word = makeName('word');
    await journey.record(makeTrace(`${mark}-match`, of(word)), makeTrace(`${mark}-other`));
    await journey.openTraces();
    await row(`${mark}-other`).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type(word);
    await page.waitForURL(new RegExp(`q=${word}`));
    await row(`${mark}-other`).waitFor({ state: 'detached' });
    expect(await row(`${mark}-match`).count(), place).toBe(1);
    await page.getByRole('button', { name: 'Clear search' }).click();
    await row(`${mark}-other`).waitFor();
  });

  it('says when filters leave nothing, and clears them', async () => {
    const { page } = journey;
    const name = makeName('nothing');
    await journey.record(makeTrace(name));
    await page.goto(journey.urlOf('/traces', { q: `${makeName('unsaid')} level:WARNING` }));
    await page.getByText('No trace matches these filters').waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await row(name).waitFor();
    await page.waitForURL((url) => !url.searchParams.has('q'));
  });

  it('is the same view after a reload and from its link: filters, order, range, open trace', async () => {
    const mark = makeName('same');
    const fields = { userId: `${mark}-user`, level: 'ERROR' } as const;
    await journey.record(
      makeTrace(`${mark}-slow`, { ...fields, latencyMs: 9_000, agoMs: 30_000 }),
      makeTrace(`${mark}-quick`, { ...fields, latencyMs: 10, agoMs: 10_000 }),
      makeTrace(`${mark}-well`, { userId: fields.userId }),
      makeTrace(`${mark}-stranger`, { level: 'ERROR' }),
    );
    const url = journey.urlOf('/traces', {
      q: `${mark} level:ERROR user:${fields.userId}`,
      range: '1h',
      sort: 'latency.desc',
      peek: `${mark}-quick`,
      observation: `${mark}-quick-call`,
    });
    const look = async (page: typeof journey.page) => {
      await page.getByRole('heading', { name: `${mark}-quick`, level: 1 }).waitFor();
      await page
        .getByRole('row')
        .filter({ hasText: `${mark}-slow` })
        .waitFor();
      const rows = await page.getByRole('row').filter({ hasText: mark }).allTextContents();
      const selected = page.getByRole('treeitem', { selected: true });
      await selected.waitFor();
      return {
        rows: rows.map((text) => /same-[0-9a-f]{8}-[a-z]+/.exec(text)?.[0]),
        selected: /call/.test((await selected.textContent()) ?? ''),
        range: await page.getByRole('button', { name: /^Time range/ }).textContent(),
      };
    };
    const { page } = journey;
    await page.goto(url);
    const seen = await look(page);
    expect(seen).toMatchObject({ rows: [`${mark}-slow`, `${mark}-quick`], selected: true });
    await page.reload();
    expect(await look(page)).toEqual(seen);
    const other = await journey.openSignedIn();
    await other.goto(page.url());
    expect(await look(other)).toEqual(seen);
  });
});

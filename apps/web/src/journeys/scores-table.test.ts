import { expect, it } from 'vitest';
import { describeJourney, makeName } from './describe-journey';
import { makeTrace } from './sample-traces';

describeJourney('the table of scores', (journey) => {
  const { row } = journey;

  it('lists scores, is narrowed in the sidebar, and opens what a score judges', async () => {
    const { page } = journey;
    const name = makeName('judged');
    await journey.record(makeTrace(name));
    for (const body of [
      { name: `${name}-helpful`, value: 0.25, dataType: 'NUMERIC', comment: 'Too short.' },
      { name: `${name}-tone`, value: 'friendly', dataType: 'CATEGORICAL' },
    ]) {
      const answer = await journey.instance.fetch('/api/public/scores', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ traceId: name, ...body }),
      });
      expect(answer.status).toBe(200);
    }
    await page.goto(journey.urlOf('/scores', { q: `trace:${name}` }));
    await row(`${name}-helpful`).waitFor();
    await row('friendly').waitFor();
    const filters = page.getByRole('complementary', { name: 'Filters' });
    await filters.getByRole('checkbox', { name: `${name}-helpful` }).click();
    await row('friendly').waitFor({ state: 'detached' });
    expect(await row('0.25').filter({ hasText: 'Too short.' }).count()).toBe(1);
    await row('0.25').click();
    await page.waitForURL(({ searchParams }) => searchParams.get('peek') === name);
    await page.getByRole('heading', { name, level: 1 }).waitFor();
  });
});

import { expect, it } from 'vitest';
import { describeJourney, makeName } from './describe-journey';
import { makeTrace } from './sample-traces';

/** One test, as a project is empty only once. */
describeJourney('the first trace', (journey) => {
  it('shows an empty project how to send one with its own key, and notices it by itself', async () => {
    const { page, instance } = journey;
    await page.goto(journey.urlOf('/traces'));
    await page.getByRole('heading', { name: 'Send your first trace' }).waitFor();
    expect(await page.getByRole('tabpanel').textContent()).toContain(instance.publicKey);
    await page.getByRole('tab', { name: 'curl' }).click();
    expect(await page.getByRole('tabpanel').textContent()).toContain(`${instance.url}/api/public/ingestion`);
    const name = makeName('first');
    await journey.send(makeTrace(name));
    await journey.row(name).waitFor();
  });
});

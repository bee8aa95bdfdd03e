import { expect, it } from 'vitest';
import { describeJourney, makeName } from './describe-journey';
import { makeAgentTrace, makeTrace, type SampleTrace } from './sample-traces';

/** The same run, but for some of what it says. */
const change = (trace: SampleTrace, replace: (text: string) => string): SampleTrace => ({
  ...trace,
  events: trace.events.map((event) => JSON.parse(replace(JSON.stringify(event)))),
});

describeJourney('two traces side by side', (journey) => {
  it('are aligned by their steps, with the words that differ', async () => {
    const { page } = journey;
    const name = makeName('run');
    const other = change(makeAgentTrace(`${name}-b`), (text) =>
      text
        .replace('"name":"find_order","startTime"', '"name":"find_parcel","startTime"')
        .replace('You are a support agent.', 'You are a patient agent.'),
    );
    await journey.record(makeAgentTrace(`${name}-a`), other);
    await page.goto(journey.urlOf(`/traces/${name}-a`));
    await page.getByRole('link', { name: /Compare/ }).click();
    await page.getByRole('textbox').last().fill(`${name}-b`);
    await page.keyboard.press('Enter');
    const row = (step: string) => page.getByRole('row').filter({ hasText: step });
    await row('find_order').getByText('left only').waitFor();
    await row('find_parcel').getByText('right only').waitFor();
    await page.getByRole('button', { name: 'plan' }).click();
    await page.locator('ins', { hasText: 'patient' }).waitFor();
    await page.locator('del', { hasText: 'support' }).waitFor();
  });
});

describeJourney('a trace that is not over', (journey) => {
  it('is shown running, then ended, without being asked for again', async () => {
    const { page } = journey;
    const name = makeName('running');
    const ended = makeTrace(name, { agoMs: 3_000, latencyMs: 2_000 });
    const begun = change(ended, (text) => text.replace(/,"endTime":"[^"]+"/, ''));
    await journey.record(begun);
    await page.goto(journey.urlOf(`/traces/${name}`, { observation: `${name}-call` }));
    await journey
      .details()
      .getByText(/^running, \d+ s$/)
      .waitFor();
    const end = change(ended, (text) =>
      text.replace('generation-create', 'generation-update').replace(`${name}-call-event`, `${name}-end`),
    );
    await journey.send({ id: name, events: end.events.slice(1) });
    await journey.details().getByText('2.00 s').first().waitFor();
    expect(
      await journey
        .details()
        .getByText(/^running, /)
        .count(),
    ).toBe(0);
  });
});

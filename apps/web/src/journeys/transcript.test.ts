import { expect, it } from 'vitest';
import { describeJourney, makeName } from './describe-journey';
import { makeChatTrace, makeTrace } from './sample-traces';

describeJourney('the transcript of a trace', (journey) => {
  const transcript = () => journey.page.getByRole('region', { name: 'Transcript' });

  it('is the conversation as it grew: of each turn only what it added', async () => {
    const { page } = journey;
    const name = makeName('chat');
    await journey.record(makeChatTrace(name));
    await page.goto(journey.urlOf(`/traces/${name}`, { view: 'transcript' }));
    const turns = transcript().getByRole('listitem');
    await turns.nth(2).getByText('Rate limit reached').waitFor();
    expect(await turns.count()).toBe(3);
    await turns.nth(0).getByText('You are a patient travel agent.').waitFor();
    expect(await turns.nth(1).getByText('You are a patient travel agent.').count()).toBe(0);
    await turns.nth(1).getByText('In May.').waitFor();
    await turns.nth(1).getByText('find_flights').waitFor();
    await turns.nth(2).getByText('TP 571').waitFor();
    await turns.nth(2).getByRole('button', { name: '5 messages from before' }).click();
    await turns.nth(2).getByText('I want to see Lisbon.').waitFor();
    // A turn is an observation: the tree goes with it.
    await turns
      .nth(1)
      .getByRole('button', { name: /turn 2/ })
      .click();
    await page.waitForURL((url) => url.searchParams.get('observation') === `${name}-turn-2`);
    await expect
      .poll(
        () =>
          page
            .getByRole('region', { name: 'Tree and timeline' })
            .getByRole('treeitem', { selected: true })
            .textContent(),
        { timeout: 20_000 },
      )
      .toContain('turn 2');
  });

  it('is one key away, and says when no model was called', async () => {
    const { page } = journey;
    const name = makeName('plain');
    const trace = makeTrace(name);
    trace.events = trace.events.map((event) =>
      JSON.parse(JSON.stringify(event).replace('generation-create', 'span-create')),
    );
    await journey.record(trace);
    await page.goto(journey.urlOf(`/traces/${name}`));
    await page.getByRole('heading', { name, level: 1 }).waitFor();
    await page.keyboard.press('v');
    await page.getByText('No model was called').waitFor();
    await page.keyboard.press('v');
    await page.getByText('No model was called').waitFor({ state: 'detached' });
  });
});

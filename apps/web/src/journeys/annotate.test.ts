import { waitFor } from '@tracewell/testkit/instance';
import { expect, it } from 'vitest';
import { describeJourney, makeName } from './describe-journey';
import { makeAgentTrace } from './sample-traces';

describeJourney('writing on a trace', (journey) => {
  const { spanRow, details } = journey;

  async function open(): Promise<string> {
    const name = makeName('written');
    await journey.record(makeAgentTrace(name));
    await journey.page.goto(journey.urlOf(`/traces/${name}`));
    await spanRow('plan').waitFor();
    return name;
  }

  it('comments by keys, names a member, and counts it in the tree', async () => {
    const { page } = journey;
    await open();
    await details().getByLabel('New comment').waitFor();
    await page.keyboard.press('m');
    await page.keyboard.type('look @');
    await page.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
    await page.keyboard.type('**please**');
    await page.keyboard.press('Control+Enter');
    const comment = details().getByRole('list', { name: 'Comments' }).getByRole('listitem');
    await comment.getByText('please').waitFor();
    expect(await comment.locator('strong').count()).toBe(2);
    expect(await comment.textContent()).not.toContain('user:');
    await page.getByTitle('1 comment').waitFor();
    await comment.getByRole('button', { name: 'Delete comment' }).click();
    await comment.waitFor({ state: 'detached' });
  });

  it('scores by config and corrects the output; both are there after a reload', async () => {
    const { page, instance } = journey;
    const config = makeName('quality').slice(0, 30);
    const made = await instance.fetch('/api/public/score-configs', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ name: config, dataType: 'NUMERIC', minValue: 0, maxValue: 5 }),
    });
    expect(made.status, await made.text()).toBe(200);
    const name = await open();
    await spanRow('plan').click();
    const field = details().getByLabel(config, { exact: true });
    await field.waitFor();
    await page.keyboard.press('a');
    await field.fill('9');
    await details().getByText('at most 5').waitFor();
    await field.fill('4');
    await page.keyboard.press('Enter');
    await details()
      .getByRole('button', { name: `Take back ${config}` })
      .waitFor();
    await details().getByRole('button', { name: 'Correct the output' }).click();
    await details().getByRole('textbox', { name: 'Corrected output' }).fill('what it should say');
    await page.keyboard.press('Control+Enter');
    await details().getByRole('button', { name: 'Take back', exact: true }).waitFor();
    await waitFor('both scores in the tables', async () => {
      const answer = await instance.fetch(`/api/public/v3/scores?traceId=${name}`);
      return ((await answer.json()) as { data: unknown[] }).data.length === 2;
    });
    await page.reload();
    await details()
      .getByRole('button', { name: `Take back ${config}` })
      .waitFor();
    await details().getByLabel('Difference to the output').getByText('what it should say').waitFor();
  });

  it('publishes by link, and takes it back', async () => {
    const { page } = journey;
    const name = await open();
    await page.keyboard.press('Shift+P');
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    const link = await page.getByRole('textbox', { name: 'Link' }).inputValue();
    const stranger = await journey.openWindow();
    await waitFor('the published page', async () => {
      await stranger.goto(link);
      const state = stranger.getByRole('heading').first();
      await state.waitFor();
      return (await state.textContent()) === name;
    });
    expect(await stranger.locator('meta[name="robots"]').getAttribute('content')).toContain('noindex');
    await stranger.getByRole('button', { name: 'plan' }).click();
    await stranger.getByText('You are a support agent.').waitFor();
    await page.getByRole('button', { name: 'Take back', exact: true }).click();
    await waitFor('the page to be gone', async () => {
      await stranger.goto(link);
      const gone = stranger.getByText('Nothing is published here');
      await gone.or(stranger.getByRole('heading', { name })).first().waitFor();
      return gone.isVisible();
    });
  });
});

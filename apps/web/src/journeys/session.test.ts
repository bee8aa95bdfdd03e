import { expect, it } from 'vitest';
import { describeJourney, makeName } from './describe-journey';
import { makeTrace } from './sample-traces';

describeJourney('a session', (journey) => {
  const turns = () => journey.page.getByRole('region', { name: 'Conversation' }).getByRole('listitem');

  it('is one conversation over its traces, each with what it added, and opens them', async () => {
    const { page } = journey;
    const name = makeName('chat');
    const sessionId = `${name} / session`;
    const said = [
      { role: 'user', content: 'Is the library open?' },
      { role: 'assistant', content: 'Until eight.' },
      { role: 'user', content: 'And on Sunday?' },
    ];
    await journey.record(
      makeTrace(`${name}-1`, {
        sessionId,
        userId: 'ada',
        agoMs: 40_000,
        input: said.slice(0, 1),
        output: said[1],
      }),
      makeTrace(`${name}-2`, { sessionId, userId: 'ada', agoMs: 20_000, input: said, level: 'ERROR' }),
      makeTrace(`${name}-other`, { sessionId: `${name} / another` }),
    );
    await page.goto(journey.urlOf(`/traces/${name}-1`));
    await page.getByRole('link', { name: `Session ${sessionId}` }).click();
    await page.getByRole('heading', { name: sessionId, level: 1 }).waitFor();
    await turns().nth(1).getByText('And on Sunday?').waitFor();
    expect(await turns().count()).toBe(2);
    await turns().nth(0).getByText('Until eight.').waitFor();
    expect(await turns().nth(1).getByText('Is the library open?').count()).toBe(0);
    await turns().nth(1).getByRole('button', { name: '2 messages from before' }).click();
    await turns().nth(1).getByText('Is the library open?').waitFor();
    await page.getByText('2 traces', { exact: true }).waitFor();
    await page.getByText('1 failed', { exact: true }).waitFor();

    await turns()
      .nth(0)
      .getByRole('button', { name: new RegExp(`${name}-1`) })
      .click();
    await page.getByRole('heading', { name: `${name}-1`, level: 1 }).waitFor();
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: `${name}-2`, level: 1 }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: `${name}-2`, level: 1 }).waitFor({ state: 'detached' });
  });

  it('grows while it is looked at, and reads on as it is scrolled', async () => {
    const { page } = journey;
    const name = makeName('long');
    const traceOf = (n: number) =>
      makeTrace(`${name}-${n}`, {
        sessionId: name,
        agoMs: (40 - n) * 1_000,
        input: `Question ${n} of ${name}`,
        output: `Answer ${n} of ${name}`,
      });
    await journey.record(...Array.from({ length: 15 }, (_, n) => traceOf(n)));
    await page.goto(journey.urlOf(`/sessions/${name}`));
    await page.getByText(`Answer 0 of ${name}`).waitFor();
    await page.getByText('15 traces', { exact: true }).waitFor();
    await journey.record(traceOf(16));
    await page.getByText('16 traces', { exact: true }).waitFor();
    await expect
      .poll(async () => {
        await turns().last().scrollIntoViewIfNeeded();
        return turns().count();
      })
      .toBe(16);
    await turns().last().getByText(`Answer 16 of ${name}`).waitFor();
  });

  it('says when no trace names it', async () => {
    await journey.page.goto(journey.urlOf(`/sessions/${makeName('nobody')}`));
    await journey.page.getByText('No trace names this session').waitFor();
  });
});

import { waitFor } from '@tracewell/testkit/instance';
import { expect, it } from 'vitest';
import { describeJourney, makeName } from './describe-journey';
import { makeTrace } from './sample-traces';

describeJourney('changes to many traces', (journey) => {
  const { row } = journey;
  const bar = () => journey.page.getByRole('toolbar', { name: 'Picked traces' });
  const box = (name: string) => journey.page.getByRole('checkbox', { name: `Pick ${name}` });
  const exists = async (id: string) => (await journey.instance.fetch(`/api/public/traces/${id}`)).ok;

  /** Traces of these names, newest first, in a table of nothing else. */
  async function openTable(kind: string, count: number): Promise<{ mark: string; names: string[] }> {
    const mark = makeName(kind);
    const names = Array.from({ length: count }, (_, n) => `${mark}-${n}`);
    await journey.record(...names.map((name, n) => makeTrace(name, { agoMs: 10_000 + n * 1_000 })));
    await journey.openTraces({ q: mark });
    for (const name of names) await row(name).waitFor();
    return { mark, names };
  }

  async function askForDeletion(): Promise<void> {
    await bar().getByRole('button', { name: 'Delete' }).click();
    await journey.page.getByRole('button', { name: 'Delete traces' }).click();
    await journey.page.getByText('About to delete 2 traces').waitFor();
    await bar().waitFor({ state: 'detached' });
  }

  it('deletes the picked traces, unless it is cancelled in time', async () => {
    const { page } = journey;
    const { names } = await openTable('delete', 3);
    const [first, second, third] = names as [string, string, string];
    await box(first).click();
    await box(second).click();
    expect(new URL(page.url()).searchParams.has('peek')).toBe(false);
    await bar().getByText('2 picked').waitFor();
    await askForDeletion();
    await page.getByRole('button', { name: 'Cancel', exact: true }).click();
    await page.getByText('Cancelled: nothing was deleted').waitFor();
    expect(await Promise.all(names.map(exists))).toEqual([true, true, true]);

    await page.keyboard.press('j');
    await page.keyboard.press('x');
    await box(second).click();
    await askForDeletion();
    await page.getByText('Deleted 2 traces').waitFor({ timeout: 40_000 });
    await row(first).waitFor({ state: 'detached' });
    await row(second).waitFor({ state: 'detached' });
    expect(await row(third).count()).toBe(1);
    expect(await Promise.all(names.map(exists))).toEqual([false, false, true]);
  }, 90_000);

  it('picks ranges, all that is loaded, and lets go with escape', async () => {
    const { page } = journey;
    const { names } = await openTable('range', 4);
    await box(names[0]!).click();
    await box(names[2]!).click({ modifiers: ['Shift'] });
    await bar().getByText('3 picked').waitFor();
    await page.getByRole('checkbox', { name: 'Pick all rows' }).click();
    await bar().getByText('4 picked').waitFor();
    await page.keyboard.press('Escape');
    await bar().waitFor({ state: 'detached' });
    expect(await box(names[0]!).getAttribute('aria-checked')).toBe('false');
  });

  it('adds all that match to an annotation queue, and takes them out again', async () => {
    const { page } = journey;
    const { mark, names } = await openTable('queue', 3);
    const call = async (path: string, body: unknown): Promise<{ id: string }> => {
      const answer = await journey.instance.fetch(path, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect(answer.status).toBe(200);
      return (await answer.json()) as { id: string };
    };
    const config = await call('/api/public/score-configs', { name: mark, dataType: 'BOOLEAN' });
    const queue = await call('/api/public/annotation-queues', { name: mark, scoreConfigIds: [config.id] });
    const listItems = async () => {
      const answer = await journey.instance.fetch(`/api/public/annotation-queues/${queue.id}/items`);
      const { data } = (await answer.json()) as { data: { objectId: string }[] };
      return data.map(({ objectId }) => objectId).sort();
    };
    await box(names[0]!).click();
    await bar().getByRole('button', { name: 'All that match' }).click();
    await bar().getByText('All 3 picked').waitFor();
    await bar().getByRole('button', { name: 'Add to annotation queue' }).click();
    await page.getByRole('menuitem', { name: mark }).click();
    await page.getByText('Added 3 traces to the queue').waitFor();
    expect(await listItems()).toEqual([...names].sort());
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('Undone: the queue is as it was').waitFor();
    await waitFor('an empty queue', async () => (await listItems()).length === 0);
  }, 60_000);
});

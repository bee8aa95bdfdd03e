import { expect, it } from 'vitest';
import { describeJourney, makeName } from './describe-journey';

describeJourney('API keys', (journey) => {
  /** Makes a key on the open settings page, and leaves its secret on show. */
  async function createKey(note: string) {
    const { page } = journey;
    await page.getByRole('button', { name: 'Create key' }).click();
    await page.getByLabel('Note').fill(note);
    await page.keyboard.press('Enter');
    const lines = (await page.getByRole('dialog').locator('pre').textContent()) ?? '';
    const find = (pattern: RegExp) => pattern.exec(lines)?.[0] ?? '';
    return { publicKey: find(/pk-lf-[^"\s]+/), secretKey: find(/sk-lf-[^"\s]+/) };
  }
  const statusWith = async ({ publicKey, secretKey }: { publicKey: string; secretKey: string }) => {
    const authorization = `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`;
    return (await fetch(`${journey.instance.url}/api/public/projects`, { headers: { authorization } }))
      .status;
  };

  it('makes a key that works, and shows its secret once', async () => {
    const { page } = journey;
    const note = makeName('made');
    await page.goto(journey.urlOf('/settings'));
    const key = await createKey(note);
    expect(await statusWith(key)).toBe(200);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.getByRole('cell', { name: note }).waitFor();
    await page.reload();
    await page.getByRole('cell', { name: note }).waitFor();
    expect(await page.content()).toContain(key.publicKey);
    expect(await page.content()).not.toContain(key.secretKey);
  });

  it('deletes a key only after asking, and then it opens nothing', async () => {
    const { page } = journey;
    const note = makeName('doomed');
    await page.goto(journey.urlOf('/settings'));
    const key = await createKey(note);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.getByRole('button', { name: `Delete ${key.publicKey}` }).click();
    await page.keyboard.press('Escape');
    expect(await statusWith(key)).toBe(200);
    await page.getByRole('button', { name: `Delete ${key.publicKey}` }).click();
    await page.getByRole('button', { name: 'Delete key' }).click();
    await page.getByRole('cell', { name: note }).waitFor({ state: 'detached' });
    expect(await statusWith(key)).toBe(401);
  });

  it('says so when the keys cannot be loaded, and tries again', async () => {
    const { page, instance } = journey;
    const keys = '**/api/v1/projects/*/api-keys';
    await page.route(keys, (route) => route.abort('connectionfailed'));
    await page.goto(journey.urlOf('/settings'));
    await page.getByText('The API keys could not be loaded').waitFor();
    await page.unroute(keys);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(instance.publicKey).waitFor();
  });
});

import { type Instance, startInstance } from '@tracewell/testkit/instance';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hasBrowser, launchBrowser, type Misconduct, watchPage } from './open-browser';
import { makeAgentTrace, makeAnswerTrace, type SampleTrace } from './sample-traces';

/**
 * A person's first hour, in a real browser on the built product: sign in, send a trace, find it, read it, make
 * a key, delete what was sent. The steps build on each other, as hers do.
 */
let instance: Instance;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let misconduct: Misconduct;

beforeAll(async () => {
  if (!hasBrowser) return;
  [instance, browser] = await Promise.all([startInstance(), launchBrowser()]);
  context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  page = await context.newPage();
  page.setDefaultTimeout(20_000);
  misconduct = watchPage(page, instance.url);
});
afterAll(async () => {
  await browser?.close();
  await instance?.dispose();
});

const send = async ({ events }: SampleTrace) => {
  const answer = await instance.fetch('/api/public/ingestion', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ batch: events }),
  });
  expect(answer.status).toBe(207);
};
const row = (name: string) => page.getByRole('row').filter({ hasText: name });
const tree = () => page.getByRole('tree', { name: 'Observations' });
const details = () => page.getByRole('region', { name: /^Details of/ });

describe.skipIf(!hasBrowser)('exploring traces', () => {
  it('asks a stranger to sign in, and remembers where they wanted to go', async () => {
    await page.goto(`${instance.url}/project/any/settings`);
    await page.waitForURL(/\/sign-in\?next=%2Fproject%2Fany%2Fsettings/);
    await page.getByText('prints a one-time sign-in link').waitFor();
  });

  it('shows an empty project how to send a trace with its own key', async () => {
    await page.goto(instance.signInUrl);
    await page.getByRole('heading', { name: 'Send your first trace' }).waitFor();
    expect(await page.getByRole('tabpanel').textContent()).toContain(instance.publicKey);
    await page.getByRole('tab', { name: 'curl' }).click();
    expect(await page.getByRole('tabpanel').textContent()).toContain(`${instance.url}/api/public/ingestion`);
  });

  it('notices the first trace by itself', async () => {
    await send(makeAnswerTrace('journey-answer', Date.now() - 60_000));
    await row('answer').waitFor();
  });

  it('lets new traces in while nothing is read', async () => {
    await send(makeAgentTrace('journey-agent', Date.now() - 30_000));
    await row('support-agent').waitFor();
    expect(await row('support-agent').textContent()).toContain('Where is my order?');
  });

  it('opens a trace by keyboard beside the table, and closes it again', async () => {
    await page.getByRole('grid', { name: 'Traces' }).focus();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForURL(/peek=journey-agent/);
    await page.getByRole('heading', { name: 'support-agent', level: 1 }).waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => !url.searchParams.has('peek'));
  });

  it('shows the whole of a trace: tree, failure, messages, tool call', async () => {
    await row('support-agent').click();
    await tree().getByRole('treeitem').filter({ hasText: 'plan' }).waitFor();
    await page.keyboard.press('e');
    await page.waitForURL(/observation=journey-agent-find_order/);
    await details().getByText('The order service did not answer').waitFor();
    await tree().getByRole('treeitem').filter({ hasText: 'plan' }).click();
    await details().getByText('You are a support agent.').waitFor();
    await details().getByText('find_order').first().waitFor();
    expect(await details().textContent()).toContain('gpt-4o');
  });

  it('opens the same view from its link', async () => {
    const link = page.url();
    const second = await context.newPage();
    await second.goto(link);
    await second
      .getByRole('region', { name: 'Details of the observation' })
      .getByText('You are a support agent.')
      .waitFor();
    await second.close();
  });

  it('renders Markdown and fetches no image unasked', async () => {
    await tree().getByRole('treeitem').first().click();
    await details().locator('strong', { hasText: 'way' }).waitFor();
    await details().getByRole('button', { name: 'Load image “pixel” from images.invalid' }).waitFor();
    expect(misconduct.outsideRequests).toEqual([]);
  });

  it('searches, filters and keeps both in the URL', async () => {
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await page.keyboard.type('order');
    await page.waitForURL(/q=order/);
    await row('answer').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Clear search' }).click();
    await row('answer').waitFor();
    await page.getByRole('checkbox', { name: 'Error' }).click();
    await page.waitForURL(/level=ERROR/);
    await row('answer').waitFor({ state: 'detached' });
    await page.reload();
    await row('support-agent').waitFor();
    expect(await row('answer').count()).toBe(0);
    await page.getByRole('button', { name: 'Clear all' }).click();
    await row('answer').waitFor();
  });

  it('says when filters leave nothing, and takes a typed range', async () => {
    await page.keyboard.press('r');
    await page.getByRole('textbox', { name: 'Type a time range' }).fill('2020-01-01');
    await page.keyboard.press('Enter');
    await page.getByText('No traces in “Jan 1”').waitFor();
    await page.getByRole('button', { name: 'Look at all time' }).click();
    await row('support-agent').waitFor();
  });

  it('jumps anywhere with the palette', async () => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox').fill('settings');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/settings$/);
  });

  it('makes a key that works, shows its secret once, and deletes it', async () => {
    await page.getByRole('button', { name: 'Create key' }).click();
    await page.getByLabel('Note').fill('Journey');
    await page.keyboard.press('Enter');
    const lines = (await page.getByRole('dialog').locator('pre').textContent()) ?? '';
    const [publicKey, secretKey] = [/pk-lf-[^"]+/, /sk-lf-[^"]+/].map(
      (pattern) => pattern.exec(lines)?.[0] ?? '',
    );
    const authorization = `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`;
    const projects = () => fetch(`${instance.url}/api/public/projects`, { headers: { authorization } });
    expect((await projects()).status).toBe(200);
    await page.getByRole('button', { name: 'I have copied it' }).click();
    await page.reload();
    await page.getByText('Journey').waitFor();
    expect(await page.content()).not.toContain(secretKey);
    await page.getByRole('button', { name: `Delete ${publicKey}` }).click();
    await page.getByRole('button', { name: 'Delete key' }).click();
    await page.getByRole('cell', { name: 'Journey' }).waitFor({ state: 'detached' });
  });

  it('deletes a trace only after asking', async () => {
    await page.getByRole('link', { name: 'Traces' }).first().click();
    await row('answer').click();
    await page.getByRole('button', { name: 'Delete trace' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete trace' }).click();
    await row('answer').waitFor({ state: 'detached' });
    await row('support-agent').waitFor();
  });

  it('is readable in the dark and on a phone', async () => {
    await page.keyboard.press('t');
    await page.setViewportSize({ width: 390, height: 800 });
    await row('support-agent').click();
    await page.getByRole('heading', { name: 'support-agent', level: 1 }).waitFor();
    const overflow = await page.evaluate('document.documentElement.scrollWidth - window.innerWidth');
    expect(overflow).toBe(0);
  });

  it('signs out', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL(/\/sign-in/);
    await page.goto(`${instance.url}/`);
    await page.waitForURL(/\/sign-in/);
  });

  it('did all this without an error of its own or a call to another host', () => {
    expect(misconduct).toEqual({ errors: [], outsideRequests: [] });
  });
});

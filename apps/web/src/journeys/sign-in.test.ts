import { expect, it } from 'vitest';
import { describeJourney } from './describe-journey';

describeJourney(
  'signing in and out',
  (journey) => {
    const enterCredentials = async (password: string) => {
      const { page, owner } = journey;
      await page.getByLabel('Email').fill(owner.email);
      await page.getByLabel('Password').fill(password);
      await page.getByRole('button', { name: 'Sign in' }).click();
    };

    it('asks a stranger to sign in, says how, and leads to where they wanted to go', async () => {
      const { page, owner } = journey;
      await page.goto(journey.urlOf('/settings'));
      await page.waitForURL(/\/sign-in\?next=%2Fproject%2F.+%2Fsettings/);
      await page.getByText('prints a one-time sign-in link').waitFor();
      await enterCredentials(owner.password);
      await page.waitForURL(/\/project\/[^/]+\/settings$/);
      await page.getByRole('heading', { name: 'API keys' }).waitFor();
    });

    it('says when email and password do not belong together', async () => {
      const { page, owner } = journey;
      await page.goto(`${journey.instance.url}/sign-in`);
      await enterCredentials('not the password');
      await page.getByText('Email and password do not belong together').waitFor();
      await enterCredentials(owner.password);
      await page.waitForURL(/\/project\/[^/]+\/traces/);
    });

    it('signs out, and then shows nothing more', async () => {
      const { page, owner } = journey;
      await page.goto(`${journey.instance.url}/sign-in`);
      await enterCredentials(owner.password);
      await page.getByRole('button', { name: 'Account' }).click();
      await page.getByRole('menuitem', { name: 'Sign out' }).click();
      await page.waitForURL(/\/sign-in/);
      await page.goto(journey.urlOf('/traces'));
      await page.waitForURL(/\/sign-in/);
      expect(await page.getByRole('grid').count()).toBe(0);
    });

    it('leads back to signing in when the session ends under an open page', async () => {
      const { page, owner } = journey;
      await page.goto(journey.urlOf('/settings'));
      await enterCredentials(owner.password);
      await page.getByRole('heading', { name: 'API keys' }).waitFor();
      await page.context().clearCookies();
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Traces' }).click();
      await page.waitForURL(/\/sign-in\?next=/);
    });
  },
  { stranger: true, password: true },
);

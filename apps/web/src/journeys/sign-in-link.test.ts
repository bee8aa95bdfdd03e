import { it } from 'vitest';
import { describeJourney } from './describe-journey';

describeJourney(
  'the sign-in link of the terminal',
  (journey) => {
    it('signs in without a password, once', async () => {
      const { page, instance } = journey;
      await page.goto(instance.signInUrl);
      await page.waitForURL(/\/project\/[^/]+\/traces/);
      await page.getByRole('heading', { name: 'Send your first trace' }).waitFor();
      const other = await journey.openWindow();
      await other.goto(instance.signInUrl);
      await other.getByText('This sign-in link was used already').waitFor();
    });
  },
  { stranger: true },
);

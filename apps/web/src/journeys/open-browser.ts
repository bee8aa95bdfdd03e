import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';

/** The system's Chromium, in a window that calls nobody by itself. */
const places = [
  process.env.TRACEWELL_CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];
const quiet = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const executablePath = places.find((place) => place !== undefined && existsSync(place));

/** Without a Chromium the journeys are left out, and the run says so. In CI that is a failure. */
export const hasBrowser = executablePath !== undefined || Boolean(process.env.CI);

export function launchBrowser(): Promise<Browser> {
  if (!executablePath) {
    throw new Error('No Chromium was found. Install one, or name it in TRACEWELL_CHROMIUM.');
  }
  return chromium.launch({ executablePath, args: quiet });
}

/** What a page must never do: fail in its own code, or ask another host for anything. */
export interface Misconduct {
  errors: string[];
  outsideRequests: string[];
}

export function watchPage(page: Page, origin: string): Misconduct {
  const seen: Misconduct = { errors: [], outsideRequests: [] };
  page.on('pageerror', (error) => seen.errors.push(String(error)));
  page.on('console', (message) => {
    // A refused request is an answer the screen shows; what it logs is the browser's, not ours.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      seen.errors.push(message.text());
    }
  });
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(origin) && !/^(data|blob|about):/.test(url)) seen.outsideRequests.push(url);
  });
  return seen;
}

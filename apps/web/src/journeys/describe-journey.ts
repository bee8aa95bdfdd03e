import { randomUUID } from 'node:crypto';
import { type Instance, startInstance, waitFor } from '@tracewell/testkit/instance';
import type { Browser, BrowserContext, BrowserContextOptions, Cookie, Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect } from 'vitest';
import { hasBrowser, launchBrowser, type Misconduct, watchPage } from './open-browser';
import type { SampleTrace } from './sample-traces';

const owner = { email: 'owner@journey.test', password: 'a password for journeys only' };
const passwordSettings = {
  TRACEWELL_INIT_USER_EMAIL: owner.email,
  TRACEWELL_INIT_USER_PASSWORD: owner.password,
};

export interface JourneyOptions {
  /** Each test begins as a stranger and signs in by itself; otherwise as the owner. */
  stranger?: true;
  /** The owner has a password, and the terminal prints no link. */
  password?: true;
}

/**
 * Tests of one journey, in a real browser on the built product. They share an instance that is started for the
 * file, and the owner's session; each gets a browser window of its own, sends what it looks at under names that
 * nobody else has, and fails when the page had an error of its own or called another host.
 */
export function describeJourney(
  name: string,
  define: (journey: Journey) => void,
  options: JourneyOptions = {},
): void {
  if (!hasBrowser) {
    process.stderr.write(
      `\nLEFT OUT: the browser journey “${name}”, as no Chromium was found. Install one, or name it in TRACEWELL_CHROMIUM.\n`,
    );
  }
  describe.skipIf(!hasBrowser)(name, () => {
    const journey = new Journey(options);
    beforeAll(() => journey.start());
    afterAll(() => journey.stop());
    beforeEach(() => journey.enter());
    afterEach(() => journey.leave());
    define(journey);
  });
}

export class Journey {
  readonly owner = owner;
  #instance: Instance | undefined;
  #browser: Browser | undefined;
  #page: Page | undefined;
  #contexts: BrowserContext[] = [];
  #misconduct: Misconduct[] = [];
  #projectId = '';
  #session: Cookie[] = [];

  constructor(private readonly options: JourneyOptions) {}

  get instance(): Instance {
    return present(this.#instance, 'instance');
  }
  get page(): Page {
    return present(this.#page, 'page');
  }

  async start(): Promise<void> {
    const starting = [
      startInstance(this.options.password && { env: passwordSettings }).then((instance) => {
        this.#instance = instance;
      }),
      launchBrowser().then((browser) => {
        this.#browser = browser;
      }),
    ];
    await Promise.allSettled(starting);
    await Promise.all(starting);
    const answer = await this.instance.fetch('/api/public/projects');
    this.#projectId = ((await answer.json()) as { data: { id: string }[] }).data[0]!.id;
    if (!this.options.stranger) await this.#signIn();
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    await this.#instance?.dispose();
  }

  async enter(): Promise<void> {
    this.#page = await (this.options.stranger ? this.openWindow() : this.openSignedIn());
  }

  async leave(): Promise<void> {
    const misconduct = this.#misconduct;
    for (const context of this.#contexts) await context.close();
    this.#contexts = [];
    this.#misconduct = [];
    for (const seen of misconduct) expect(seen).toEqual({ errors: [], outsideRequests: [] });
  }

  /** A window that knows nothing of any other: no cookies, no settings. */
  async openWindow(options: BrowserContextOptions = {}): Promise<Page> {
    const context = await present(this.#browser, 'browser').newContext({
      viewport: { width: 1400, height: 900 },
      ...options,
    });
    this.#contexts.push(context);
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    this.#misconduct.push(watchPage(page, this.instance.url));
    return page;
  }

  /** A window that knows nothing but the owner's session. */
  async openSignedIn(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.openWindow(options);
    await page.context().addCookies(this.#session);
    return page;
  }

  urlOf(path: string, query: Record<string, string> = {}): string {
    const search = new URLSearchParams(query).toString();
    return `${this.instance.url}/project/${this.#projectId}${path}${search && `?${search}`}`;
  }

  /** Sends traces and waits until they can be read, so that what is asked for next has them. */
  async record(...traces: SampleTrace[]): Promise<void> {
    for (const trace of traces) await this.send(trace);
    for (const { id, events } of traces) {
      await waitFor(`trace ${id}`, async () => {
        const answer = await this.instance.fetch(`/api/public/traces/${id}`);
        const { observations } = (await answer.json()) as { observations?: unknown[] };
        return observations?.length === events.length - 1;
      });
    }
  }

  async send({ events }: SampleTrace): Promise<void> {
    const answer = await this.instance.fetch('/api/public/ingestion', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ batch: events }),
    });
    expect(((await answer.json()) as { errors: unknown[] }).errors).toEqual([]);
  }

  /** Opens the table of traces; `q` narrows it to what the test itself has sent. */
  async openTraces(query: Record<string, string> = {}): Promise<void> {
    await this.page.goto(this.urlOf('/traces', query));
    await this.grid().waitFor();
  }

  /** The link works once and signing in is slowed down, so the session of the file is got here. */
  async #signIn(): Promise<void> {
    const page = await this.openWindow();
    await page.goto(this.instance.signInUrl);
    await page.waitForURL(/\/project\//);
    this.#session = await page.context().cookies();
    await this.leave();
  }

  grid = (): Locator => this.page.getByRole('grid', { name: 'Traces' });
  row = (text: string): Locator => this.page.getByRole('row').filter({ hasText: text });
  tree = (): Locator => this.page.getByRole('tree', { name: 'Observations' });
  spanRow = (text: string): Locator => this.tree().getByRole('treeitem').filter({ hasText: text });
  details = (): Locator => this.page.getByRole('region', { name: /^Details of/ });
}

/** A name that no other test has, fit for an id, a tag and an environment. */
export const makeName = (kind: string): string => `${kind}-${randomUUID().slice(0, 8)}`;

function present<Value>(value: Value | undefined, name: string): Value {
  if (value === undefined) throw new Error(`This journey has no ${name} yet.`);
  return value;
}

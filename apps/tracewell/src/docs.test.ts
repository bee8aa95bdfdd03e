import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Instance, startInstance } from '@tracewell/testkit/instance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { docsFolder, readPages } from './docs-pages';
import { isPythonMissing, runPage } from './docs-run';

/** Every example of the documentation, run as it stands there against a started instance; each page in its own project. */
const pages = readPages();
const adminKey = 'the-admin-key-of-the-docs-test';
let instance: Instance;
let organizationKey: string;

beforeAll(async () => {
  instance = await startInstance({ env: { TRACEWELL_ADMIN_API_KEY: adminKey } });
  const { organizations } = await ask<{ organizations: [{ id: string }] }>('/api/admin/organizations');
  const { publicKey, secretKey } = await ask<Key>(
    `/api/admin/organizations/${organizations[0].id}/apiKeys`,
    {},
  );
  organizationKey = `Basic ${Buffer.from(`${publicKey}:${secretKey}`).toString('base64')}`;
});
afterAll(() => instance?.dispose());

interface Key {
  publicKey: string;
  secretKey: string;
}

async function ask<Answer>(path: string, body?: object): Promise<Answer> {
  const response = await instance.fetch(path, {
    headers: {
      authorization: path.startsWith('/api/admin/') ? `Bearer ${adminKey}` : organizationKey,
      'content-type': 'application/json',
    },
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path} answers ${response.status}: ${await response.text()}`);
  return (await response.json()) as Answer;
}

async function createProject(name: string): Promise<Key> {
  const { id } = await ask<{ id: string }>('/api/public/projects', { name, retention: 0 });
  return ask(`/api/public/projects/${id}/apiKeys`, {});
}

describe(`the examples${isPythonMissing ? ' (those in Python left out: not installed)' : ''}`, () => {
  it.each(pages.filter(({ examples }) => examples.length > 0).map((page) => [page.name, page] as const))(
    'of docs/%s print what the page shows',
    async (name, page) => {
      const { publicKey, secretKey } = await createProject(name);
      await runPage(page, {
        LANGFUSE_BASE_URL: instance.url,
        LANGFUSE_PUBLIC_KEY: publicKey,
        LANGFUSE_SECRET_KEY: secretKey,
        TRACEWELL_ADMIN_API_KEY: adminKey,
      });
    },
    300_000,
  );
});

describe('the links', () => {
  const linksOf = (text: string) => [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link]) => link!);

  it('to other files lead somewhere', () => {
    const dead = pages.flatMap(({ name, text }) =>
      linksOf(text)
        .filter((link) => !/^https?:|^#/.test(link))
        .filter((link) => !existsSync(join(docsFolder, link.replace(/#.*/, ''))))
        .map((link) => `${name}: ${link}`),
    );
    expect(dead).toEqual([]);
  });

  it('to the API reference name what stands there', async () => {
    const reference = await (await instance.fetch('/api/reference')).text();
    const prefix = 'http://localhost:3000/api/reference#';
    const dead = pages.flatMap(({ name, text }) =>
      linksOf(text)
        .filter((link) => link.startsWith(prefix))
        .filter((link) => !reference.includes(`id="${link.slice(prefix.length)}"`))
        .map((link) => `${name}: ${link}`),
    );
    expect(dead).toEqual([]);
  });

  it('of the index name every page', () => {
    const index = linksOf(pages.find(({ name }) => name === 'README.md')!.text);
    expect(
      pages.map(({ name }) => name).filter((name) => name !== 'README.md' && !index.includes(name)),
    ).toEqual([]);
  });
});

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LangfuseAPIClient } from '@langfuse/core';
import { type MoveSettings, moveProject, type Report } from '@tracewell/move';
import { type Instance, startInstance, waitFor } from '@tracewell/testkit/instance';
import { Langfuse } from 'langfuse';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fillProject } from './fill-project';

/**
 * A project moves whole. No server of another maker can run in a test: one Tracewell, filled by the published SDKs,
 * stands for it, and a proxy before it makes it broken, slow or of another age.
 */
const adminApiKey = 'an admin key that nobody else has';
let from: Instance;
let to: Instance;
let organization: LangfuseAPIClient;
let folder: string;

beforeAll(async () => {
  [from, to] = await Promise.all([startInstance(), startInstance({ env: { ADMIN_API_KEY: adminApiKey } })]);
  folder = mkdtempSync(join(tmpdir(), 'tracewell-move-test-'));
  await fillProject(from, { traces: 120, items: 12 });
  organization = await createOrganization();
});
afterAll(async () => {
  await Promise.all([from?.dispose(), to?.dispose()]);
  if (folder) rmSync(folder, { recursive: true, force: true });
});

async function createOrganization(): Promise<LangfuseAPIClient> {
  const admin = async (path: string, body: unknown) => {
    const response = await to.fetch(`/api/admin/organizations${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { authorization: `Bearer ${adminApiKey}`, 'content-type': 'application/json' },
    });
    return (await response.json()) as { id: string; publicKey: string; secretKey: string };
  };
  const { id } = await admin('', { name: 'Movers' });
  const key = await admin(`/${id}/apiKeys`, {});
  return new LangfuseAPIClient({ environment: to.url, username: key.publicKey, password: key.secretKey });
}

type End = MoveSettings['to'];
const source = (url = from.url): End => ({ url, publicKey: from.publicKey, secretKey: from.secretKey });

/** An empty project to move to. */
async function createTarget(name: string): Promise<End> {
  const project = await organization.projects.create({ name, retention: 0 });
  const { publicKey, secretKey } = await organization.projects.createApiKey(project.id, {});
  return { url: to.url, publicKey, secretKey };
}

const pauses: string[] = [];
const deps = {
  progress: { step: () => {}, say: (text: string) => void pauses.push(text) },
  client: { pauseMs: 20 },
};
const move = (target: End, changes: Partial<MoveSettings> = {}): Promise<Report> =>
  moveProject(
    {
      from: source(),
      to: target,
      only: [],
      since: null,
      until: null,
      isDryRun: false,
      pageSize: 50,
      sampleSize: 12,
      reads: null,
      stateFile: null,
      directory: folder,
      ...changes,
    },
    deps,
  );

const numbersOf = (report: Report) =>
  Object.fromEntries(report.counts.map(({ noun, there, here }) => [noun, [there, here]]));

function expectEqual(report: Report): void {
  expect(report.findings.filter(({ kind }) => kind !== 'by-hand')).toEqual([]);
  for (const count of report.counts) expect(count).toMatchObject({ different: [], here: count.there });
  expect(report.isEqual).toBe(true);
}

/** Lists of a project that show when something was written again: by ids, versions and times of change. */
const configured = [
  'models',
  'v2/prompts',
  'v2/datasets',
  'dataset-items',
  'comments',
  'annotation-queues',
].concat(['unstable/dashboards', 'unstable/dashboard-widgets']);
/** Of these the content: when it was received last is noted anew. */
const received = ['score-configs', 'traces?fields=core,io,observations,scores', 'observations', 'v2/scores'];

type Content = Record<string, unknown>;
type ContentPage = { data: Content[]; meta: { totalPages: number } };

async function fingerprintOf(end: End): Promise<unknown> {
  const authorization = `Basic ${Buffer.from(`${end.publicKey}:${end.secretKey}`).toString('base64')}`;
  const readAll = async (path: string) => {
    const items: Content[] = [];
    for (let page = 1, pages = 1; page <= pages; page++) {
      const address = `${end.url}/api/public/${path}${path.includes('?') ? '&' : '?'}limit=100&page=${page}`;
      const answer = await fetch(address, { headers: { authorization } });
      expect(answer.status, path).toBe(200);
      const { data, meta } = (await answer.json()) as ContentPage;
      items.push(...data);
      pages = meta.totalPages;
    }
    return items;
  };
  // Equal times have no order.
  const sorted = (items: Content[]) =>
    items
      .map(({ createdAt: _, updatedAt: __, observations = [], scores = [], ...content }) => ({
        ...content,
        observations: [...(observations as string[])].sort(),
        scores: [...(scores as string[])].sort(),
      }))
      .sort((a, b) => String((a as Content).id).localeCompare(String((b as Content).id)));
  return {
    configured: await Promise.all(configured.map(readAll)),
    received: await Promise.all(received.map(async (path) => sorted(await readAll(path)))),
  };
}

type Intervene = (path: string, request: number) => number | 'pass' | 'drop' | 'cut' | 'wait';

/** A proxy before the source that does to some requests what networks and busy servers do. */
async function startProxy(intervene: Intervene): Promise<{ url: string; close(): void; requests(): number }> {
  let requests = 0;
  const server: Server = createServer((request, response) => {
    void serve(request, response, intervene(request.url ?? '', ++requests)).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
    requests: () => requests,
  };
}

async function serve(request: IncomingMessage, response: ServerResponse, what: ReturnType<Intervene>) {
  if (what === 'drop') return void request.socket.destroy();
  if (typeof what === 'number') {
    response.writeHead(what, {
      'content-type': 'application/json',
      ...(what === 429 && { 'retry-after': '0' }),
    });
    return void response.end(JSON.stringify({ message: `the proxy says ${what}` }));
  }
  if (what === 'wait') await new Promise((resolve) => setTimeout(resolve, 50));
  const answer = await fetch(`${from.url}${request.url}`, {
    headers: { authorization: request.headers.authorization! },
  });
  const body = Buffer.from(await answer.arrayBuffer());
  response.writeHead(answer.status, {
    'content-type': answer.headers.get('content-type') ?? 'application/json',
    'content-length': body.length,
  });
  if (what !== 'cut') return void response.end(body);
  response.write(body.subarray(0, Math.floor(body.length / 2)));
  setTimeout(() => response.destroy(), 10);
}

describe('a move', { timeout: 400_000 }, () => {
  it('counts both ends first and writes nothing', async () => {
    const target = await createTarget('dry');
    const before = await fingerprintOf(target);
    const report = await move(target, { isDryRun: true });
    expect(numbersOf(report)).toMatchObject({
      traces: [133, 0],
      'versions of prompts': [5, 0],
      'items of datasets': [11, 0],
      scores: [259, 0],
    });
    expect(await fingerprintOf(target)).toEqual(before);
  });

  it('makes both ends equal, and changes nothing when it is done again, with or without its notes', async () => {
    const target = await createTarget('whole');
    const report = await move(target, { sampleSize: 400 });
    expectEqual(report);
    expect(report.counts.every(({ there }) => there! > 0)).toBe(true);
    expect(report.counts.find(({ noun }) => noun === 'observations')!.compared).toBeGreaterThan(300);
    expect([...report.lines()].join('\n')).toContain(
      'llm-connections: enter our openai (openai), key ...9876; models ft:gpt-4o:ours',
    );

    const before = await fingerprintOf(target);
    expectEqual(await move(target));
    expect(await fingerprintOf(target)).toEqual(before);
    expectEqual(await move(target, { stateFile: 'another-state.json' }));
    expect(await fingerprintOf(target)).toEqual(before);

    // And it does see what is not the same: an old trace that somebody has renamed here.
    const renamed = await renameOldestTrace(target);
    const tampered = await move(target, { sampleSize: 400, only: ['traces'] });
    expect(tampered.counts[0]).toMatchObject({ noun: 'traces', different: [`${renamed}: name`] });
    expect(tampered.isEqual).toBe(false);
  });

  it('is complete when it was killed in the middle and started again', async () => {
    const target = await createTarget('killed');
    const proxy = await startProxy(() => 'wait');
    try {
      const stateFile = 'killed.json';
      const child = startCommand(proxy.url, target, '--state', stateFile);
      const exited = new Promise((resolve) => child.once('exit', resolve));
      // Into the traces, after all that is configured.
      await waitFor('the traces', async () => (await countTraces(target)) > 0);
      child.kill('SIGKILL');
      await exited;
      expect(await countTraces(target)).toBeLessThan(133);
      expectEqual(await move(target, { from: source(proxy.url), stateFile }));
    } finally {
      proxy.close();
    }
  });

  it('survives a source that limits, fails, cuts and drops', async () => {
    const target = await createTarget('rough');
    const faults = [429, 500, 'drop', 'cut', 503, 429, 429] as const;
    const seen = new Set<unknown>();
    const proxy = await startProxy((_, request) => {
      if (request % 5 !== 0) return 'pass';
      const fault = faults[(request / 5) % faults.length]!;
      seen.add(fault);
      return fault;
    });
    try {
      expectEqual(await move(target, { from: source(proxy.url) }));
      expect(seen.size).toBe(5);
    } finally {
      proxy.close();
    }
  });

  it('reads a server that has given up its lists of traces, and names what it has not', async () => {
    const target = await createTarget('newest');
    const gone = /^\/api\/public\/(traces|observations|datasets\/|dataset-run-items|comments|unstable)/;
    const proxy = await startProxy((path) => (gone.test(path) ? 404 : 'pass'));
    try {
      const report = await move(target, { from: source(proxy.url) });
      const absent = report.findings.filter(({ kind }) => kind === 'absent').map(({ noun }) => noun);
      expect(absent).toEqual(['comments', 'dashboards']);
      for (const count of report.counts) expect(count).toMatchObject({ different: [], here: count.there });
      expect(report.isEqual).toBe(true);
    } finally {
      proxy.close();
    }
  });

  it('says what differs, and ends with 1', async () => {
    const target = await createTarget('other');
    const client = new LangfuseAPIClient({
      environment: target.url,
      username: target.publicKey,
      password: target.secretKey,
    });
    await client.prompts.create({ type: 'text', name: 'gaps', prompt: 'mine' } as never);
    await client.prompts.create({ type: 'text', name: 'z/tone', prompt: 'mine' } as never);
    const child = startCommand(from.url, target, '--only', 'prompts');
    let output = '';
    child.stdout!.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(1);
    expect(output).toContain('prompts: z/tone version 1: Tracewell has another text under that number');
    expect(output).toContain('The two ends differ.');
  });

  it('says at once which keys or address are wrong', async () => {
    const target = await createTarget('unknown');
    const wrong = { ...source(), secretKey: 'sk-lf-wrong' };
    await expect(move(target, { from: wrong })).rejects.toThrow('refuses the keys of --from');
    await expect(move({ ...target, url: 'http://127.0.0.1:9' })).rejects.toThrow(
      'Is the address of --to right?',
    );
    await expect(move(source(), { from: source() })).rejects.toThrow('there is nothing to move');
  });

  it('moves a part of the time', async () => {
    const target = await createTarget('part');
    const since = new Date(Date.now() - 50 * 3_600_000);
    const report = await move(target, { since, only: ['traces', 'comments'] });
    expect(numbersOf(report).traces![0]).toBeLessThan(60);
    expect(report.counts.find(({ noun }) => noun === 'observations')).toMatchObject({ different: [] });
    expect(report.isEqual).toBe(true);

    // What runs and comments speak of is older: left out, said, and no difference.
    const later = await move(target, { since: new Date(), only: ['dataset-runs', 'comments'] });
    expect(later.findings.map(({ kind }) => kind)).toContain('left-out');
    expect(later.isEqual).toBe(true);
  });
});

async function renameOldestTrace(end: End): Promise<string> {
  const client = new Langfuse({ baseUrl: end.url, publicKey: end.publicKey, secretKey: end.secretKey });
  const { data } = await client.fetchTraces({ limit: 1, orderBy: 'timestamp.asc' });
  const [{ id, timestamp } = { id: '', timestamp: '' }] = data;
  client.trace({ id, timestamp: new Date(timestamp), name: 'renamed' });
  await client.shutdownAsync();
  await waitFor('the new name', async () => (await client.fetchTrace(id)).data.name === 'renamed');
  return id;
}

const entry = join(dirname(fileURLToPath(import.meta.url)), '..', '..', 'dist', 'main.js');

/** The command as a person runs it. */
function startCommand(url: string, target: End, ...args: string[]): ChildProcess {
  return spawn(process.execPath, [entry, 'move', '--from', url, '--page-size', '10', ...args], {
    env: {
      ...process.env,
      INIT_CWD: folder,
      FROM_LANGFUSE_PUBLIC_KEY: from.publicKey,
      FROM_LANGFUSE_SECRET_KEY: from.secretKey,
      LANGFUSE_BASE_URL: target.url,
      LANGFUSE_PUBLIC_KEY: target.publicKey,
      LANGFUSE_SECRET_KEY: target.secretKey,
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
}

async function countTraces(end: End): Promise<number> {
  const answer = await fetch(`${end.url}/api/public/traces?limit=1`, {
    headers: {
      authorization: `Basic ${Buffer.from(`${end.publicKey}:${end.secretKey}`).toString('base64')}`,
    },
  });
  return ((await answer.json()) as { meta: { totalItems: number } }).meta.totalItems;
}

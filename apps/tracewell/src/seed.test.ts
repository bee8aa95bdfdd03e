import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Instance, startInstance } from '@tracewell/testkit/instance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const entry = join(import.meta.dirname, '..', 'dist', 'main.js');
const traces = 60;

let instance: Instance;
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance?.dispose());

/** Without keys of the environment: `npm run seed` beside `npm start`. */
async function runSeed(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(LANGFUSE|TRACEWELL)_/.test(name)),
  );
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, [entry, 'seed', ...args], { env });
    return { code: 0, stdout, stderr };
  } catch (error) {
    return error as { code: number; stdout: string; stderr: string };
  }
}

interface Page<Item> {
  data: Item[];
  meta: { totalItems: number };
}
interface Generation {
  model: string;
  level: string;
  calculatedTotalCost: number;
  promptId: string | null;
  timeToFirstToken: number | null;
  input: unknown;
}

async function get<Answer = Page<{ id: string }>>(path: string): Promise<Answer> {
  const answer = await instance.fetch(`/api/public${path}`);
  expect(answer.status, path).toBe(200);
  return answer.json() as Promise<Answer>;
}

describe('tracewell seed', () => {
  it('fills the project of what runs on a data folder, and all of it can be read', async () => {
    const { code, stdout, stderr } = await runSeed(
      ...['--data-dir', instance.dataDirectory, '--traces', String(traces), '--days', '3', '--seed', '5'],
    );
    expect({ code, stderr: code === 0 ? '' : stderr }).toEqual({ code: 0, stderr: '' });
    const said = /has (\d+) traces with (\d+) observations and (\d+) scores/.exec(stdout)!;
    const [, tracesSaid, observationsSaid, scoresSaid] = said.map(Number);
    expect(tracesSaid).toBeGreaterThan(traces);

    await expect.poll(async () => (await get('/traces?limit=1')).meta.totalItems).toBe(tracesSaid);
    await expect
      .poll(async () => (await get('/observations?limit=1')).meta.totalItems)
      .toBe(observationsSaid);
    await expect.poll(async () => (await get('/v2/scores?limit=1')).meta.totalItems).toBe(scoresSaid);

    const generations = (await get<Page<Generation>>('/observations?type=GENERATION&limit=100')).data;
    for (const { model, calculatedTotalCost, level } of generations)
      if (level !== 'ERROR') expect(calculatedTotalCost, model).toBeGreaterThan(0);
    expect(generations.some(({ promptId }) => promptId !== null)).toBe(true);
    expect(generations.some(({ timeToFirstToken }) => (timeToFirstToken ?? 0) > 0)).toBe(true);

    const [photo] = (await get<Page<Generation>>('/observations?name=read-digits&limit=1')).data;
    const mediaId = /\|id=([\w-]{22})\|/.exec(JSON.stringify(photo!.input))![1];
    const { url, contentType } = await get<{ url: string; contentType: string }>(`/media/${mediaId}`);
    expect(contentType).toBe('image/png');
    const file = Buffer.from(await (await fetch(new URL(url, instance.url))).arrayBuffer());
    expect(file.subarray(1, 4).toString()).toBe('PNG');

    expect((await get('/v2/prompts')).meta.totalItems).toBe(4);
    expect((await get('/datasets/triage%2Fgolden/runs')).meta.totalItems).toBe(3);
    const [queue] = (await get('/annotation-queues')).data;
    expect((await get(`/annotation-queues/${queue!.id}/items`)).meta.totalItems).toBeGreaterThan(0);
    expect((await get('/sessions?limit=1')).meta.totalItems).toBeGreaterThan(5);
  });

  it('refuses a wrong key before it sends anything', async () => {
    const { code, stderr } = await runSeed(
      ...['--base-url', instance.url, '--public-key', instance.publicKey, '--secret-key', 'sk-lf-wrong'],
    );
    expect(code).toBe(1);
    expect(stderr).toContain(`does not know the key ${instance.publicKey}, or its secret is another`);
    expect(stderr).toContain('Nothing was sent');
  });

  it('says that nothing runs on a folder', async () => {
    const { code, stderr } = await runSeed('--data-dir', join(instance.dataDirectory, 'nothing-here'));
    expect(code).toBe(1);
    expect(stderr).toContain('Nothing runs on the data folder');
  });
});

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Instance, startInstance, waitFor } from '@tracewell/testkit/instance';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

/** What a person sees of `tracewell start` when all goes well and when it does not. */
const entry = join(dirname(fileURLToPath(import.meta.url)), '..', 'dist', 'main.js');
const start = (...args: string[]) =>
  spawnSync(process.execPath, [entry, 'start', ...args], {
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '' },
    timeout: 60_000,
  });

/** Processes whose command line or environment names the folder. */
function processesOn(folder: string): string[] {
  return execFileSync('ps', ['-eo', 'pid,args'], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => line.includes(folder) && !line.includes('ps -eo'));
}
const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

let instance: Instance;
beforeAll(async () => {
  instance = await startInstance();
});
afterAll(() => instance?.dispose());

describe('tracewell start', () => {
  it('prints where it is, a link to sign in once, and the lines an SDK needs', async () => {
    expect(instance.output()).toContain('Tracewell is ready');
    expect(await (await fetch(`${instance.url}/api/public/health`)).json()).toMatchObject({ status: 'OK' });
    const first = await fetch(instance.signInUrl, { redirect: 'manual' });
    expect(first.status).toBe(302);
    expect(first.headers.get('set-cookie')).toContain('session');
    const second = await fetch(instance.signInUrl, { redirect: 'manual' });
    expect(second.headers.get('location')).toContain('/sign-in');
    const projects = await instance.fetch('/api/public/projects');
    expect(projects.status).toBe(200);
  });

  it('keeps a second process off the folder, and goes on itself', async () => {
    const second = start('--port', '0', '--data-dir', instance.dataDirectory);
    expect(second.status).toBe(1);
    expect(second.stderr).toMatch(/is running on the data folder .* already/);
    expect(second.stderr).not.toMatch(/\n\s+at /);
    expect((await instance.fetch('/api/public/health')).status).toBe(200);
  });

  it('says that a port is in use', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const folder = mkdtempSync(join(tmpdir(), 'tracewell-port-'));
    const result = start('--port', String(port), '--data-dir', folder);
    expect(result.stderr).toContain(`Port ${port} on 127.0.0.1 is in use`);
    expect(result.stderr).not.toMatch(/\n\s+at /);
    server.close();
    rmSync(folder, { recursive: true });
  });

  it('says that a folder is damaged, and changes nothing in it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tracewell-damaged-'));
    writeFileSync(join(folder, 'format.json'), '{"formatV');
    const result = start('--port', '0', '--data-dir', folder);
    expect(result.status).toBe(1);
    expect(result.stderr).toMatch(/is damaged: format.json cannot be read/);
    expect(readFileSync(join(folder, 'format.json'), 'utf8')).toBe('{"formatV');
    rmSync(folder, { recursive: true });
  });

  it('starts a child again that was killed', async () => {
    const { web } = instance.pids();
    process.kill(web, 'SIGKILL');
    await waitFor('the web to answer again', async () => {
      const response = await fetch(`${instance.url}/api/public/health`).catch(() => null);
      return response?.ok && instance.pids().web !== web;
    });
  });

  it('ends wholly on Ctrl-C, keeps its keys, and starts again after the launcher was killed', async () => {
    const { dataDirectory } = instance;
    const pids = Object.values(instance.pids());
    expect(await instance.stop()).toBe(0);
    expect(pids.filter(isAlive)).toEqual([]);
    expect(processesOn(dataDirectory)).toEqual([]);

    const again = await startInstance({ dataDirectory });
    expect(again.secretKey).toBe(instance.secretKey);
    process.kill(again.pids().launcher, 'SIGKILL');

    instance = await startInstance({ dataDirectory });
    expect(instance.publicKey).toBe(again.publicKey);
    expect((await instance.fetch('/api/public/projects')).status).toBe(200);
  });
});

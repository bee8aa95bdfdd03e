import { execFile, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeRelational } from '../conformance';
import { openPostgres } from '../postgres';
import { findBinaries } from './binaries';
import { EmbeddedPostgresFailed } from './failure';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './launch';

const root = mkdtempSync(join(tmpdir(), 'tracewell-postgres-'));
/** A cluster that was made once and stopped cleanly: what each test starts from a copy of. */
const template = join(root, 'template');

beforeAll(async () => {
  const server = await startEmbeddedPostgres({ directory: template });
  await server.stop();
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

let serial = 0;
function fresh(): string {
  const directory = join(root, `copy-${serial++}`);
  cpSync(template, directory, { recursive: true, preserveTimestamps: true, mode: 0, filter: () => true });
  return directory;
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query({ text: sql, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

describe('relational', () => {
  let server: EmbeddedPostgres;
  beforeAll(async () => {
    server = await startEmbeddedPostgres({ directory: fresh() });
  });
  afterAll(() => server?.stop());
  describeRelational('The embedded Postgres', () => openPostgres({ url: server.url }));

  it('listens on loopback alone and asks for the password', async () => {
    expect(new URL(server.url).hostname).toBe('127.0.0.1');
    expect(await ask(server.url, 'SHOW listen_addresses')).toEqual(['127.0.0.1']);
    const guess = new URL(server.url);
    guess.password = 'guess';
    await expect(ask(guess.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('keeps what it acknowledges through a loss of power, and little memory', async () => {
    expect(
      await ask(
        server.url,
        "SELECT setting FROM pg_settings WHERE name IN ('fsync','synchronous_commit','full_page_writes') ORDER BY name",
      ),
    ).toEqual(['on', 'on', 'on']);
    expect(await ask(server.url, 'SHOW shared_buffers')).toEqual(['32MB']);
    expect(await ask(server.url, 'SHOW max_connections')).toEqual(['60']);
  });
});

describe('the embedded Postgres', () => {
  it('keeps its password to its owner, and its data and password across starts', async () => {
    const directory = fresh();
    expect(statSync(join(directory, 'password')).mode & 0o077).toBe(0);
    const first = await startEmbeddedPostgres({ directory, database: 'a-b' });
    await ask(first.url, 'CREATE TABLE t AS SELECT 7 AS n');
    await first.stop();
    expect(await first.exited).toEqual({ code: 0, signal: null });
    const second = await startEmbeddedPostgres({ directory, database: 'a-b' });
    expect(await ask(second.url, 'SELECT n FROM t')).toEqual([7]);
    expect(new URL(second.url).password).toBe(new URL(first.url).password);
    await second.stop();
  });

  it('begins again after a start that was cut off while the data was made', async () => {
    const directory = join(root, 'cut-off');
    mkdirSync(join(directory, 'data.new'), { recursive: true });
    writeFileSync(join(directory, 'data.new', 'half'), 'half');
    const server = await startEmbeddedPostgres({ directory });
    expect(await ask(server.url, 'SELECT 1')).toEqual([1]);
    await server.stop();
  });

  it('loses nothing acknowledged when it is killed, and starts again by itself', async () => {
    const directory = fresh();
    let server = await startEmbeddedPostgres({ directory });
    await ask(server.url, 'CREATE TABLE t (n int)');
    for (let round = 0; round < 2; round += 1) {
      const before = await ask(server.url, 'SELECT n FROM t');
      const client = new pg.Client({ connectionString: server.url });
      client.on('error', () => {});
      await client.connect();
      const acknowledged: number[] = [];
      const writing = (async () => {
        for (let n = round * 10_000; ; n += 1) {
          await client.query('INSERT INTO t VALUES ($1)', [n]);
          acknowledged.push(n);
          if (acknowledged.length === 30) killPostgres(directory);
        }
      })();
      await expect(writing).rejects.toThrow();
      const { code } = await server.exited;
      expect(code).not.toBe(0);
      expect(existsSync(join(directory, 'data', 'postmaster.pid'))).toBe(true);
      server = await startEmbeddedPostgres({ directory });
      const found = new Set(await ask(server.url, 'SELECT n FROM t'));
      expect([...before, ...acknowledged].filter((n) => !found.has(n))).toEqual([]);
    }
    await server.stop();
  });

  it('starts over a lock file whose process is another program now', async () => {
    const directory = fresh();
    const own = `${process.pid}`;
    writeFileSync(
      join(directory, 'data', 'postmaster.pid'),
      `${own}\n${join(directory, 'data')}\n1\n1\n\n\n\n`,
    );
    const server = await startEmbeddedPostgres({ directory });
    await server.stop();
  });

  it('leaves no orphan when its launcher is killed', async () => {
    const directory = fresh();
    const launch = new URL('./launch.ts', import.meta.url).href;
    const code = `const { startEmbeddedPostgres } = await import(${JSON.stringify(launch)});
      const server = await startEmbeddedPostgres({ directory: ${JSON.stringify(directory)} });
      console.log('ready');
      setInterval(() => {}, 1000);`;
    const launcher = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', code], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => launcher.stdout.once('data', resolve));
    const pid = postmasterPid(directory);
    expect(isAlive(pid)).toBe(true);
    launcher.kill('SIGKILL');
    await expect.poll(() => isAlive(pid), { timeout: 20_000 }).toBe(false);
    // It was told to stop, not cut off: the lock file is gone.
    expect(existsSync(join(directory, 'data', 'postmaster.pid'))).toBe(false);
  });

  it('gives its folder to one server at a time', async () => {
    const directory = fresh();
    const server = await startEmbeddedPostgres({ directory });
    await expect(startEmbeddedPostgres({ directory })).rejects.toMatchObject({ reason: 'in-use' });
    expect(await ask(server.url, 'SELECT 1')).toEqual([1]);
    await server.stop();
  });

  const failure = (directory: string): Promise<unknown> =>
    startEmbeddedPostgres({ directory }).then(
      (server) => server.stop(),
      (error: unknown) => error,
    );

  it('names what is wrong with a folder', async () => {
    const older = fresh();
    writeFileSync(join(older, 'data', 'PG_VERSION'), '14\n');
    expect(await failure(older)).toMatchObject({
      reason: 'wrong-version',
      message: expect.stringContaining('14'),
    });

    const foreign = join(root, 'foreign');
    mkdirSync(join(foreign, 'data'), { recursive: true });
    writeFileSync(join(foreign, 'data', 'letter.txt'), 'dear');
    expect(await failure(foreign)).toMatchObject({ reason: 'damaged' });
    expect(readdirSync(join(foreign, 'data'))).toEqual(['letter.txt']);

    const torn = fresh();
    const control = join(torn, 'data', 'global', 'pg_control');
    const bytes = readFileSync(control);
    bytes.fill(0xff, 0, 200);
    writeFileSync(control, bytes);
    expect(await failure(torn)).toBeInstanceOf(EmbeddedPostgresFailed);

    const nameless = fresh();
    rmSync(join(nameless, 'password'));
    expect(await failure(nameless)).toMatchObject({
      reason: 'damaged',
      message: expect.stringContaining('password'),
    });
  });
});

describe.runIf(process.platform === 'linux' && process.getuid?.() === 0)('started by root', () => {
  const nobody = { uid: 65534, gid: 65534 };
  /** A folder everyone may enter, unlike what mkdtemp makes. */
  const open = () => {
    const directory = mkdtempSync(join(tmpdir(), 'tracewell-root-'));
    chmodSync(directory, 0o755);
    return directory;
  };
  const launch = new URL('./launch.ts', import.meta.url).href;
  const startInChild = async (directory: string, options: { uid?: number; gid?: number; path?: string }) => {
    const code = `const { startEmbeddedPostgres } = await import(${JSON.stringify(launch)});
      try {
        const server = await startEmbeddedPostgres({ directory: ${JSON.stringify(directory)} });
        await server.stop();
        console.log('stopped', (await server.exited).code);
      } catch (error) {
        console.log(error.reason, error.message);
      }`;
    const { path, ...identity } = options;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', code],
      {
        ...identity,
        env: { ...process.env, ...(path === undefined ? {} : { PATH: path }), HOME: directory },
      },
    );
    return stdout.trim();
  };

  it('becomes another user where namespaces are forbidden, and goes on as that one', async () => {
    const directory = open();
    const first = await startInChild(join(directory, 'pg'), { path: '' });
    expect(first).toBe('stopped 0');
    expect(statSync(join(directory, 'pg', 'data')).uid).toBe(nobody.uid);
    expect(await startInChild(join(directory, 'pg'), {})).toBe('stopped 0');
    rmSync(directory, { recursive: true });
  });

  it('says what to do where no other user can reach the folder', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'tracewell-closed-'));
    expect(await startInChild(join(directory, 'pg'), { path: '' })).toMatch(
      /^no-unprivileged-user .*chmod o\+x/,
    );
    rmSync(directory, { recursive: true });
  });

  it('needs none of this as an ordinary user', async () => {
    const directory = open();
    chownSync(directory, nobody.uid, nobody.gid);
    expect(await startInChild(join(directory, 'pg'), nobody)).toBe('stopped 0');
    rmSync(directory, { recursive: true });
  });

  it('runs binaries whose package lacks its links and cannot be written', async () => {
    const directory = open();
    const native = join(directory, 'package', 'native');
    cpSync(findBinaries(directory).initdb.replace(/\/bin\/initdb$/, ''), native, {
      recursive: true,
      verbatimSymlinks: true,
    });
    const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as { target: string }[];
    for (const { target } of links) rmSync(join(directory, 'package', target));
    writeFileSync(join(directory, 'package', 'package.json'), '{"version":"18.0.0"}');
    const own = join(directory, 'own');
    mkdirSync(own);
    chownSync(own, nobody.uid, nobody.gid);
    const code = `const { findBinaries } = await import(${JSON.stringify(new URL('./binaries.ts', import.meta.url).href)});
      const { execFileSync } = await import('node:child_process');
      const found = findBinaries(${JSON.stringify(own)}, ${JSON.stringify(native)});
      console.log(execFileSync(found.postgres, ['--version'], { env: { ...process.env, ...found.env } }).toString());`;
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['--import', 'tsx', '--input-type=module', '-e', code],
      { ...nobody, env: { ...process.env, HOME: own } },
    );
    expect(stdout).toContain('postgres (PostgreSQL)');
    expect(readdirSync(join(own, 'lib')).length).toBe(links.length);
    // Where the package can be written the links are made in their place.
    expect(findBinaries(own, native).env).toEqual({});
    expect(existsSync(join(directory, 'package', links[0]!.target))).toBe(true);
    rmSync(directory, { recursive: true });
  });
});

function postmasterPid(directory: string): number {
  return Number.parseInt(readFileSync(join(directory, 'data', 'postmaster.pid'), 'utf8'), 10);
}

function killPostgres(directory: string): void {
  process.kill(postmasterPid(directory), 'SIGKILL');
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

// What `npm start` and `npm test` need before anything else can run: dependencies and builds. Plain JavaScript
// on Node alone, as nothing is installed yet when it starts. Each step is skipped when its inputs are unchanged.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stamps = join(root, 'node_modules', '.cache', 'tracewell');
const minimumNode = [20, 19];

/** Neither tool calls home by itself. */
export const quietEnv = {
  ...process.env,
  NEXT_TELEMETRY_DISABLED: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
};

export function requireNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < minimumNode[0] || (major === minimumNode[0] && minor < minimumNode[1])) {
    fail(
      `Tracewell needs Node ${minimumNode.join('.')} or newer; this is Node ${process.versions.node}. Install a newer Node from https://nodejs.org and try again.`,
    );
  }
}

export async function install() {
  const digest = hashFiles(['package-lock.json', 'package.json']);
  if (isCurrent('install', digest) && existsSync(join(root, 'node_modules', 'turbo'))) return;
  await step('Installing dependencies (about a minute the first time)', 'npm', [
    'ci',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]);
  stamp('install', digest);
}

export async function build() {
  const digest = hashTree(['apps', 'packages', 'tools', 'package-lock.json']);
  const outputs = [
    'apps/web/dist/server.js',
    'apps/worker/dist/main.js',
    'apps/tracewell/dist/main.js',
    'apps/web/.next/BUILD_ID',
  ];
  if (isCurrent('build', digest) && outputs.every((path) => existsSync(join(root, path)))) return;
  await step('Building (about half a minute the first time)', process.execPath, [
    bin('turbo', 'bin/turbo'),
    'run',
    'build',
    '--output-logs=errors-only',
    '--no-daemon',
  ]);
  stamp('build', digest);
}

/** Path of a dependency's command, to be run by this same Node. */
export const bin = (name, path) => join(root, 'node_modules', name, path);

/** Runs a command to its end; its output is shown only when it fails. */
export async function step(title, command, args, { show = false, env = quietEnv } = {}) {
  const startedAt = Date.now();
  const progress = process.stdout.isTTY && !show;
  if (!show) process.stdout.write(progress ? `${title} …` : `${title} …\n`);
  const ticker = progress ? setInterval(() => process.stdout.write('.'), 2_000) : null;
  const output = [];
  const code = await new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env,
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    child.stdout?.on('data', (chunk) => output.push(chunk));
    child.stderr?.on('data', (chunk) => output.push(chunk));
    child.on('error', (error) => resolve(String(error)));
    child.on('close', resolve);
  });
  if (ticker) clearInterval(ticker);
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(0);
  if (code === 0) {
    if (!show) process.stdout.write(progress ? ` ${seconds} s\n` : `${title}: ${seconds} s\n`);
    return;
  }
  process.stdout.write('\n');
  process.stderr.write(Buffer.concat(output));
  fail(`${title}: failed (${code}).`);
}

export function fail(message) {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
}

function isCurrent(name, digest) {
  try {
    return readFileSync(join(stamps, name), 'utf8') === digest;
  } catch {
    return false;
  }
}

function stamp(name, digest) {
  mkdirSync(stamps, { recursive: true });
  writeFileSync(join(stamps, name), digest);
}

function hashFiles(paths) {
  const hash = createHash('sha256')
    .update(process.versions.node.split('.')[0])
    .update(process.platform + process.arch);
  for (const path of paths) hash.update(readFileSync(join(root, path)));
  return hash.digest('hex');
}

/** Names, sizes and times of change of all sources: enough to know that nothing changed, in milliseconds. */
function hashTree(paths) {
  const hash = createHash('sha256');
  const skip = new Set(['node_modules', 'dist', '.next', '.turbo']);
  const walk = (path) => {
    const info = statSync(path);
    if (!info.isDirectory()) {
      hash.update(`${path}:${info.size}:${info.mtimeMs}\n`);
      return;
    }
    for (const name of readdirSync(path).sort()) {
      if (!skip.has(name) && !name.endsWith('.tsbuildinfo') && name !== 'next-env.d.ts')
        walk(join(path, name));
    }
  };
  for (const path of paths) walk(join(root, path));
  return hash.digest('hex');
}

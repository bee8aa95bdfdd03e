/**
 * The process that owns the embedded ClickHouse. States: opening the data directory → listening (tells its
 * parent the port) → draining (SIGTERM, SIGINT, or the parent gone: its IPC channel or the pipe on standard
 * input closed) → engine shut down → exit 0. A failure to open exits with 1 and one line on standard error.
 */
import { randomBytes } from 'node:crypto';
import { fstatSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';
import { defaultEngineLimits, renderConfigFile } from './config-file';
import { createFront } from './front';
import { openEngine } from './native';

const drainGraceMs = 10_000;
const maxStatements = 8;

function readOptions() {
  const env = process.env;
  const directory = env.TRACEWELL_COLUMNAR_DIRECTORY;
  if (!directory) throw new Error('TRACEWELL_COLUMNAR_DIRECTORY is not set: name the data directory.');
  return {
    directory: resolve(directory),
    port: Number(env.TRACEWELL_COLUMNAR_PORT ?? 0),
    password: env.TRACEWELL_COLUMNAR_PASSWORD || randomBytes(24).toString('base64url'),
    memoryBytes: Number(env.TRACEWELL_COLUMNAR_MEMORY_BYTES || defaultEngineLimits.memoryBytes),
  };
}

async function main(): Promise<void> {
  const options = readOptions();
  const spoolDirectory = join(options.directory, 'spool');
  const dataDirectory = join(options.directory, 'data');
  await rm(spoolDirectory, { recursive: true, force: true });
  await mkdir(spoolDirectory, { recursive: true });
  await mkdir(dataDirectory, { recursive: true });
  const configFile = join(options.directory, 'config.xml');
  await writeFile(configFile, renderConfigFile({ memoryBytes: options.memoryBytes }));

  const engine = openEngine(dataDirectory, configFile);
  const front = createFront({
    engine,
    password: options.password,
    spoolDirectory,
    maxStatements,
    maxWaiting: 256,
    maxWaitMs: 30_000,
    body: { memoryBytes: 32 * 1024 ** 2, maxBytes: 1024 ** 3 },
  });
  await new Promise<void>((listening, failed) => {
    front.server.once('error', failed);
    front.server.listen(options.port, '127.0.0.1', listening);
  });

  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    void front
      .drain(drainGraceMs)
      .then(() => engine.close())
      .then(
        () => process.exit(0),
        (error: unknown) => fail(error),
      );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  watchParent(stop);

  const ready = { type: 'ready', port: (front.server.address() as AddressInfo).port };
  if (process.send) process.send(ready);
  else process.stdout.write(`${JSON.stringify(ready)}\n`);
}

function watchParent(stop: () => void): void {
  if (process.send) {
    process.on('disconnect', stop);
    return;
  }
  const input = fstatSync(0);
  if (input.isFIFO() || input.isSocket()) process.stdin.on('end', stop).on('error', stop).resume();
}

function fail(error: unknown): never {
  process.stderr.write(
    `Embedded ClickHouse failed: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exit(1);
}

main().catch(fail);

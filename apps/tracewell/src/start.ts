import { appendFileSync, mkdirSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openEngines, readEngineConfig } from '@tracewell/engines';
import { engineSettings } from '@tracewell/engines/settings/engine-settings';
import { type DataFolder, openDataFolder } from './data-folder';
import { createDeployment, type Deployment } from './deployment';
import { migrateStores } from './migrate';
import { provision } from './provision';
import { isLoopback, readStartSettings, type StartSettings } from './settings';
import { supervisePostgres } from './supervise-postgres';
import { type Child, superviseChild } from './supervisor';
import { showBanner, showStep } from './terminal';
import { UserError } from './user-error';

/**
 * `tracewell start`: everything in one process tree.
 *
 *   lock the data folder → Postgres and the ClickHouse host → migrations → provisioning → worker and web → ready
 *   … → SIGINT or SIGTERM → web (no new requests) → worker (finish in flight) → ClickHouse host → Postgres → exit
 */
const apps = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const portName = { web: 'TRACEWELL_PORT', worker: 'TRACEWELL_WORKER_PORT' };
const storeNames = Object.values(engineSettings).flatMap(({ names }): readonly string[] => names);
/** Whoever sets one of these may expect their data to be there. */
const serverNames = [
  engineSettings.databaseUrl,
  engineSettings.clickHouseUrl,
  engineSettings.redisUrl,
  engineSettings.redisHost,
  engineSettings.blobDirectory,
  engineSettings.s3Bucket,
].flatMap(({ names }): readonly string[] => names);
const stopGraceMs = { web: 10_000, worker: 26_000, columnar: 20_000 };

export async function start(args: readonly string[]): Promise<void> {
  const startedAt = Date.now();
  const settings = readStartSettings(args, process.env, process.env.INIT_CWD ?? process.cwd());
  await requireFreePort(settings);
  const unused = serverNames.filter((name) => process.env[name]);
  if (unused.length > 0) {
    showStep(
      `Not used: ${unused.join(', ')}. \`start\` brings stores of its own, in ${settings.dataDirectory}`,
    );
  }
  const folder = openDataFolder(settings.dataDirectory);
  const stack: (() => Promise<void> | void)[] = [() => folder.unlock()];
  const stop = once(async () => {
    while (stack.length > 0) await stack.pop()!();
  });
  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      showStep('Stopping: finishing what is in hand …');
      void stop().then(
        () => {
          showStep(`Stopped. Nothing is running; your data is in ${folder.path}`);
          process.exit(0);
        },
        (error: unknown) => {
          process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
          process.exit(1);
        },
      );
    });
  }
  try {
    const running = await startAll(settings, folder, stack);
    if (!stopping) showBanner({ ...running, seconds: (Date.now() - startedAt) / 1000 });
  } catch (error) {
    if (stopping) return;
    await stop();
    throw error;
  }
}

async function startAll(settings: StartSettings, folder: DataFolder, stack: (() => Promise<void> | void)[]) {
  for (const name of ['logs', 'objects', 'clickhouse'])
    mkdirSync(folder.at(name), { recursive: true, mode: 0o700 });
  const onRestart = (name: string, code: number | null, signal: NodeJS.Signals | null) =>
    showStep(
      `The ${name} stopped (${signal ?? `exit code ${code}`}) and is started again; see ${folder.at('logs', `${name}.log`)}`,
    );

  showStep('Starting Postgres and ClickHouse …');
  const columnar = superviseChild({
    name: 'columnar',
    entry: join(apps, 'tracewell', 'dist', 'columnar-host.js'),
    execArgv: ['--max-old-space-size=512'],
    env: (port) => ({
      ...inheritedEnv(),
      UV_THREADPOOL_SIZE: '16',
      TZ: 'UTC',
      TRACEWELL_COLUMNAR_DIRECTORY: folder.at('clickhouse'),
      TRACEWELL_COLUMNAR_PORT: String(port),
      TRACEWELL_COLUMNAR_PASSWORD: folder.secrets.columnarPassword,
    }),
    logFile: folder.at('logs', 'columnar.log'),
    onRestart,
  });
  stack.push(() => columnar.stop(stopGraceMs.columnar));
  const [postgres, columnarReady] = await Promise.all([
    supervisePostgres({
      directory: folder.at('postgres'),
      onLog: (line) => appendFileSync(folder.at('logs', 'postgres.log'), `${line}\n`),
      onRestart: (code, signal) => onRestart('postgres', code, signal),
    }).then((running) => {
      // Below the host on the stack: the stores go last, in either order.
      stack.splice(1, 0, () => running.stop());
      return running;
    }),
    columnar.ready,
  ]);

  const deployment = createDeployment({
    settings,
    folder,
    databaseUrl: postgres.url,
    columnarUrl: `http://127.0.0.1:${columnarReady.port}`,
  });
  showStep('Preparing the databases …');
  const account = await prepareStores(settings, folder, deployment);

  // Bodies and batches are short-lived and lie outside the heap, where they count towards its next collection:
  // by default a busy web process spends a third of its CPU on marking a heap that has hardly changed.
  const nodeOptions = [
    '--max-old-space-size=1024',
    '--min-semi-space-size=32',
    '--max-semi-space-size=64',
    '--heap-growing-percent=300',
  ];
  showStep('Starting web and worker …');
  const startApp = (
    name: 'web' | 'worker',
    entry: string,
    env: Record<string, string>,
    execArgv: string[],
  ): Child => {
    const child = superviseChild({
      name,
      entry: join(apps, name, 'dist', entry),
      execArgv,
      // A port that was free at the first start is kept at the next.
      env: (port) => ({
        ...inheritedEnv(),
        ...deployment.env,
        ...env,
        ...(port ? { [portName[name]]: String(port) } : {}),
      }),
      logFile: folder.at('logs', `${name}.log`),
      onRestart,
    });
    stack.push(() => child.stop(stopGraceMs[name]));
    return child;
  };
  const worker = startApp('worker', 'main.js', { TRACEWELL_WORKER_PORT: '0' }, nodeOptions);
  const web = startApp(
    'web',
    'server.js',
    { TRACEWELL_HOST: settings.host, TRACEWELL_PORT: String(settings.port) },
    nodeOptions,
  );
  const [workerReady, webReady] = await Promise.all([worker.ready, web.ready]);
  const url = `http://${isLoopback(settings.host) || settings.host === '0.0.0.0' ? 'localhost' : settings.host}:${webReady.port}`;
  const workerUrl = `http://127.0.0.1:${workerReady.port}`;
  const writeState = () =>
    folder.writeState({
      url,
      workerUrl,
      engines: deployment.engines,
      pids: { launcher: process.pid, columnar: columnar.pid(), worker: worker.pid(), web: web.pid() },
    });
  writeState();
  for (const child of [columnar, worker, web]) child.onStarted(writeState);
  return { url, workerUrl, account, dataDirectory: folder.path };
}

async function prepareStores(settings: StartSettings, folder: DataFolder, deployment: Deployment) {
  const config = readEngineConfig(deployment.engines);
  const engines = await openEngines(config);
  try {
    await migrateStores(engines, config);
    return await provision({
      relational: engines.relational,
      init: settings.init,
      authSecret: deployment.authSecret,
      salt: deployment.salt,
      publicKey: settings.init.projectPublicKey ?? folder.secrets.projectPublicKey,
      secretKey: settings.init.projectSecretKey ?? folder.secrets.projectSecretKey,
    });
  } finally {
    await engines.close();
  }
}

/** Says early and plainly what would otherwise be a failed child. */
async function requireFreePort({ host, port }: StartSettings): Promise<void> {
  if (port === 0) return;
  await new Promise<void>((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const reason = {
        EADDRINUSE: `Port ${port} on ${host} is in use by another program. Stop it, or choose another port: npm start -- --port ${port + 1}`,
        EACCES: `Port ${port} needs rights this user does not have. Choose one above 1023: npm start -- --port 3000`,
        EADDRNOTAVAIL: `${host} is not an address of this machine. Choose another with --host.`,
      }[error.code ?? ''];
      reject(
        new UserError(
          reason ?? `Tracewell cannot listen on ${host}:${port} (${error.code ?? error.message}).`,
        ),
      );
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}

/**
 * Options of this process (an inspector, a test runner's loaders) are not its children's, and neither are addresses
 * of servers: all of the children use the stores that were started for them.
 */
function inheritedEnv(): Record<string, string | undefined> {
  const { NODE_OPTIONS: _, ...env } = process.env;
  for (const name of storeNames) delete env[name];
  return { ...env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' };
}

function once(run: () => Promise<void>): () => Promise<void> {
  let result: Promise<void> | null = null;
  return () => (result ??= run());
}

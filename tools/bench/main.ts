import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Instance, startInstance } from '../../packages/testkit/src/instance';
import { cpuByProcess, cpuSeconds, memoryBytes } from './processes';
import { measurePromptFetch } from './prompts';
import { measureReads } from './reads';
import { createWorkload, type Format, firstTraceId, formats, type Workload } from './workload';

/**
 * `npm run bench -- [--formats otlp-protobuf,otlp-json,json-batch] [--traces 2000] [--large 300000] [--label NAME]`
 *
 * A fresh instance per format, so that none is measured on another's data. CPU is counted over all processes
 * from the first request until everything can be read. Reads are measured after the first format's load and
 * again at `--large` observations (0 leaves that out); prompts are fetched after the first. The result is printed and
 * written to bench-results/.
 */
const { values } = parseArgs({
  options: {
    formats: { type: 'string', default: formats.join(',') },
    traces: { type: 'string', default: '2000' },
    large: { type: 'string', default: '300000' },
    label: { type: 'string', default: 'run' },
  },
});
const connections = 4;
const visibilityRounds = 15;
const traceCount = Number(values.traces);

const result: Record<string, unknown> = {
  label: values.label,
  at: new Date().toISOString(),
  commit: execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim(),
  machine: {
    cpus: cpus().length,
    model: cpus()[0]?.model,
    memoryGiB: Math.round(totalmem() / 2 ** 30),
    node: process.version,
  },
};

for (const [index, format] of (values.formats.split(',') as Format[]).entries()) {
  const instance = await startInstance({ dataDirectory: mkdtempSync(join(tmpdir(), 'tracewell-bench-')) });
  try {
    await sleep(5_000);
    const idleMemory = memoryBytes(instance.launcher.pid!);
    const row = await measureIngest(instance, format, 1);
    result[format] = { ...row, idleMemoryMiB: mib(idleMemory) };
    print(format, result[format] as Record<string, unknown>);
    // What a server that runs for days costs: it has compiled what it runs.
    const warm = await measureIngest(instance, format, 2);
    result[`${format}, warm`] = warm;
    print(`${format}, warm`, warm);
    if (index === 0) {
      const visibility = await measureVisibility(instance);
      result['from ack to API'] = visibility;
      print('from ack to API', visibility);
      const small = await measureReads(instance);
      result['reads at 20k'] = small;
      print('reads at 20k observations', small);
      const prompt = await measurePromptFetch(instance);
      result['prompt by name and label'] = prompt;
      print('prompt by name and label', prompt);
      if (Number(values.large) > 0) {
        await fill(instance, Number(values.large) / 10 - traceCount);
        const large = await measureReads(instance);
        result[`reads at ${values.large}`] = large;
        print(`reads at ${values.large} observations`, large);
      }
    }
  } finally {
    await instance.dispose();
  }
}
mkdirSync('bench-results', { recursive: true });
const file = `bench-results/${new Date().toISOString().replaceAll(':', '-')}-${values.label}.json`;
writeFileSync(file, JSON.stringify(result, null, 2));
process.stdout.write(`\nwritten to ${file}\n`);

async function measureIngest(
  instance: Instance,
  format: Format,
  seed: number,
): Promise<Record<string, unknown>> {
  const pid = instance.launcher.pid!;
  const workload = createWorkload(format, traceCount, seed, Date.now() - 3_600_000);
  const readableBefore = await countReadable(instance);
  const diskBefore = diskBytes(instance.dataDirectory);
  const cpuBefore = cpuSeconds(pid);
  const processesBefore = cpuByProcess(pid);
  let peak = 0;
  const sampler = setInterval(() => {
    peak = Math.max(peak, memoryBytes(pid));
  }, 500);
  const startedAt = performance.now();
  const acks = await send(instance, workload);
  const ackedAt = performance.now();
  await waitUntilReadable(instance, readableBefore + workload.observations);
  const readableAt = performance.now();
  clearInterval(sampler);
  const cpu = cpuSeconds(pid) - cpuBefore;
  const byProcess = Object.fromEntries(
    Object.entries(cpuByProcess(pid)).map(([name, seconds]) => [
      name,
      round(((seconds - (processesBefore[name] ?? 0)) / workload.events) * 10_000),
    ]),
  );
  return {
    events: workload.events,
    observations: workload.observations,
    acceptedEventsPerSecond: Math.round(workload.events / ((ackedAt - startedAt) / 1000)),
    ackP50Ms: round(percentile(acks, 0.5)),
    ackP99Ms: round(percentile(acks, 0.99)),
    allReadableAfterLastAckSeconds: round((readableAt - ackedAt) / 1000),
    cpuSecondsPer10kEvents: round((cpu / workload.events) * 10_000),
    cpuSecondsPer10kEventsByProcess: byProcess,
    peakMemoryMiB: mib(peak),
    bytesOnDiskPerEvent: Math.round((diskBytes(instance.dataDirectory) - diskBefore) / workload.events),
    lost: readableBefore + workload.observations - (await countReadable(instance)),
  };
}

async function send(instance: Instance, workload: Workload): Promise<number[]> {
  const queue = [...workload.requests];
  const acks: number[] = [];
  await Promise.all(
    Array.from({ length: connections }, async () => {
      for (let request = queue.shift(); request; request = queue.shift()) {
        for (;;) {
          const startedAt = performance.now();
          const response = await instance.fetch(request.path, {
            method: 'POST',
            headers: { 'content-type': request.contentType },
            body: request.body as Uint8Array<ArrayBuffer>,
          });
          const text = await response.text();
          if (response.status === 429 || response.status === 503) {
            await sleep(Number(response.headers.get('retry-after') ?? 1) * 1_000);
            continue;
          }
          if (!response.ok)
            throw new Error(`${request.path} answered ${response.status}: ${text.slice(0, 500)}`);
          acks.push(performance.now() - startedAt);
          break;
        }
      }
    }),
  );
  return acks;
}

async function fill(instance: Instance, traces: number): Promise<void> {
  const chunk = 2_000;
  let sent = await countReadable(instance);
  for (let at = 0; at < traces; at += chunk) {
    const workload = createWorkload(
      'otlp-protobuf',
      Math.min(chunk, traces - at),
      1_000 + at,
      Date.now() - 7_200_000 + at * 20,
    );
    await send(instance, workload);
    sent += workload.observations;
  }
  while ((await countReadable(instance)) < sent) await sleep(500);
}

async function waitUntilReadable(instance: Instance, observations: number): Promise<void> {
  const deadline = Date.now() + 300_000;
  while ((await countReadable(instance)) < observations) {
    if (Date.now() > deadline) return;
    // Each look counts the whole table, and its CPU is part of what is measured.
    await sleep(250);
  }
}

/** From the ack of a span to its row in the API, one after another on an idle machine: median and worst. */
async function measureVisibility(instance: Instance): Promise<Record<string, number>> {
  const times: number[] = [];
  for (let n = 0; n < visibilityRounds; n++) {
    const [request] = createWorkload('otlp-protobuf', 1, 5_000 + n, Date.now()).requests;
    await instance.fetch(request!.path, {
      method: 'POST',
      headers: { 'content-type': request!.contentType },
      body: request!.body as Uint8Array<ArrayBuffer>,
    });
    const ackedAt = performance.now();
    while (!(await instance.fetch(`/api/public/traces/${firstTraceId(5_000 + n)}`)).ok) await sleep(10);
    times.push(performance.now() - ackedAt);
    await sleep(500);
  }
  return { visibleP50Ms: round(percentile(times, 0.5)), visibleWorstMs: round(percentile(times, 1)) };
}

async function countReadable(instance: Instance): Promise<number> {
  const response = await instance.fetch('/api/public/observations?limit=1');
  if (!response.ok) throw new Error(`observations answered ${response.status}: ${await response.text()}`);
  return ((await response.json()) as { meta: { totalItems: number } }).meta.totalItems;
}

function print(title: string, row: Record<string, unknown>): void {
  process.stdout.write(`\n${title}\n`);
  for (const [name, value] of Object.entries(row)) {
    process.stdout.write(
      `  ${name.padEnd(36)} ${typeof value === 'object' ? JSON.stringify(value) : value}\n`,
    );
  }
}

function diskBytes(path: string): number {
  return Number(execFileSync('du', ['-sb', path], { encoding: 'utf8' }).split('\t')[0]);
}

function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

function mib(bytes: number): number {
  return Math.round(bytes / 2 ** 20);
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

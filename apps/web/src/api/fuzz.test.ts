import { holderOf, type Operation } from '@tracewell/contract';
import { operations } from '@tracewell/contract/operations';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Credentials, createCredentials } from './testing/credentials';
import { exampleOf, inputSchema, type Schema } from './testing/example-of';
import { createDice, type Dice, hostileBytes, hostileTexts, mutate } from './testing/hostile';
import { createBatch, createExport } from './testing/recordings';
import { fillPath, type Seed, seedProject } from './testing/seed-project';
import { startTestApi, type TestApi } from './testing/start-test-api';

/**
 * Nonsense for every operation, made of its own schemas: whatever is sent, the answer is no 5xx, and it comes.
 * FUZZ_SEED=<number> walks another way, FUZZ_RUNS=<number> a longer one; a failure names the request.
 */
const seedNumber = Number(process.env.FUZZ_SEED ?? 1);
const runs = Number(process.env.FUZZ_RUNS ?? 4);
/** Far more than any answer takes, on however slow a machine. */
const hangMs = 20_000;

const adminApiKey = 'the admin key of this installation';
let api: TestApi;
let seed: Seed;
let credentials: Credentials;
let cookie: string;

beforeAll(async () => {
  api = await startTestApi({}, { adminApiKey });
  const project = await api.createProject('fuzzed');
  credentials = await createCredentials(api, project, adminApiKey);
  cookie = await api.signIn(project.ownerId);
  seed = await seedProject(api, project, 'fuzz', credentials['organization key'].authorization ?? '');
}, 120_000);
afterAll(() => api?.stop());

describe(`with FUZZ_SEED=${seedNumber} and FUZZ_RUNS=${runs}`, () => {
  it.each(
    operations.map(
      (operation, index) => [`${operation.method} ${operation.path}`, operation, index] as const,
    ),
  )(
    '%s',
    async (_, operation, index) => {
      const dice = createDice(seedNumber * 10_007 + index);
      for (let run = 0; run < runs; run++) {
        const { path, init } = createRequest(operation, dice);
        const { status, text } = await answerTo(path, init);
        const told = `${init.method} ${path.slice(0, 500)} ${describeBody(init.body)} → ${status} ${text.slice(0, 500)}`;
        if (status >= 500 && !isDownByRight(operation, status)) throw new Error(told);
        if (status >= 400 && text && init.method !== 'HEAD') expectRefusal(text, told);
      }
    },
    120_000,
  );

  it('what was taken is ingested, or kept as a dead letter', () => api.settle(), 60_000);

  it('nothing was an internal error', () => expect(api.internalErrors).toEqual([]));
});

/** Health says with a 503 that there are no events, if it is asked to. */
const isDownByRight = ({ tag }: Operation, status: number): boolean => tag === 'Health' && status === 503;

/** No stack, no SQL and no name of a machine reaches a client. */
function expectRefusal(text: string, told: string): void {
  if (/\bat \S+ \(|node_modules|SELECT |INSERT |ECONNREFUSED|127\.0\.0\.1/.test(text)) throw new Error(told);
}

async function answerTo(path: string, init: RequestInit): Promise<{ status: number; text: string }> {
  let timer: NodeJS.Timeout | undefined;
  const hang = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`${init.method} ${path} hangs: ${describeBody(init.body)}`)),
      hangMs,
    );
  });
  const answer = (async () => {
    const response = await api.request(path, init);
    // Protobuf answers are no text; only failures are looked into.
    return { status: response.status, text: await response.text() };
  })();
  try {
    return await Promise.race([answer, hang]);
  } finally {
    clearTimeout(timer);
  }
}

const describeBody = (body: RequestInit['body']): string =>
  typeof body === 'string'
    ? body.slice(0, 1_000)
    : body
      ? `bytes ${Buffer.from(body as Uint8Array)
          .toString('base64')
          .slice(0, 400)}`
      : '';

function createRequest(
  operation: Operation,
  dice: Dice,
): { path: string; init: RequestInit & { method: string } } {
  const { method } = operation;
  const headers = { ...headersFor(operation) };
  const path = createPath(operation, dice) + createQuery(operation, dice);
  if (method === 'GET') return { path, init: { method, headers } };
  if (dice.chance(20)) {
    const { bytes, headers: more } = hostileBytes(dice);
    return { path, init: { method, headers: { ...headers, ...more }, body: Buffer.from(bytes) } };
  }
  const body = JSON.stringify(createBody(operation, dice));
  return {
    path,
    init: {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      ...(body !== undefined && { body }),
    },
  };
}

/** Administration is fuzzed with ids that nothing has: it would end the project that all others are sent to. */
function createPath(operation: Operation, dice: Dice): string {
  const isAdministration =
    holderOf(operation.scope) === 'organization' || holderOf(operation.scope) === 'instance-admin';
  const known = new Map(isAdministration ? [] : seed.known);
  const isOfScreens = operation.path.startsWith('/api/v1/');
  for (const [, name] of operation.path.matchAll(/\{(\w+)\}/g)) {
    if (isOfScreens && name === 'projectId') continue;
    // An empty segment is another path.
    if (dice.chance(40)) known.set(name!, wellFormed(dice.pick(hostileTexts)) || 'none');
  }
  return fillPath(operation.path, known);
}

/** Half a surrogate pair cannot be percent-encoded. */
const wellFormed = (text: string): string => Buffer.from(text.slice(0, 2_000)).toString();

function createQuery({ query }: Operation, dice: Dice): string {
  const schema: Schema = query ? inputSchema(query) : {};
  const properties = Object.entries((schema.properties ?? {}) as Record<string, Schema>);
  const parameters = new URLSearchParams();
  const required = new Set((schema.required as string[] | undefined) ?? []);
  for (const [name, property] of properties) {
    if (required.has(name) && dice.chance(70))
      parameters.append(name, String(exampleOf(property, 'fuzz', schema)));
    else if (dice.chance(30))
      parameters.append(dice.chance(10) ? `${name}[]` : name, dice.pick(hostileTexts).slice(0, 2_000));
    else if (dice.chance(10)) parameters.append(name, String(exampleOf(property, 'fuzz', schema)));
  }
  if (dice.chance(20))
    parameters.append(dice.pick(hostileTexts).slice(0, 100), dice.pick(hostileTexts).slice(0, 100));
  return parameters.size > 0 ? `?${parameters}` : '';
}

/** What the recordings send, for routes whose schemas describe little of it. */
const samples: Record<string, () => unknown> = {
  ingestBatch: () => createBatch('fuzz').body,
  ingestOtlpTraces: () => createExport('fuzz').body,
  ingestOtlpTracesAtBase: () => createExport('fuzz').body,
  callMcp: () => ({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'listTraces', arguments: {} },
  }),
};

function createBody(operation: Operation, dice: Dice): unknown {
  const sample =
    samples[operation.id]?.() ?? (operation.body ? exampleOf(inputSchema(operation.body), 'fuzz') : {});
  let value: unknown = optionalsAdded(sample, operation, dice);
  for (let times = 1 + dice.number(4); times > 0; times--) value = mutate(value, dice);
  return value;
}

/** The example holds what is required; fields that may be left out are to be met as well. */
function optionalsAdded(sample: unknown, operation: Operation, dice: Dice): unknown {
  if (typeof sample !== 'object' || sample === null || Array.isArray(sample) || !operation.body)
    return sample;
  const schema = inputSchema(operation.body);
  const optional = Object.entries((schema.properties ?? {}) as Record<string, Schema>).filter(
    ([name]) => !(name in sample),
  );
  return Object.fromEntries([
    ...Object.entries(sample),
    ...optional
      .filter(() => dice.chance(40))
      .map(([name, property]) => [name, mutate(exampleOf(property, 'fuzz', schema), dice)]),
  ]);
}

function headersFor(operation: Operation): Record<string, string> {
  switch (holderOf(operation.scope)) {
    case 'organization':
      return credentials['organization key'];
    case 'instance-admin':
      return credentials['admin key'];
    case 'person':
      return { cookie };
    default:
      return operation.path.startsWith('/api/v1/') ? { cookie } : credentials['project key'];
  }
}

import { parseArgs } from 'node:util';
import type { Server } from '@tracewell/move/client';
import { SeedError } from './seed-error';

/** What seeding is told, by arguments first and environment second. */
export interface SeedSettings {
  server: Server;
  seed: number;
  traces: number;
  days: number;
  until: Date;
}

export const seedUsage = `Usage: npm run seed -- [options]

  --traces 600           traces to make, 1 to 50000
  --days 7               spread over that many days, 1 to 90
  --seed 1               the same seed makes the same project
  --until TIME           the end of those days, as 2026-01-31T12:00:00Z; without it, now
  --base-url URL         the server                     or LANGFUSE_BASE_URL
  --public-key pk        of the project there           or LANGFUSE_PUBLIC_KEY
  --secret-key sk        seen by others of this
                         machine; better by             LANGFUSE_SECRET_KEY
  --data-dir .tracewell  without an address and keys: those of what npm start runs on this folder
`;

const most = { traces: 50_000, days: 90, seed: 2 ** 32 - 1 };

type Environment = Record<string, string | undefined>;

/** The folder that is asked for address and keys where neither arguments nor environment name a server. */
export function readDataFolder(args: readonly string[], env: Environment): string {
  return parse(args)['data-dir'] ?? env.TRACEWELL_DATA_DIR ?? '.tracewell';
}

/** @param local what runs on the data folder, null when nothing does */
export function readSeedSettings(
  args: readonly string[],
  env: Environment,
  local: Server | null,
  now: Date,
): SeedSettings {
  const values = parse(args);
  return {
    server: readServer(values, env, local),
    seed: readNumber('--seed', values.seed ?? '1', 0, most.seed),
    traces: readNumber('--traces', values.traces ?? '600', 1, most.traces),
    days: readNumber('--days', values.days ?? '7', 1, most.days),
    until: values.until === undefined ? now : readTime(values.until),
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    const options = {
      traces: text,
      days: text,
      seed: text,
      until: text,
      'base-url': text,
      'public-key': text,
      'secret-key': text,
      'data-dir': text,
    };
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new SeedError(`${(error as Error).message}\n\n${seedUsage}`);
  }
}

/** All three of one place, or of the folder: keys of one server are never sent to another. */
function readServer(values: ReturnType<typeof parse>, env: Environment, local: Server | null): Server {
  const url = values['base-url'] ?? (env.LANGFUSE_BASE_URL || env.LANGFUSE_HOST || undefined);
  const publicKey = values['public-key'] ?? (env.LANGFUSE_PUBLIC_KEY || undefined);
  const secretKey = values['secret-key'] ?? (env.LANGFUSE_SECRET_KEY || undefined);
  const asksForFolder = values['data-dir'] !== undefined && values['base-url'] === undefined;
  if (asksForFolder || !(url || publicKey || secretKey)) {
    if (local) return local;
    throw new SeedError(
      `Nothing runs on the data folder. Start it first (npm start), name its folder with --data-dir, or name a server with --base-url, --public-key and --secret-key.\n\n${seedUsage}`,
    );
  }
  const missing = [
    !url && '--base-url (or LANGFUSE_BASE_URL)',
    !publicKey && '--public-key (or LANGFUSE_PUBLIC_KEY)',
    !secretKey && '--secret-key (or LANGFUSE_SECRET_KEY)',
  ].filter((name) => name !== false);
  if (!url || !publicKey || !secretKey)
    throw new SeedError(`${missing.join(' and ')} is missing: say all three, or none for a local npm start.`);
  if (!URL.canParse(url) || !/^https?:/.test(url))
    throw new SeedError(`--base-url "${url}" is no address. Say it as http://localhost:3000.`);
  return { url: url.replace(/\/+$/, '').replace(/\/api\/public$/, ''), publicKey, secretKey };
}

function readNumber(option: string, value: string, min: number, max: number): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= min && number <= max) return number;
  throw new SeedError(`${option} "${value}" must be a whole number from ${min} to ${max}.`);
}

function readTime(value: string): Date {
  const time = new Date(value);
  if (!Number.isNaN(time.getTime())) return time;
  throw new SeedError(`--until "${value}" is no time. Say it as 2026-01-31T12:00:00Z.`);
}

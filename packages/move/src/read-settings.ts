import { parseArgs } from 'node:util';
import type { Server } from './client';
import { type HistoryReads, type NounName, nounNames } from './context';
import { MoveError } from './move-error';

/** What a move is told, by arguments first and environment second. */
export interface MoveSettings {
  from: Server;
  to: Server;
  /** Empty: everything. */
  only: NounName[];
  since: Date | null;
  until: Date | null;
  isDryRun: boolean;
  pageSize: number;
  sampleSize: number;
  /** null: found out. */
  reads: HistoryReads | null;
  /** null: named after both projects. */
  stateFile: string | null;
  directory: string;
}

type Environment = Record<string, string | undefined>;

export const moveUsage = `Usage: npm run move -- --from URL [options]

  --from URL             the server to move from       or FROM_LANGFUSE_BASE_URL
  --from-public-key pk   of the project there          or FROM_LANGFUSE_PUBLIC_KEY
  --from-secret-key sk   seen by others of this
                         machine; better by            FROM_LANGFUSE_SECRET_KEY
  --to URL               Tracewell                     or LANGFUSE_BASE_URL
  --to-public-key pk     of the project here           or LANGFUSE_PUBLIC_KEY
  --to-secret-key sk     better by                     LANGFUSE_SECRET_KEY
  --only a,b             ${nounNames.slice(0, 6).join(', ')},
                         ${nounNames.slice(6).join(', ')}
  --since TIME           recorded things from then on, as 2026-01-31 or 2026-01-31T12:00:00Z
  --until TIME           and before then; without it, before now
  --dry-run              count both ends, write nothing
  --page-size 100        items of one request, 1 to 100
  --sample 40            recorded things of each kind that are compared by field in the end
  --read v1|v2           by traces, or by observations alone as the newest servers need and read fastest
  --state FILE           where it is noted how far the move came
`;

const maxSample = 1_000;

export function readMoveSettings(args: readonly string[], env: Environment, directory: string): MoveSettings {
  const { values } = parse(args);
  return {
    from: {
      url: readUrl('--from', values.from ?? env.FROM_LANGFUSE_BASE_URL, 'FROM_LANGFUSE_BASE_URL'),
      publicKey: required(
        '--from-public-key',
        values['from-public-key'] ?? env.FROM_LANGFUSE_PUBLIC_KEY,
        'FROM_LANGFUSE_PUBLIC_KEY',
      ),
      secretKey: required(
        '--from-secret-key',
        values['from-secret-key'] ?? env.FROM_LANGFUSE_SECRET_KEY,
        'FROM_LANGFUSE_SECRET_KEY',
      ),
    },
    to: {
      url: readUrl('--to', values.to ?? (env.LANGFUSE_BASE_URL || env.LANGFUSE_HOST), 'LANGFUSE_BASE_URL'),
      publicKey: required(
        '--to-public-key',
        values['to-public-key'] ?? env.LANGFUSE_PUBLIC_KEY,
        'LANGFUSE_PUBLIC_KEY',
      ),
      secretKey: required(
        '--to-secret-key',
        values['to-secret-key'] ?? env.LANGFUSE_SECRET_KEY,
        'LANGFUSE_SECRET_KEY',
      ),
    },
    only: readOnly(values.only),
    since: readTime('--since', values.since),
    until: readTime('--until', values.until),
    isDryRun: values['dry-run'] ?? false,
    pageSize: readNumber('--page-size', values['page-size'] ?? '100', 1, 100),
    sampleSize: readNumber('--sample', values.sample ?? '40', 0, maxSample),
    reads: readReads(values.read),
    stateFile: values.state ?? null,
    directory,
  };
}

function parse(args: readonly string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        from: text,
        'from-public-key': text,
        'from-secret-key': text,
        to: text,
        'to-public-key': text,
        'to-secret-key': text,
        only: text,
        since: text,
        until: text,
        'dry-run': { type: 'boolean' },
        'page-size': text,
        sample: text,
        read: text,
        state: text,
      },
    });
  } catch (error) {
    throw new MoveError(`${(error as Error).message}\n\n${moveUsage}`);
  }
}

function required(option: string, value: string | undefined, variable: string): string {
  if (value) return value;
  throw new MoveError(`${option} is missing: say it, or set ${variable}.\n\n${moveUsage}`);
}

function readUrl(option: string, value: string | undefined, variable: string): string {
  const text = required(option, value, variable);
  if (!URL.canParse(text) || !/^https?:/.test(text)) {
    throw new MoveError(`${option} "${text}" is no address. Say it as https://cloud.langfuse.com.`);
  }
  return text.replace(/\/+$/, '').replace(/\/api\/public$/, '');
}

function readOnly(value: string | undefined): NounName[] {
  const names = (value ?? '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return names.map((name) => {
    const known = nounNames.find((noun) => noun === name);
    if (known) return known;
    throw new MoveError(`--only: nothing is called "${name}". There are ${nounNames.join(', ')}.`);
  });
}

function readTime(option: string, value: string | undefined): Date | null {
  if (value === undefined) return null;
  const time = new Date(value);
  if (!Number.isNaN(time.getTime())) return time;
  throw new MoveError(`${option} "${value}" is no time. Say it as 2026-01-31 or 2026-01-31T12:00:00Z.`);
}

function readNumber(option: string, value: string, min: number, max: number): number {
  const number = Number(value);
  if (/^\d+$/.test(value) && number >= min && number <= max) return number;
  throw new MoveError(`${option} "${value}" must be a whole number from ${min} to ${max}.`);
}

function readReads(value: string | undefined): HistoryReads | null {
  if (value === undefined || value === 'v1' || value === 'v2') return value ?? null;
  throw new MoveError(`--read "${value}" must be v1 or v2.`);
}

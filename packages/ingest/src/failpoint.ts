/**
 * Named places in the write path where a fault can be injected, so that tests can show what survives it.
 *
 * `TRACEWELL_FAILPOINTS` holds `name=action` pairs joined by `;`, with `@n` for the n-th passage only (1 if left
 * out): `worker.after_insert=kill@2;receive.after_put=throw`. `@2,0,5` acts at the 2nd passage, not at all after
 * the process was started again (`TRACEWELL_RESTARTS`), at the 5th after the second time, and never after that.
 * Actions: `kill` (SIGKILL to this process, as a crash), `throw` (an error the caller did not expect),
 * `delay:<ms>`. Unset, a failpoint costs one comparison.
 */
export const failpoints = [
  'receive.before_put',
  'receive.after_put',
  'receive.after_enqueue',
  'worker.after_fetch',
  'worker.after_decode',
  'worker.before_insert',
  'worker.after_insert',
  'worker.after_events_insert',
  'worker.after_fold',
  'worker.after_write',
  'worker.after_ledger',
] as const;
export type Failpoint = (typeof failpoints)[number];

type Action = { kind: 'kill' } | { kind: 'throw' } | { kind: 'delay'; ms: number };
interface Armed {
  action: Action;
  /** Passages left until it acts. */
  countdown: number;
}

const armed = parseFailpoints(process.env.TRACEWELL_FAILPOINTS, Number(process.env.TRACEWELL_RESTARTS ?? 0));

export async function failpoint(name: Failpoint): Promise<void> {
  if (armed === null) return;
  const point = armed.get(name);
  if (!point || --point.countdown !== 0) return;
  switch (point.action.kind) {
    case 'kill':
      process.kill(process.pid, 'SIGKILL');
      await new Promise(() => {}); // the signal arrives asynchronously; nothing after this line may run
      break;
    case 'throw':
      throw new Error(`failpoint ${name}`);
    case 'delay':
      await new Promise((resolve) => setTimeout(resolve, (point.action as { ms: number }).ms));
  }
}

/** null when nothing is said; `restarts` is how often this process was started again. */
export function parseFailpoints(text: string | undefined, restarts = 0): Map<string, Armed> | null {
  if (!text) return null;
  const points = new Map<string, Armed>();
  for (const part of text.split(';')) {
    const match = /^([\w.]+)=(kill|throw|delay:(\d+))(?:@(\d+(?:,\d+)*))?$/.exec(part.trim());
    if (!match || !(failpoints as readonly string[]).includes(match[1]!)) {
      throw new Error(
        `TRACEWELL_FAILPOINTS: "${part}" is no failpoint; say name=kill|throw|delay:<ms>[@n[,n…]]`,
      );
    }
    const kind = match[2]!.split(':')[0] as Action['kind'];
    const action: Action = kind === 'delay' ? { kind, ms: Number(match[3]) } : { kind };
    const passages = (match[4] ?? '1').split(',').map(Number);
    points.set(match[1]!, { action, countdown: passages[restarts] ?? 0 });
  }
  return points;
}

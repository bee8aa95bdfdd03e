import { type Converged, type ConvergeOptions, converge } from './converge';
import { Deletions } from './deletions';
import type { ReceivedEvent } from './entities';

/**
 * Converges the events of many jobs together, one group at a time: what gathers while a group is under way is
 * the next group. Fewer, larger statements, and no two folds of one entity at once within a process.
 */
export interface ConvergeLane {
  converge(events: readonly ReceivedEvent[], deletions: Deletions): Promise<Converged>;
}

/** A group takes no further job once it holds this many events. */
const maxGroupEvents = 5_000;

interface Waiting {
  events: readonly ReceivedEvent[];
  deletions: Deletions;
  resolve: (converged: Converged) => void;
  reject: (error: unknown) => void;
}

export function createConvergeLane(options: ConvergeOptions): ConvergeLane {
  const waiting: Waiting[] = [];
  let busy = false;

  async function run(): Promise<void> {
    if (busy) return;
    busy = true;
    while (waiting.length > 0) {
      const group = takeGroup(waiting);
      try {
        const deletions = new Deletions(group.flatMap((one) => one.deletions.all));
        const converged = await converge(
          options,
          group.flatMap((one) => one.events),
          deletions,
        );
        let start = 0;
        for (const one of group) {
          one.resolve(partOf(converged, start, one.events.length));
          start += one.events.length;
        }
      } catch (error) {
        for (const one of group) one.reject(error);
      }
    }
    busy = false;
  }

  return {
    converge(events, deletions) {
      return new Promise((resolve, reject) => {
        waiting.push({ events, deletions, resolve, reject });
        void run();
      });
    },
  };
}

function takeGroup(waiting: Waiting[]): Waiting[] {
  let events = 0;
  let count = 0;
  for (const one of waiting) {
    events += one.events.length;
    if (count > 0 && events > maxGroupEvents) break;
    count++;
  }
  return waiting.splice(0, count);
}

/** The outcome of one job's events; the traces of the whole group, as a deletion may concern any of them. */
function partOf({ refused, suppressed, traces }: Converged, start: number, length: number): Converged {
  const within = (position: number) => position >= start && position < start + length;
  return {
    refused: new Map(
      [...refused].filter(([position]) => within(position)).map(([p, reason]) => [p - start, reason]),
    ),
    suppressed: new Set([...suppressed].filter(within).map((position) => position - start)),
    traces,
  };
}

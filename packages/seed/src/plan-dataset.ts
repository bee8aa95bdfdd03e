import type { Dataset, Score, Trace } from './plan';
import type { Random } from './random';
import { triage } from './stories/ticket-triage';
import { tickets } from './stories/triage-texts';

const runs = [
  { model: 'mistral-small-latest', share: 0.35, release: '2026.11.1', prompt: 2 },
  { model: 'gpt-4.1-mini-2025-04-14', share: 0.6, release: '2026.11.2', prompt: 2 },
  { model: 'claude-haiku-4-5', share: 0.85, release: '2026.12.0', prompt: 3 },
] as const;

/** A dataset of sorted messages, and how three models did on it: each run a trace for each item. */
export function planDataset(
  random: Random,
  fromMs: number,
  untilMs: number,
): { dataset: Dataset; traces: Trace[]; scores: Score[] } {
  const traces: Trace[] = [];
  const scores: Score[] = [];
  const items = tickets.map(({ subject, body, source, expected }, n) => ({
    id: `triage-golden-${n + 1}`,
    input: { subject, body },
    expectedOutput: expected,
    metadata: { source },
  }));
  return {
    traces,
    scores,
    dataset: {
      name: 'triage/golden',
      description:
        'Messages of customers, sorted by two people who agreed. The triage must not get worse on them.',
      items,
      runs: runs.map(({ model, share, release, prompt }) => {
        let startMs = Math.floor(fromMs + (untilMs - fromMs) * share);
        const links = tickets.map((ticket, n) => {
          const recorder = triage(
            { random, startMs, release, userId: '', isIncident: false, isLate: prompt === 3 },
            ticket,
            model,
            { environment: 'evaluation', tags: ['experiment'] },
          );
          startMs = recorder.clock + 50;
          traces.push(recorder.finish());
          scores.push(...recorder.scores);
          return { itemId: items[n]!.id, traceId: recorder.traceId };
        });
        return {
          name: `${model} prompt ${prompt}`,
          description: `The triage with ${model} and version ${prompt} of its prompt`,
          metadata: { model, prompt_version: prompt },
          links,
        };
      }),
    },
  };
}

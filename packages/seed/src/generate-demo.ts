import { configuredPrompts, configuredScores } from './configured';
import type { Comment, DemoProject, MediaFile, ReviewQueue, Score, Trace } from './plan';
import { planDataset } from './plan-dataset';
import { Random } from './random';
import { pickMoment } from './rhythm';
import { codingAgent } from './stories/coding-agent';
import { meterReader } from './stories/meter-reader';
import { researchTeam } from './stories/research-team';
import type { Setting, Story } from './stories/story';
import { supportChat } from './stories/support-chat';
import { ticketTriage } from './stories/ticket-triage';

export interface DemoSize {
  seed: number;
  /** Traces of the applications; those of the dataset's runs come on top. */
  traces: number;
  days: number;
  /** Nothing is later. */
  untilMs: number;
}

const stories = { supportChat, ticketTriage, meterReader, researchTeam, codingAgent } satisfies Record<
  string,
  Story
>;
/** How many of a hundred occasions are of which application. */
const shares: Record<keyof typeof stories, number> = {
  supportChat: 34,
  ticketTriage: 32,
  meterReader: 16,
  researchTeam: 10,
  codingAgent: 8,
};
const users = [
  'amelie',
  'bram',
  'chidi',
  'daniela',
  'emre',
  'fenna',
  'giulia',
  'hakon',
  'ines',
  'joris',
  'kasia',
  'luca',
];
const dayMs = 86_400_000;
/** The longest story is told before the end. */
const lastStoryMs = 12 * 60_000;
const incidentMs = 100 * 60_000;
const maxReviewed = 10;

/** A demo project, wholly determined by its size: no clock, no chance but the seed's. */
export function generateDemo(size: DemoSize): DemoProject {
  const { seed, days, untilMs } = size;
  const random = new Random(seed);
  const fromMs = untilMs - days * dayMs;
  const incidentAt = untilMs - Math.floor(days * dayMs * 0.22);
  const traces: Trace[] = [];
  const scores: Score[] = [];
  const media: MediaFile[] = [];
  while (traces.length < size.traces) {
    // An occasion has a chance of its own, so that a change of one story leaves the others as they were.
    const own = new Random(Math.floor(random.next() * 2 ** 32));
    const story = stories[own.weighted(shares)];
    const startMs = pickMoment(own, story.rhythm, fromMs, untilMs - lastStoryMs);
    const told = story.tell(settingAt(own, startMs));
    const kept = told.traces
      .slice(0, size.traces - traces.length)
      .filter(({ spans }) => spans[0]!.endMs <= untilMs);
    const ids = new Set(kept.map(({ id }) => id));
    traces.push(...kept);
    scores.push(...told.scores.filter((score) => (score.traceId ? ids.has(score.traceId) : ids.size > 0)));
    media.push(...told.media.filter(({ traceId }) => ids.has(traceId)));
  }
  const evaluated = planDataset(random, fromMs, untilMs);
  traces.push(...evaluated.traces);
  scores.push(...evaluated.scores);
  return {
    prompts: configuredPrompts,
    scoreConfigs: configuredScores,
    traces: traces.sort((one, other) => one.spans[0]!.startMs - other.spans[0]!.startMs),
    media,
    // Nobody judges in the future.
    scores: scores.map((score) => ({ ...score, timestampMs: Math.min(score.timestampMs, untilMs) })),
    dataset: evaluated.dataset,
    queue: planQueue(traces, scores),
    comments: planComments(traces),
  };

  function settingAt(own: Random, startMs: number): Setting {
    const age = (startMs - fromMs) / (untilMs - fromMs);
    return {
      random: own,
      startMs,
      release: age < 0.3 ? '2026.11.1' : age < 0.62 ? '2026.11.2' : '2026.12.0',
      // The first are there the most often.
      userId: `${users[Math.floor(own.next() ** 1.8 * users.length)]}@example.com`,
      isIncident: Math.abs(startMs - incidentAt) < incidentMs,
      isLate: age >= 0.62,
    };
  }
}

/** What an evaluator liked least is what people look at first. */
function planQueue(traces: readonly Trace[], scores: readonly Score[]): ReviewQueue {
  const known = new Set(traces.map(({ id }) => id));
  const worst = scores
    .filter(({ name, traceId }) => name === 'groundedness' && known.has(traceId ?? ''))
    .sort((one, other) => Number(one.value) - Number(other.value))
    .slice(0, maxReviewed);
  return {
    name: 'Weak answers',
    description:
      'Answers of the support chat with little ground in the handbook. Judge the tone, and whether the customer was helped.',
    scoreConfigs: ['tone', 'helpful'],
    items: worst.map(({ traceId }, n) => ({ traceId: traceId!, isDone: n < 3 })),
  };
}

function planComments(traces: readonly Trace[]): Comment[] {
  const lastOf = (fits: (trace: Trace) => boolean) => traces.findLast(fits)?.id;
  const failed = (trace: Trace) => trace.spans[0]!.level === 'ERROR';
  const remarks: [string | undefined, string][] = [
    [
      lastOf((trace) => trace.app === 'support-chat' && failed(trace)),
      'Three tries within five seconds are too few when a provider is overloaded. Can we fall back to the other model here?',
    ],
    [
      lastOf((trace) => trace.app === 'coding-agent' && failed(trace)),
      'It makes the same edit six times. We should stop after the second run with the same failure.',
    ],
    [
      lastOf((trace) => trace.app === 'coding-agent' && !failed(trace)),
      'A nice one to show: it reads the test before it touches the code.',
    ],
    [
      lastOf(({ app, spans }) => app === 'meter-reader' && spans.some(({ level }) => level === 'WARNING')),
      'The app could ask for more light before the upload. It costs us a call each time.',
    ],
  ];
  return remarks.flatMap(([traceId, content]) => (traceId ? [{ traceId, content }] : []));
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PublicProject } from '@tracewell/contract';
import { Client, type ClientOptions, isMissing, Refusal, Unreachable } from './client';
import type { HistoryReads, MoveContext, Noun, NounName } from './context';
import { MoveError } from './move-error';
import { annotationQueues } from './nouns/annotation-queues';
import { comments } from './nouns/comments';
import { dashboards } from './nouns/dashboards';
import { datasetRuns } from './nouns/dataset-runs';
import { datasets } from './nouns/datasets';
import { llmConnections } from './nouns/llm-connections';
import { models } from './nouns/models';
import { prompts } from './nouns/prompts';
import { scoreConfigs } from './nouns/score-configs';
import { scores } from './nouns/scores';
import { traces } from './nouns/traces';
import type { Progress } from './progress';
import type { MoveSettings } from './read-settings';
import { Report } from './report';
import { openState, stateFileOf } from './state';

/** In the order in which one may speak of another: a score names its config, its trace and its run. */
const nouns: readonly Noun[] = [
  scoreConfigs,
  models,
  prompts,
  datasets,
  traces,
  datasetRuns,
  annotationQueues,
  scores,
  comments,
  dashboards,
  llmConnections,
];

/** How often a noun is begun again whose server failed in the middle. */
const maxRounds = 3;
const betweenRoundsMs = 5_000;

export interface MoveDeps {
  progress: Progress;
  client?: ClientOptions;
}

/**
 * Moves a project, or the part of it that was asked for, and compares both ends. May be stopped and started at any
 * time, and done twice. Throws `MoveError` for what the person has to mend, `Unreachable` for a server that is away.
 */
export async function moveProject(settings: MoveSettings, { progress, client }: MoveDeps): Promise<Report> {
  const options: ClientOptions = { onPause: (text) => progress.say(text), ...client };
  const from = new Client(settings.from, options);
  const to = new Client(settings.to, options);
  const [source, target] = [await findProject(from, '--from'), await findProject(to, '--to')];
  if (source.id === target.id && settings.from.url === settings.to.url) {
    throw new MoveError('Both keys are of the same project of the same server: there is nothing to move.');
  }
  progress.say(`from  ${source.name} of ${source.organization?.name ?? '?'}, ${settings.from.url}`);
  progress.say(`to    ${target.name} of ${target.organization?.name ?? '?'}, ${settings.to.url}`);

  const ends = {
    from: { url: settings.from.url, projectId: source.id },
    to: { url: settings.to.url, projectId: target.id },
  };
  const file = resolve(settings.directory, settings.stateFile ?? stateFileOf(ends));
  const state = openState(settings.isDryRun ? null : file, ends);
  if (!settings.isDryRun) progress.say(`state ${file}`);
  const report = new Report();
  const chosen = choose(settings.only);
  if (chosen.length > settings.only.length && settings.only.length > 0) {
    progress.say(
      `moving ${chosen.map(({ name }) => name).join(', ')}: ids of the one are spoken of by the other`,
    );
  }
  const scratch = await mkdtemp(join(tmpdir(), 'tracewell-move-'));
  const context: MoveContext = {
    from,
    to,
    state,
    report,
    progress,
    since: settings.since ?? beginning,
    until: settings.until ?? new Date(),
    isPart: settings.since !== null,
    pageSize: settings.pageSize,
    sampleSize: settings.isDryRun ? 0 : settings.sampleSize,
    reads: settings.reads ?? (await findReads(from)),
    isDryRun: settings.isDryRun,
    scratch,
  };
  try {
    const present: Noun[] = [];
    for (const noun of chosen) {
      const isThere = settings.isDryRun || (await run(context, noun.name, () => noun.move(context)));
      if (isThere) present.push(noun);
    }
    for (const noun of present) if (!settings.isDryRun) await noun.finish?.(context);
    state.save({ now: true });
    for (const noun of present) await run(context, noun.name, () => noun.verify(context));
    // Before a move only the numbers say something.
    if (settings.isDryRun)
      for (const count of report.counts) Object.assign(count, { compared: 0, different: [] });
    return report;
  } finally {
    state.save({ now: true });
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Before anything that was recorded. */
const beginning = new Date('1990-01-01T00:00:00Z');

function choose(only: readonly NounName[]): Noun[] {
  const names = new Set<NounName>(only);
  // The order of the list is one of needs, so that one walk from its end finds all.
  for (const noun of [...nouns].reverse())
    if (names.has(noun.name)) for (const need of noun.needs) names.add(need);
  return nouns.filter(({ name }) => only.length === 0 || names.has(name));
}

/** False, and said, where the other server does not have this part. */
async function run(context: MoveContext, name: string, act: () => Promise<void>): Promise<boolean> {
  const { from, report, progress, state } = context;
  for (let round = 1; ; round++) {
    try {
      await act();
      return true;
    } catch (error) {
      if (isMissing(error) && error.url === from.server.url) {
        const isKnown = report.findings.some(({ kind, noun }) => kind === 'absent' && noun === name);
        if (!isKnown) report.find('absent', name, `${from.server.url} has no ${error.path}: left out`);
        return false;
      }
      state.save({ now: true });
      if (!(error instanceof Unreachable) || round === maxRounds) throw error;
      progress.say(`${name}: ${error.message}; going on with it in ${betweenRoundsMs / 1_000} s`);
      await sleep(betweenRoundsMs);
    }
  }
}

/** An address that is wrong is to be told at once. */
const firstTries = 3;

async function findProject(client: Client, option: string): Promise<PublicProject> {
  try {
    const { data } = await client.get<{ data: PublicProject[] }>('/projects', {}, firstTries);
    const [project] = data;
    if (project) return project;
  } catch (error) {
    if (error instanceof Unreachable)
      throw new MoveError(`${error.message}. Is the address of ${option} right?`);
    if (!(error instanceof Refusal)) throw error;
    if (error.status === 401 || error.status === 403) {
      throw new MoveError(
        `${client.server.url} refuses the keys of ${option}: ${error.said}. They must be the public and secret key of one project.`,
      );
    }
    if (!isMissing(error)) throw error;
  }
  throw new MoveError(
    `${client.server.url} (${option}) is no server of this API: it has no /api/public/projects.`,
  );
}

const dayMs = 24 * 60 * 60_000;

/** The lists of traces say most; a server that has given them up is read by its observations. */
async function findReads(from: Client): Promise<HistoryReads> {
  try {
    // Some servers are set up to refuse lists without a beginning.
    const fromTimestamp = new Date(Date.now() - dayMs).toISOString();
    await from.get('/traces', { limit: 1, fields: 'core', fromTimestamp });
    return 'v1';
  } catch (error) {
    if (!isMissing(error)) throw error;
    return 'v2';
  }
}

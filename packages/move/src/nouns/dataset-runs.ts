import type { Dataset, DatasetRun, DatasetRunItem } from '@tracewell/contract';
import { isMissing, Refusal } from '../client';
import type { MoveContext, Noun } from '../context';
import { readAll } from '../pages';
import { type Fields, findDifferences } from '../same';
import { findItem, moveItem } from './dataset-items';
import { readDatasets } from './datasets';
import { readExperiments } from './experiments';
import { canonical } from './pair';

const noun = 'dataset-runs';

export type RunLink = Pick<DatasetRunItem, 'datasetItemId' | 'traceId' | 'observationId'> & {
  createdAt: string;
};
export type Run = Pick<DatasetRun, 'id' | 'name' | 'description' | 'metadata'>;
type RunWithLinks = DatasetRun & { datasetRunItems: DatasetRunItem[] };

const runFields: Fields = { name: 'value', description: 'value', metadata: 'value' };
const linkKey = ({ datasetItemId, traceId, observationId }: RunLink) =>
  canonical([datasetItemId, traceId, observationId]);

const pathOf = (dataset: string) => `/datasets/${encodeURIComponent(dataset)}/runs`;
const readRun = async (client: MoveContext['from'], dataset: string, run: string) =>
  client.find<RunWithLinks>(`${pathOf(dataset)}/${encodeURIComponent(run)}`);

/** A run and what it made of each item, the oldest first. A server without runs has them as experiments. */
async function* readRuns(
  context: MoveContext,
  dataset: Dataset,
): AsyncGenerator<{ run: Run; links: RunLink[] }> {
  const { from } = context;
  let runs: DatasetRun[];
  try {
    runs = (await readAll<DatasetRun>(from, pathOf(dataset.name))).reverse();
  } catch (error) {
    if (!isMissing(error)) throw error;
    yield* readExperiments(context, dataset);
    return;
  }
  for (const run of runs) {
    const links = (await readRun(from, dataset.name, run.name))?.datasetRunItems ?? [];
    yield { run, links: links.sort((a, b) => Date.parse(a.createdAt) - Date.parse(b.createdAt)) };
  }
}

/** Runs of datasets: links of traces to items, with their times. */
export const datasetRuns: Noun = {
  name: noun,
  needs: ['datasets'],

  async move(context) {
    const { from, to, state, report, progress } = context;
    const here = new Map((await readDatasets(to)).map((dataset) => [dataset.name, dataset]));
    for (const dataset of await readDatasets(from)) {
      const moved = here.get(dataset.name);
      if (!moved) continue;
      for await (const { run, links } of readRuns(context, dataset)) {
        const before = await readRun(to, dataset.name, run.name);
        const left = countKeys(before?.datasetRunItems ?? []);
        if (before) state.ids(noun).set(run.id, before.id);
        if (links.length === 0 && !before)
          report.find('lost', noun, `${dataset.name}: ${run.name} has no items`);
        const wanted = links.filter((link) => !isLeftOut(context, link));
        if (wanted.length < links.length) {
          const items = `${links.length - wanted.length} items`;
          report.find(
            'left-out',
            noun,
            `${dataset.name}: ${run.name}: ${items}, from before the time asked for`,
          );
        }
        for (const link of wanted) {
          const key = linkKey(link);
          const count = left.get(key) ?? 0;
          if (count > 0) left.set(key, count - 1);
          else await moveLink(moved, run, link);
        }
        progress.step(`dataset-runs: ${dataset.name}: ${run.name}`);
        state.save();
      }
    }

    async function moveLink(dataset: Dataset, run: Run, link: RunLink): Promise<void> {
      const body = {
        runName: run.name,
        runDescription: run.description,
        metadata: run.metadata ?? undefined,
        datasetItemId: link.datasetItemId,
        traceId: link.traceId,
        observationId: link.observationId,
        createdAt: link.createdAt,
      };
      const send = () => to.send<DatasetRunItem>('POST', '/dataset-run-items', body, 'once');
      try {
        const created = await send().catch(async (error) => {
          if (!isMissing(error) || !(await moveArchivedItem(dataset, link))) throw error;
          return send();
        });
        state.ids(noun).set(run.id, created.datasetRunId);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        report.find('lost', noun, `${dataset.name}: ${run.name}: item ${link.datasetItemId}: ${error.said}`);
      }
    }

    /** Archived items stand in no list; a run may still speak of them. */
    async function moveArchivedItem(dataset: Dataset, { datasetItemId }: RunLink): Promise<boolean> {
      const item = await findItem(from, datasetItemId);
      return item !== null && moveItem(context, dataset, item, await findItem(to, datasetItemId));
    }
  },

  async verify(context) {
    const { from, to, report } = context;
    const runs = { there: 0, here: 0, compared: 0, different: [] as string[] };
    const items = { there: 0, here: 0, compared: 0, different: [] as string[] };
    const hereNames = new Set((await readDatasets(to)).map(({ name }) => name));
    for (const dataset of await readDatasets(from)) {
      for await (const { run, links } of readRuns(context, dataset)) {
        const wanted = links.filter((link) => !isLeftOut(context, link));
        if (wanted.length === 0 && links.length > 0) continue;
        runs.there++;
        runs.compared++;
        items.there += wanted.length;
        items.compared += wanted.length;
        const moved = hereNames.has(dataset.name) ? await readRun(to, dataset.name, run.name) : null;
        const fields = moved ? findDifferences(runFields, run, moved) : ['is not here'];
        if (fields.length > 0) runs.different.push(`${dataset.name}: ${run.name}: ${fields.join(', ')}`);
        const left = countKeys(moved?.datasetRunItems ?? []);
        for (const link of wanted) {
          const count = left.get(linkKey(link)) ?? 0;
          if (count === 0)
            items.different.push(`${dataset.name}: ${run.name}: ${link.datasetItemId} is not here`);
          left.set(linkKey(link), count - 1);
        }
      }
      if (!hereNames.has(dataset.name)) continue;
      for (const run of await readAll<DatasetRun>(to, pathOf(dataset.name))) {
        const links = (await readRun(to, dataset.name, run.name))?.datasetRunItems ?? [];
        const wanted = links.filter((link) => !isLeftOut(context, link));
        if (wanted.length === 0 && links.length > 0) continue;
        runs.here++;
        items.here += wanted.length;
      }
    }
    report.counts.push({ noun, ...runs });
    report.counts.push({ noun: 'items of runs', ...items });
  },
};

const isLeftOut = ({ isPart, since }: MoveContext, { createdAt }: RunLink): boolean =>
  isPart && Date.parse(createdAt) < since.getTime();

function countKeys(links: readonly RunLink[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const link of links) counts.set(linkKey(link), (counts.get(linkKey(link)) ?? 0) + 1);
  return counts;
}

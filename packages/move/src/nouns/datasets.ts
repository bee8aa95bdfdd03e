import type { Dataset } from '@tracewell/contract';
import type { MoveContext, Noun } from '../context';
import { countItems, readAll } from '../pages';
import { type Fields, findDifferences } from '../same';
import { attempt } from './attempt';
import { compareItems, moveItems } from './dataset-items';

const noun = 'datasets';
const path = '/v2/datasets';

const fields: Fields = {
  name: 'value',
  description: 'value',
  metadata: 'value',
  inputSchema: 'value',
  expectedOutputSchema: 'value',
};

/** The oldest first. */
export const readDatasets = async (client: MoveContext['from']): Promise<Dataset[]> =>
  (await readAll<Dataset>(client, path)).reverse();

/** Datasets with their active items, which keep their ids. */
export const datasets: Noun = {
  name: noun,
  needs: [],

  async move(context) {
    const { from, to } = context;
    const here = new Map((await readDatasets(to)).map((dataset) => [dataset.name, dataset]));
    for (const dataset of await readDatasets(from)) {
      const before = here.get(dataset.name);
      const { name, description, metadata, inputSchema, expectedOutputSchema } = dataset;
      const moved =
        before && findDifferences(fields, dataset, before).length === 0
          ? before
          : await attempt(context, noun, name, () =>
              to.send<Dataset>(
                'POST',
                path,
                { name, description, metadata, inputSchema, expectedOutputSchema },
                'repeatable',
              ),
            );
      if (moved) await moveItems(context, dataset, moved);
    }
  },

  async verify(context) {
    const { from, to, report } = context;
    const there = await readDatasets(from);
    const here = await readDatasets(to);
    const hereByName = new Map(here.map((dataset) => [dataset.name, dataset]));
    const different: string[] = [];
    const items = { there: 0, here: 0, compared: 0, different: [] as string[] };
    for (const dataset of there) {
      const moved = hereByName.get(dataset.name);
      const differing = moved ? findDifferences(fields, dataset, moved) : ['is not here'];
      if (differing.length > 0) different.push(`${dataset.name}: ${differing.join(', ')}`);
      const sample = await compareItems(context, dataset.name);
      items.compared += sample.compared;
      items.different.push(...sample.different);
    }
    items.there = await countItems(from, '/dataset-items');
    items.here = await countItems(to, '/dataset-items');
    report.counts.push({ noun, there: there.length, here: here.length, compared: there.length, different });
    report.counts.push({ noun: 'items of datasets', ...items });
  },
};

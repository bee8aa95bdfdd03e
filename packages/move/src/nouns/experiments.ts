import type { Dataset, Experiment, ExperimentItem } from '@tracewell/contract';
import type { Client, Query } from '../client';
import type { MoveContext } from '../context';
import type { Run, RunLink } from './dataset-runs';

/** Runs as a server tells of them that has experiments only. */

const pageLimit = 100;

async function* readByCursor<Item>(client: Client, path: string, query: Query): AsyncGenerator<Item> {
  let cursor: string | undefined;
  do {
    const { data, meta } = await client.get<{ data: Item[]; meta: { cursor?: string } }>(path, {
      ...query,
      limit: pageLimit,
      cursor,
    });
    yield* data;
    cursor = meta.cursor;
  } while (cursor !== undefined);
}

export async function* readExperiments(
  { from, since }: MoveContext,
  dataset: Dataset,
): AsyncGenerator<{ run: Run; links: RunLink[] }> {
  const query = { fromStartTime: since.toISOString(), datasetId: dataset.id };
  const experiments: Experiment[] = [];
  for await (const experiment of readByCursor<Experiment>(from, '/experiments', {
    ...query,
    fields: 'core,metadata',
  })) {
    experiments.push(experiment);
  }
  for (const { id, name, description, metadata } of experiments.reverse()) {
    const links: RunLink[] = [];
    for await (const item of readByCursor<ExperimentItem>(from, '/experiment-items', {
      ...query,
      experimentId: id,
    })) {
      links.push({
        datasetItemId: item.experimentItemId,
        traceId: item.traceId,
        observationId: null,
        createdAt: item.startTime,
      });
    }
    yield { run: { id, name, description, metadata }, links: links.reverse() };
  }
}

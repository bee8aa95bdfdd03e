import type { Dataset, DatasetItem } from '@tracewell/contract';
import type { MoveContext } from '../context';
import type { Page } from '../pages';
import { readOldestFirst } from '../pages';
import { type Fields, findDifferences } from '../same';
import { attempt } from './attempt';
import { findMedia, moveMedia } from './media';
import { compareEach } from './recorded';

const path = '/dataset-items';
/** Items that are asked for at the same time. */
const atOnce = 8;

const fields: Fields = {
  status: 'value',
  input: 'value',
  expectedOutput: 'value',
  metadata: 'value',
  sourceTraceId: 'value',
  sourceObservationId: 'value',
  datasetName: 'value',
};

export const findItem = (client: MoveContext['from'], id: string): Promise<DatasetItem | null> =>
  client.find(`${path}/${encodeURIComponent(id)}`);

export async function moveItems(context: MoveContext, dataset: Dataset, here: Dataset): Promise<void> {
  const { from, to, progress } = context;
  let count = 0;
  for await (const page of readOldestFirst<DatasetItem>(from, path, { datasetName: dataset.name })) {
    for (let at = 0; at < page.length; at += atOnce) {
      const items = page.slice(at, at + atOnce);
      const before = await Promise.all(items.map(({ id }) => findItem(to, id)));
      // One after the other: the time of writing is their order.
      for (const [n, item] of items.entries()) await moveItem(context, here, item, before[n] ?? null);
    }
    count += page.length;
    progress.step(`datasets: ${dataset.name}: ${count} items`);
  }
}

/** Writes an item with its id, unless it is here as it is there. */
export async function moveItem(
  context: MoveContext,
  dataset: Pick<Dataset, 'id' | 'name'>,
  item: DatasetItem,
  before: DatasetItem | null,
): Promise<boolean> {
  const { id, status, input, expectedOutput, metadata, sourceTraceId, sourceObservationId } = item;
  const isMoved =
    (before !== null && findDifferences(fields, item, before).length === 0) ||
    (await attempt(context, 'datasets', `item ${id} of ${dataset.name}`, () =>
      context.to.send(
        'POST',
        path,
        {
          datasetName: dataset.name,
          id,
          status,
          input,
          expectedOutput,
          metadata,
          sourceTraceId,
          sourceObservationId,
        },
        'repeatable',
      ),
    )) !== null;
  if (!isMoved) return false;
  const place = { datasetId: dataset.id, datasetItemId: id };
  await moveMedia(context, [
    ...findMedia(input, { ...place, field: 'input' }),
    ...findMedia(expectedOutput, { ...place, field: 'expectedOutput' }),
    ...findMedia(metadata, { ...place, field: 'metadata' }),
  ]);
  return true;
}

/** The newest items of a dataset, as many as the sample asks for. */
export async function compareItems({ from, to, sampleSize }: MoveContext, datasetName: string) {
  if (sampleSize === 0) return { compared: 0, different: [] };
  const { data } = await from.get<Page<DatasetItem>>(path, { datasetName, limit: Math.min(sampleSize, 100) });
  const different = await compareEach(
    data,
    ({ id }) => findItem(to, id),
    (item, here) => findDifferences(fields, item, here),
  );
  return { compared: data.length, different };
}

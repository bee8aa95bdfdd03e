import { ApiError } from '@tracewell/contract';
import { ResultTooLarge } from '@tracewell/query/invalid-query';
import { createItemCheck, type ItemSchemas } from './check-item';
import { listItemsById, type Transaction } from './store';

/** Items that do not fit a new schema and are named. */
const maxNamed = 10;
const pageSize = 200;
/** Items of a dataset that can still be given a schema. */
const maxChecked = 100_000;

/**
 * Whether every item of the dataset, archived ones too, fits its schemas.
 * Throws `invalid_request` naming those that do not.
 */
export async function checkItems(
  transaction: Transaction,
  dataset: ItemSchemas & { id: string },
): Promise<void> {
  const check = createItemCheck(dataset);
  const faults: { path: string; message: string }[] = [];
  let after = '';
  for (let checked = 0; ; checked += pageSize) {
    if (checked >= maxChecked) {
      throw new ResultTooLarge(
        `A schema can be set while a dataset has at most ${maxChecked} items. Set it on a new dataset first.`,
      );
    }
    const page = await listItemsById(transaction, dataset.id, after, pageSize);
    for (const item of page) {
      const fault = check(item);
      if (fault) faults.push({ path: `items.${item.id}`, message: fault });
      if (faults.length === maxNamed) break;
    }
    if (page.length < pageSize || faults.length === maxNamed) break;
    after = page.at(-1)!.id;
  }
  if (faults.length === 0) return;
  const named = faults.map(({ path, message }) => `${path}: ${message}`).join('; ');
  throw new ApiError(
    'invalid_request',
    `Items of the dataset do not fit the schema. ${named}. Change these items (at most ${maxNamed} are named), or the schema.`,
    faults,
  );
}

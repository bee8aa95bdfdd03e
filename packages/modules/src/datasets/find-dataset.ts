import { ApiError } from '@tracewell/contract';
import { type DatasetRow, findById, findByNames, findByNamesAndHold, type Transaction } from './store';

/**
 * A name as clients send it: some encode what their HTTP library encodes once more, so a name that is not there
 * may be the encoded form of one that is.
 */
export function possibleNames(asked: string): [string, ...string[]] {
  try {
    const decoded = decodeURIComponent(asked);
    return decoded === asked ? [asked] : [asked, decoded];
  } catch {
    return [asked];
  }
}

/** The dataset of this name. Throws `not_found`. */
export async function findDataset(
  db: Transaction,
  projectId: string,
  name: string,
  options: { hold?: boolean } = {},
): Promise<DatasetRow> {
  const names = possibleNames(name);
  const find = options.hold ? findByNamesAndHold : findByNames;
  const found = await find(db, projectId, names);
  const dataset = found.find((row) => row.name === names[0]) ?? found[0];
  if (dataset) return dataset;
  throw new ApiError(
    'not_found',
    `Dataset not found: this project has no dataset ${names.at(-1)!.slice(0, 200)}.`,
  );
}

/** Throws `not_found`. */
export async function findDatasetById(
  db: Transaction,
  projectId: string,
  datasetId: string,
): Promise<DatasetRow> {
  const dataset = await findById(db, projectId, datasetId);
  if (dataset) return dataset;
  throw new ApiError(
    'not_found',
    `Dataset not found: this project has no dataset with the id ${datasetId.slice(0, 200)}.`,
  );
}

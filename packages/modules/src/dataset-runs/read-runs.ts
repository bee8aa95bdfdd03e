import type { DatasetRun } from '@tracewell/contract';
import { formatIsoTime } from '@tracewell/domain';
import { ResultTooLarge } from '@tracewell/query/invalid-query';
import { parseMetadata } from '../payloads/index';
import { type RunDeps, readRecordedRuns } from './recorded-runs';
import { findRunByName, listRunsOf, type RunRow } from './store';

interface Dataset {
  id: string;
  name: string;
  projectId: string;
  createdAt: Date;
}

/** Runs of one dataset that can be listed. */
const maxRuns = 10_000;

/** Every run of the dataset, linked or recorded, newest first. Throws `ResultTooLarge`. */
export async function readRuns(deps: RunDeps, dataset: Dataset): Promise<DatasetRun[]> {
  const [linked, recorded] = await Promise.all([
    listRunsOf(deps.relational.db, [dataset.id], maxRuns + 1),
    readRecordedRuns(deps, dataset, maxRuns + 1),
  ]);
  if (linked.length > maxRuns || recorded.runs.length > maxRuns) {
    throw new ResultTooLarge(
      `Dataset ${dataset.name} has more than ${maxRuns} runs. Read them by time: GET /api/public/experiments?datasetId=….`,
    );
  }
  return merge(dataset, linked, recorded);
}

/** The runs of these names, the one clients mean first. */
export async function findRuns(
  deps: RunDeps,
  dataset: Dataset,
  names: readonly string[],
): Promise<DatasetRun[]> {
  const [linked, recorded] = await Promise.all([
    findRunByName(deps.relational.db, dataset.id, names),
    readRecordedRuns(deps, dataset, maxRuns, names),
  ]);
  const found = await merge(dataset, linked, recorded);
  const ids = new Set(linked.map(({ id }) => id));
  const rank = (run: DatasetRun) => names.indexOf(run.name) * 2 + (ids.has(run.id) ? 0 : 1);
  return found.sort((one, other) => rank(one) - rank(other));
}

async function merge(
  dataset: Dataset,
  linked: readonly RunRow[],
  recorded: Awaited<ReturnType<typeof readRecordedRuns>>,
): Promise<DatasetRun[]> {
  const known = new Set(linked.map(({ id }) => id));
  const others = recorded.runs.filter(({ id }) => !known.has(id));
  const metadata = await recorded.metadataOf(others);
  const place = { datasetId: dataset.id, datasetName: dataset.name };
  const runs: DatasetRun[] = [
    ...linked.map((row) => ({
      id: row.id,
      name: row.name,
      description: row.description,
      metadata: row.metadata,
      ...place,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
    })),
    ...others.map((run) => ({
      id: run.id,
      name: run.name,
      description: run.description || null,
      metadata: parseMetadata(metadata.get(run.id) ?? {}),
      ...place,
      createdAt: formatIsoTime(run.startTime),
      updatedAt: formatIsoTime(run.endTime),
    })),
  ];
  return runs.sort(newestFirst);
}

export const newestFirst = (
  one: { createdAt: string; id: string },
  other: { createdAt: string; id: string },
): number => compare(other.createdAt, one.createdAt) || compare(other.id, one.id);
const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other));

import type { Microseconds } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import type { Relational } from '@tracewell/engines/relational/port';
import { type ExperimentLink, listExperimentLinks } from '@tracewell/query/experiments/list-experiment-items';
import {
  listExperiments,
  type RecordedExperiment,
  readExperimentMetadata,
} from '@tracewell/query/experiments/list-experiments';
import { readClearedRuns } from './cleared-runs';

/** Runs that spans speak of: newer clients record those and link nothing. */
export interface RunDeps {
  relational: Pick<Relational, 'db'>;
  columnar: Columnar;
}
interface Dataset {
  id: string;
  projectId: string;
  createdAt: Date;
}

/** How much earlier than the dataset a client's clock may put a run of it. */
const clockSkewMs = 86_400_000;
const since = (dataset: Dataset): Microseconds => (dataset.createdAt.getTime() - clockSkewMs) * 1000;

export interface RecordedRuns {
  runs: RecordedExperiment[];
  metadataOf(runs: readonly RecordedExperiment[]): ReturnType<typeof readExperimentMetadata>;
}

/** Recorded runs of the dataset, at most `limit`; of these names or ids only, if any are given. */
export async function readRecordedRuns(
  { relational, columnar }: RunDeps,
  dataset: Dataset,
  limit: number,
  names?: readonly string[],
): Promise<RecordedRuns> {
  const selection = {
    projectId: dataset.projectId,
    from: since(dataset),
    datasetIds: [dataset.id],
    names,
    clearedBefore: await readClearedRuns(relational.db, dataset.projectId),
  };
  return {
    runs: await listExperiments(columnar, { ...selection, limit }),
    metadataOf: (runs) => readExperimentMetadata(columnar, { ...selection, ids: runs.map(({ id }) => id) }),
  };
}

/** What was recorded of each item of a run, newest first. */
export async function readRecordedLinks(
  { relational, columnar }: RunDeps,
  dataset: Dataset,
  runId: string,
  limit: number,
): Promise<ExperimentLink[]> {
  return listExperimentLinks(columnar, {
    projectId: dataset.projectId,
    from: since(dataset),
    ids: [runId],
    clearedBefore: await readClearedRuns(relational.db, dataset.projectId),
    limit,
  });
}

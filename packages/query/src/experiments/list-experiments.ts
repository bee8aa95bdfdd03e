import type { Metadata, Microseconds } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { type Integer, toMetadata, toNumber } from '../sql/decode';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { count, sql } from '../sql/sql';
import { type ExperimentSelection, experimentSpans } from './experiment-selection';

export interface RecordedExperiment {
  id: string;
  name: string;
  description: string;
  datasetId: string;
  /** Of its spans in the range: the first start and the latest end. */
  startTime: Microseconds;
  endTime: Microseconds;
  itemCount: number;
}

const description = sql`JSONExtractString(record, 'experiment_description')`;
const metadata = sql`JSONExtract(record, 'experiment_metadata', 'Map(String, String)')`;

/** Experiments that spans in the range speak of, latest activity first. */
export async function listExperiments(
  columnar: Columnar,
  request: ExperimentSelection & { projectId: string; limit: number },
): Promise<RecordedExperiment[]> {
  const scope = new ProjectScope(request.projectId);
  const rows = await readRows<ExperimentRow>(
    columnar,
    'experiments.list',
    sql`
      SELECT
        experiment_id AS id_,
        argMaxIf(experiment_name, start_time, experiment_name != '') AS name_,
        argMaxIf(${description}, start_time, ${description} != '') AS description_,
        argMaxIf(experiment_dataset_id, start_time, experiment_dataset_id != '') AS datasetId_,
        toUnixTimestamp64Micro(min(start_time)) AS startUs,
        toUnixTimestamp64Micro(max(greatest(start_time, ifNull(end_time, start_time)))) AS endUs,
        countIf(id = experiment_item_root_observation_id) AS items
      FROM ${experimentSpans(scope, 'experiments', request)}
      GROUP BY experiment_id
      ORDER BY endUs DESC, id_ DESC
      LIMIT ${count(request.limit)}`,
  );
  return rows.map((row) => ({
    id: row.id_,
    name: row.name_,
    description: row.description_,
    datasetId: row.datasetId_,
    startTime: toNumber(row.startUs),
    endTime: toNumber(row.endUs),
    itemCount: toNumber(row.items),
  }));
}

interface ExperimentRow {
  id_: string;
  name_: string;
  description_: string;
  datasetId_: string;
  startUs: Integer;
  endUs: Integer;
  items: Integer;
}

/** What its spans said last of each experiment's metadata, by id. */
export async function readExperimentMetadata(
  columnar: Columnar,
  request: ExperimentSelection & { projectId: string; ids: readonly string[] },
): Promise<Map<string, Metadata>> {
  if (request.ids.length === 0) return new Map();
  const scope = new ProjectScope(request.projectId);
  const rows = await readRows<{ id_: string; metadata_: Record<string, string> }>(
    columnar,
    'experiments.metadata',
    sql`
      SELECT experiment_id AS id_, argMaxIf(${metadata}, start_time, notEmpty(${metadata})) AS metadata_
      FROM ${experimentSpans(scope, 'experiments', request)}
      GROUP BY experiment_id`,
  );
  return new Map(rows.map((row) => [row.id_, toMetadata(row.metadata_)]));
}

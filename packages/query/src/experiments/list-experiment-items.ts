import type { Microseconds } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import {
  type ObservationGroup,
  type ObservationRow,
  selectFields,
  toObservationRow,
} from '../observations/observation-fields';
import { ProjectScope } from '../sql/project-scope';
import { readRows } from '../sql/read-rows';
import { count, type Sql, sql, text, time } from '../sql/sql';
import { type ExperimentSelection, experimentSpans } from './experiment-selection';

/** A place in the list, newest first. */
export interface ExperimentItemCursor {
  startTime: Microseconds;
  traceId: string;
  id: string;
  experimentId: string;
}

export interface ListExperimentItems extends ExperimentSelection {
  projectId: string;
  limit: number;
  cursor?: ExperimentItemCursor | undefined;
}

/** The root span of an item says what the experiment made of it. */
const isItemRoot = sql`id = experiment_item_root_observation_id`;
const order = sql`start_time DESC, trace_id DESC, id DESC, experiment_id DESC`;

/** Root spans of items, newest first, with the groups of fields asked for. */
export async function listExperimentItems<Group extends ObservationGroup>(
  columnar: Columnar,
  request: ListExperimentItems & { groups: readonly Group[] },
): Promise<ObservationRow<Group>[]> {
  const scope = new ProjectScope(request.projectId);
  const rows = await readRows<Record<string, unknown>>(
    columnar,
    'experiments.items',
    sql`
      SELECT ${selectFields(request.groups)}
      FROM ${experimentSpans(scope, 'items', request, [isItemRoot, ...after(request.cursor)])}
      ORDER BY ${order}
      LIMIT ${count(request.limit)}`,
  );
  return rows.map((row) => toObservationRow<Group>(request.groups, row));
}

const after = (cursor: ExperimentItemCursor | undefined): Sql[] =>
  cursor
    ? [
        sql`(start_time, trace_id, id, experiment_id) < (${time(cursor.startTime)}, ${text(cursor.traceId)}, ${text(cursor.id)}, ${text(cursor.experimentId)})`,
      ]
    : [];

/** What links an item of a dataset to what was recorded of it. */
export interface ExperimentLink {
  experimentId: string;
  itemId: string;
  traceId: string;
  observationId: string;
  startTime: Microseconds;
}

/** The links alone, newest first. */
export async function listExperimentLinks(
  columnar: Columnar,
  request: ListExperimentItems,
): Promise<ExperimentLink[]> {
  const scope = new ProjectScope(request.projectId);
  const rows = await readRows<ExperimentLink>(
    columnar,
    'experiments.links',
    sql`
      SELECT
        experiment_id AS experimentId, experiment_item_id AS itemId, trace_id AS traceId, id AS observationId,
        toUnixTimestamp64Micro(start_time) AS startTime
      FROM ${experimentSpans(scope, 'items', request, [isItemRoot])}
      ORDER BY ${order}
      LIMIT ${count(request.limit)}`,
  );
  return rows.map((row) => ({ ...row, startTime: Number(row.startTime) }));
}

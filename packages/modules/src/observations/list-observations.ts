import {
  type AnswerOf,
  type listObservationsV1 as operation,
  type QueryOf,
  toPageMeta,
} from '@tracewell/contract';
import type { Columnar } from '@tracewell/engines/columnar/port';
import type { Relational } from '@tracewell/engines/relational/port';
import { countObservations, listObservations } from '@tracewell/query/observations/list-observations';
import type { ObservationSelection } from '@tracewell/query/observations/observation-selection';
import { type ProjectAccess, requireScope } from '../access/index';
import { filterByComments } from '../comments/index';
import { findPromptIds } from '../prompts/index';
import { readTimeRange } from '../time-ranges/index';
import { groupsOfV1, toObservationV1 } from './observation-wire';

/** One page of observations with their payloads; the user is the one of the trace. */
export async function listObservationsV1(
  deps: { columnar: Columnar; relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  query: QueryOf<typeof operation>,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'traces:read');
  const { columnar } = deps;
  const { page, limit } = query;
  const { projectId } = access;
  const filter = await filterByComments(deps, access.projectId, 'OBSERVATION', query.filter);
  const selection: ObservationSelection = {
    ...readTimeRange(query.fromStartTime, query.toStartTime),
    name: query.name,
    userId: query.userId,
    type: query.type,
    traceId: query.traceId,
    level: query.level,
    parentObservationId: query.parentObservationId,
    environment: query.environment,
    version: query.version,
    traceColumns: 'of-trace',
    ...(filter && { filter }),
  };
  const [{ observations }, totalItems] = await Promise.all([
    listObservations(columnar, {
      ...selection,
      projectId,
      limit,
      offset: (page - 1) * limit,
      groups: groupsOfV1,
    }),
    countObservations(columnar, { ...selection, projectId }),
  ]);
  const promptIdOf = await findPromptIds(deps, projectId, observations);
  return {
    data: observations.map((row) => toObservationV1(row, promptIdOf)),
    meta: toPageMeta({ page, limit }, totalItems),
  };
}

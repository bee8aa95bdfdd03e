import { ApiError, type ObservationV1 } from '@tracewell/contract';
import type { Columnar } from '@tracewell/engines/columnar/port';
import type { Relational } from '@tracewell/engines/relational/port';
import { getObservation } from '@tracewell/query/observations/get-observation';
import { type ProjectAccess, requireScope } from '../access/index';
import { findPromptIds } from '../prompts/index';
import { toObservationV1 } from './observation-wire';

/** Throws `not_found`. */
export async function getObservationV1(
  deps: { columnar: Columnar; relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  observationId: string,
): Promise<ObservationV1> {
  requireScope(access, 'traces:read');
  const found = await getObservation(deps.columnar, { projectId: access.projectId, observationId });
  if (!found) throw new ApiError('not_found', 'Observation not found within authorized project');
  return toObservationV1(found, await findPromptIds(deps, access.projectId, [found]));
}

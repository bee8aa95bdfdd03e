import { ApiError, type TraceGroup, type TraceWithAll } from '@tracewell/contract';
import type { Columnar } from '@tracewell/engines/columnar/port';
import type { Relational } from '@tracewell/engines/relational/port';
import { getTrace as queryTrace } from '@tracewell/query/traces/get-trace';
import { type ProjectAccess, requireScope } from '../access/index';
import { toObservationV1 } from '../observations/index';
import { findPromptIds } from '../prompts/index';
import { toScoreV1 } from '../scores/index';
import { measuresOf, toPublicTrace } from './trace-wire';

/**
 * A trace with its observations and scores, or what of them was asked for. Throws `not_found`, and
 * `ResultTooLarge` when the payloads of its observations are more than one answer may hold.
 */
export async function getTrace(
  deps: { columnar: Columnar; relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  traceId: string,
  fields: readonly TraceGroup[],
): Promise<TraceWithAll> {
  requireScope(access, 'traces:read');
  const found = await queryTrace(deps.columnar, {
    projectId: access.projectId,
    traceId,
    io: true,
    observations: fields.includes('observations'),
    scores: fields.includes('scores'),
  });
  if (!found) throw new ApiError('not_found', `Trace ${traceId} not found within authorized project`);
  const { trace, observations } = found;
  const promptIdOf = await findPromptIds(deps, access.projectId, observations);
  return {
    ...toPublicTrace(fields.includes('io') ? trace : { ...trace, io: null }),
    ...measuresOf(trace, fields),
    observations: observations.map((row) => toObservationV1(row, promptIdOf)),
    scores: trace.scores.flatMap((score) => toScoreV1(score) ?? []),
  };
}

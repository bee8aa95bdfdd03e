import { ApiError, type ScoreV1, type ScoreV2 } from '@tracewell/contract';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { getScore } from '@tracewell/query/scores/get-score';
import { type ProjectAccess, requireScope } from '../access/index';
import { toScoreV1, toScoreV2 } from './score-wire';

interface Deps {
  columnar: Columnar;
}

const notFound = (scoreId: string) =>
  new ApiError('not_found', `Score not found: this project has no score ${scoreId}.`);

/** Throws `not_found`, also for a score that the first generation does not know. */
export async function getScoreV1(deps: Deps, access: ProjectAccess, scoreId: string): Promise<ScoreV1> {
  const shown = toScoreV1(await readScore(deps, access, scoreId));
  if (!shown) throw notFound(scoreId);
  return shown;
}

export const getScoreV2 = async (deps: Deps, access: ProjectAccess, scoreId: string): Promise<ScoreV2> =>
  toScoreV2(await readScore(deps, access, scoreId));

async function readScore({ columnar }: Deps, access: ProjectAccess, scoreId: string) {
  requireScope(access, 'scores:read');
  const found = await getScore(columnar, { projectId: access.projectId, scoreId });
  if (!found) throw notFound(scoreId);
  return found;
}

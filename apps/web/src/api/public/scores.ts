import * as operations from '@tracewell/contract';
import {
  deleteScore,
  getScoreV1,
  getScoreV2,
  listScoresV1,
  listScoresV2,
  listScoresV3,
} from '@tracewell/modules/scores/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountScores(api: Api, deps: ApiDeps): void {
  api.project(operations.listScoresV1, ({ query }, access) => listScoresV1(deps, access, query));
  api.project(operations.getScoreV1, ({ params }, access) => getScoreV1(deps, access, params.scoreId));
  api.project(operations.listScoresV2, ({ query }, access) => listScoresV2(deps, access, query));
  api.project(operations.getScoreV2, ({ params }, access) => getScoreV2(deps, access, params.scoreId));
  api.project(operations.listScoresV3, ({ query }, access) => listScoresV3(deps, access, query));
  api.project(operations.deleteScore, async ({ params }, access) => {
    await deleteScore(deps, access, params.scoreId);
    return { message: 'Score deletion queued successfully' };
  });
}

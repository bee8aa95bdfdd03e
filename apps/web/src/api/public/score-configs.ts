import * as operations from '@tracewell/contract';
import {
  createScoreConfig,
  getScoreConfig,
  listScoreConfigs,
  updateScoreConfig,
} from '@tracewell/modules/score-configs/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountScoreConfigs(api: Api, deps: ApiDeps): void {
  api.project(operations.listScoreConfigs, ({ query }, access) => listScoreConfigs(deps, access, query));
  api.project(operations.createScoreConfig, ({ body }, access) => createScoreConfig(deps, access, body));
  api.project(operations.getScoreConfig, ({ params }, access) =>
    getScoreConfig(deps, access, params.configId),
  );
  api.project(operations.updateScoreConfig, ({ params, body }, access) =>
    updateScoreConfig(deps, access, params.configId, body),
  );
}

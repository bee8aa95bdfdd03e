import * as operations from '@tracewell/contract';
import { listDailyMetrics, queryMetricsV1, queryMetricsV2 } from '@tracewell/modules/metrics/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountMetrics(api: Api, deps: ApiDeps): void {
  api.project(operations.queryMetricsV1, ({ query }, access) => queryMetricsV1(deps, access, query.query));
  api.project(operations.queryMetricsV2, ({ query }, access) => queryMetricsV2(deps, access, query.query));
  api.project(operations.listDailyMetrics, ({ query }, access) => listDailyMetrics(deps, access, query));
}

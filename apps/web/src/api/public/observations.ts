import * as operations from '@tracewell/contract';
import {
  getObservationV1,
  listObservationsV1,
  listObservationsV2,
} from '@tracewell/modules/observations/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountObservations(api: Api, deps: ApiDeps): void {
  api.project(operations.listObservationsV1, ({ query }, access) => listObservationsV1(deps, access, query));
  api.project(operations.getObservationV1, ({ params }, access) =>
    getObservationV1(deps, access, params.observationId),
  );
  api.project(operations.listObservationsV2, ({ query }, access) => listObservationsV2(deps, access, query));
}

import * as operations from '@tracewell/contract';
import {
  deleteLlmConnection,
  listLlmConnections,
  upsertLlmConnection,
} from '@tracewell/modules/llm-connections/index';
import type { ApiDeps } from '../deps';
import { json } from '../respond';
import type { Api } from '../serve';

export function mountLlmConnections(api: Api, deps: ApiDeps): void {
  api.project(operations.listLlmConnections, ({ query }, access) => listLlmConnections(deps, access, query));
  api.project(operations.upsertLlmConnection, async ({ body }, access) => {
    const { connection, created } = await upsertLlmConnection(deps, access, body);
    return json(connection, created ? 201 : 200);
  });
  api.project(operations.deleteLlmConnection, ({ params }, access) =>
    deleteLlmConnection(deps, access, params.id),
  );
}

import * as operations from '@tracewell/contract';
import {
  createPrompt,
  deletePrompt,
  getPrompt,
  listPrompts,
  productionLabel,
  updatePromptVersion,
} from '@tracewell/modules/prompts/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountPrompts(api: Api, deps: ApiDeps): void {
  api.project(operations.listPrompts, ({ query }, access) => listPrompts(deps, access, query));
  api.project(operations.createPrompt, ({ body }, access) => createPrompt(deps, access, body));
  api.project(operations.getPrompt, ({ params, query }, access) =>
    getPrompt(deps, access, params.promptName, query),
  );
  api.project(operations.deletePrompt, async ({ params, query }, access) => {
    await deletePrompt(deps, access, params.promptName, query);
    return new Response(null, { status: 204 });
  });
  api.project(operations.updatePromptVersion, ({ params, body }, access) =>
    updatePromptVersion(deps, access, params, body),
  );
  api.project(operations.getPromptV1, ({ query }, access) =>
    getPrompt(deps, access, query.name, { version: query.version, label: undefined, resolve: true }),
  );
  api.project(operations.createPromptV1, ({ body }, access) => {
    const labels = [...(body.labels ?? []), ...(body.isActive ? [productionLabel] : [])];
    return createPrompt(deps, access, { ...body, labels });
  });
}

import * as operations from '@tracewell/contract/v1/protected-prompt-labels';
import { listProtectedLabels, protectLabel, unprotectLabel } from '@tracewell/modules/prompts/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountProtectedPromptLabels(api: Api, deps: ApiDeps): void {
  api.project(operations.listProtectedPromptLabels, async (_, access) => ({
    data: await listProtectedLabels(deps, access),
  }));
  api.project(operations.protectPromptLabel, async ({ params }, access) => {
    await protectLabel(deps, access, params.label);
    return { success: true } as const;
  });
  api.project(operations.unprotectPromptLabel, async ({ params }, access) => {
    await unprotectLabel(deps, access, params.label);
    return { success: true } as const;
  });
}

import * as operations from '@tracewell/contract/v1/saved-views';
import {
  createSavedView,
  deleteSavedView,
  listSavedViews,
  updateSavedView,
} from '@tracewell/modules/saved-views/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

export function mountSavedViews(api: Api, deps: ApiDeps): void {
  api.project(operations.listSavedViews, async ({ query }, access) => ({
    data: await listSavedViews(deps, access, query.table),
  }));
  api.project(operations.createSavedView, ({ body }, access) => createSavedView(deps, access, body));
  api.project(operations.updateSavedView, ({ params, body }, access) =>
    updateSavedView(deps, access, params.viewId, body),
  );
  api.project(operations.deleteSavedView, async ({ params }, access) => {
    await deleteSavedView(deps, access, params.viewId);
    return { success: true } as const;
  });
}

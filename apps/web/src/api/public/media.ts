import * as operations from '@tracewell/contract';
import { createMediaUpload, getMedia, updateMedia } from '@tracewell/modules/media/index';
import type { ApiDeps } from '../deps';
import { absoluteUrl } from '../own-url';
import type { Api } from '../serve';

export function mountMedia(api: Api, deps: ApiDeps): void {
  api.project(operations.createMediaUpload, async ({ body, request }, access) => {
    const { mediaId, uploadUrl } = await createMediaUpload(deps, access, body);
    return { mediaId, uploadUrl: uploadUrl && absoluteUrl(uploadUrl, request, deps) };
  });
  api.project(operations.updateMedia, ({ params, body }, access) =>
    updateMedia(deps, access, params.mediaId, body),
  );
  api.project(operations.getMedia, async ({ params, request }, access) => {
    const file = await getMedia(deps, access, params.mediaId);
    return { ...file, url: absoluteUrl(file.url, request, deps) };
  });
}

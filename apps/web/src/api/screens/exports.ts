import { Readable } from 'node:stream';
import * as operations from '@tracewell/contract/v1/exports';
import { type ExportFile, exportTraces } from '@tracewell/modules/exports/index';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';

/** Before the operations with an id where these have `export`. */
export function mountExports(api: Api, deps: ApiDeps): void {
  api.project(operations.exportTraces, async ({ query }, access) =>
    download(await exportTraces(deps, access, query)),
  );
}

/** A failure in the middle of it breaks the connection, so that half a file is not taken for a whole one. */
const download = ({ contentType, fileName, pieces }: ExportFile): Response =>
  new Response(Readable.toWeb(Readable.from(pieces, { objectMode: false })) as ReadableStream<Uint8Array>, {
    headers: {
      'content-type': contentType,
      'content-disposition': `attachment; filename="${fileName}"`,
      'cache-control': 'no-store',
    },
  });

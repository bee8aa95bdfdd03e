import { getOpenApiDocument } from '@tracewell/contract';
import { describeApi } from '@tracewell/contract/openapi';
import { operations } from '@tracewell/contract/operations';
import type { Hono } from 'hono';
import type { ApiDeps } from '../deps';
import type { Api } from '../serve';
import { type ApiDocument, renderPage } from './render-page';

export const referencePath = '/api/reference';

/** What a browser or proxy may keep without asking: the document changes with the version alone. */
const cacheControl = 'public, max-age=300';

/** The contract as a document, and as a page. Both follow from the operations; made when first asked for. */
export function mountReference(app: Hono, api: Api, deps: ApiDeps): void {
  let text: string | undefined;
  const readText = () => {
    text ??= JSON.stringify(describeApi(operations, deps.config.version));
    return text;
  };
  // Installations have one address: whoever asks by another is served as well, and costs a rendering.
  let rendered = { origin: '', page: '' };

  api.open(getOpenApiDocument, async () => {
    const headers = { 'content-type': 'application/json; charset=utf-8', 'cache-control': cacheControl };
    return new Response(readText(), { headers });
  });

  app.get(referencePath, ({ req }) => {
    const { origin } = new URL(req.url);
    if (rendered.origin !== origin) {
      rendered = { origin, page: renderPage(JSON.parse(readText()) as ApiDocument, origin) };
    }
    return new Response(rendered.page, {
      headers: {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': cacheControl,
        // No script at all: nothing that a document could smuggle in runs.
        'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'",
      },
    });
  });
}

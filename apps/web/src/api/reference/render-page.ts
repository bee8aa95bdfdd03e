import { escapeHtml } from './escape-html';
import { renderSchema, type Schema } from './render-schema';
import { style } from './style';

/** Of an OpenAPI document, what the page shows. */
interface DocumentOperation {
  operationId: string;
  tags: string[];
  summary: string;
  deprecated?: boolean;
  'x-scope': string;
  security: Record<string, unknown>[];
  parameters: { name: string; in: string; required: boolean; description?: string; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
  responses: Record<string, { content?: Record<string, { schema: Schema }> }>;
}
export interface ApiDocument {
  info: { title: string; version: string; description: string };
  paths: Record<string, Record<string, DocumentOperation>>;
  components: { schemas: Record<string, Schema> };
}
type Entry = { method: string; path: string; operation: DocumentOperation };

/** The reference of the API as one page of HTML. `origin` stands in its examples. */
export function renderPage(document: ApiDocument, origin: string): string {
  const entries = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, operation })),
  );
  const groups = groupByTag(entries);
  const { title, version, description } = document.info;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)} API</title><style>${style}</style></head>
<body><nav><b>${escapeHtml(title)} API</b>
${[...groups].map(([tag, items]) => renderNavigation(tag, items)).join('\n')}
</nav><main><h1>${escapeHtml(title)} API</h1>
<p>${escapeHtml(description)} Version ${escapeHtml(version)}; the same as a document for programs:
<a href="/api/public/openapi.json">openapi.json</a>.</p>
<p>Keys of a project are in its settings. Send the public key as user and the secret key as password (HTTP Basic);
times are ISO 8601 in UTC; a request that is refused says in <code>message</code> what to change.</p>
${[...groups].map(([tag, items]) => `<h2>${escapeHtml(tag)}</h2>${items.map((item) => renderOperation(item, origin)).join('\n')}`).join('\n')}
<h2>Schemas</h2>${Object.entries(document.components.schemas).map(renderNamed).join('\n')}
</main></body></html>`;
}

function groupByTag(entries: readonly Entry[]): Map<string, Entry[]> {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const tag = entry.operation.tags[0] ?? 'Other';
    groups.set(tag, [...(groups.get(tag) ?? []), entry]);
  }
  return groups;
}

const renderNavigation = (tag: string, items: readonly Entry[]): string =>
  `<h2>${escapeHtml(tag)}</h2>${items
    .map(({ operation }) => `<a href="#${operation.operationId}">${escapeHtml(operation.operationId)}</a>`)
    .join('')}`;

function renderOperation(entry: Entry, origin: string): string {
  const { method, path, operation } = entry;
  const bodies = Object.entries(operation.requestBody?.content ?? {});
  return `<section id="${operation.operationId}"><h3><span class="${method}">${method}</span> ${escapeHtml(path)}</h3>
<p>${escapeHtml(operation.summary)}${operation.deprecated ? ' <b>Deprecated</b>: it goes on working.' : ''}
<span class="dim">Right: ${escapeHtml(operation['x-scope'])}.</span></p>
${renderParameters(operation.parameters)}
${bodies.map(([type, { schema }]) => `<p class="dim">Body, ${escapeHtml(type)}</p><pre>${renderSchema(schema)}</pre>`).join('')}
${renderResponses(operation)}
<details><summary>Example</summary><pre>${escapeHtml(exampleOf(entry, origin))}</pre></details></section>`;
}

function renderParameters(parameters: DocumentOperation['parameters']): string {
  if (parameters.length === 0) return '';
  const rows = parameters.map(
    ({ name, in: place, required, schema, description }) =>
      `<tr><td><code>${escapeHtml(name)}</code></td><td>${escapeHtml(place)}${required ? ', required' : ''}</td>
<td><code>${renderSchema(schema)}</code>${'default' in schema ? ` = ${escapeHtml(JSON.stringify(schema.default))}` : ''}
${description ? `<br><span class="dim">${escapeHtml(description)}</span>` : ''}</td></tr>`,
  );
  return `<table><tr><th>Parameter</th><th>In</th><th>Type</th></tr>${rows.join('')}</table>`;
}

const renderResponses = ({ responses }: DocumentOperation): string =>
  Object.entries(responses)
    .filter(([status]) => status !== 'default')
    .map(([status, { content }]) => {
      const [schema] = Object.values(content ?? {});
      return `<p class="dim">Answer ${escapeHtml(status)}</p><pre>${schema ? renderSchema(schema.schema) : 'no body'}</pre>`;
    })
    .join('');

const renderNamed = ([name, schema]: [string, Schema]): string =>
  `<section id="schema-${escapeHtml(name)}"><h3>${escapeHtml(name)}</h3><pre>${renderSchema(schema)}</pre></section>`;

/** `origin` comes from the request: it is text like any other. */
function exampleOf({ method, path, operation }: Entry, origin: string): string {
  const isOpen = operation.security.length === 0;
  const isBySession = operation.security.length === 1 && 'session' in operation.security[0]!;
  const credentials = isOpen ? '' : isBySession ? ' --cookie "$COOKIE"' : ' -u "$PUBLIC_KEY:$SECRET_KEY"';
  const [type] = Object.keys(operation.requestBody?.content ?? {});
  const body = type ? ` \\\n  -H 'content-type: ${type}' --data @body` : '';
  return `curl${method === 'GET' ? '' : ` -X ${method}`}${credentials} '${origin}${path}'${body}`;
}

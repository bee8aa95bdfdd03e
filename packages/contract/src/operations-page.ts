import { isMcpTool } from './mcp-tool';
import type { Operation } from './operation';
import { scopesOfProjectKey } from './scopes';

/**
 * The list of operations as a page; `npm run generate` commits it as `docs/api-operations.md`. Whether an operation is
 * there and what it answers is read here and nowhere else.
 */
export function describeOperations(operations: readonly Operation[]): string {
  // Sorted, as the order of a module's exports is not the same to every loader.
  const sorted = [...operations].sort((a, b) => compare(a.path, b.path) || compare(a.method, b.method));
  const tags = [...new Set(operations.map(({ tag }) => tag))].sort(compare);
  const sections = tags.map((tag) => describeTag(tag, sorted));
  return `${introduction(operations)}\n\n${sections.join('\n\n')}\n`;
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const introduction = (operations: readonly Operation[]): string =>
  `# Every operation of the API

Generated from \`packages/contract\` by \`npm run generate -w @tracewell/contract\`; change the operations, not this page.
There are ${operations.length} operations. Parameters, bodies and answers are in \`openapi.json\`, which a server has at
\`/api/public/openapi.json\`, and to read at \`/api/reference\`.

- **Scope**: the right a caller must hold. Who holds which is in \`packages/contract/src/scopes.ts\`.
- **Answers**: the statuses of success. Every operation refuses what is not valid with 400, unknown callers with 401,
  those without the scope with 403, what is not there with 404, other methods with 405, bodies that are too large with
  413, and answers 503 with \`Retry-After\` while a store is busy.
- **Generation**: the generation of the wire in the path; all are served side by side. \`own\` is what the screens of
  Tracewell read, \`instance\` what the operator of an installation calls.
- **MCP**: whether it is a tool of \`/api/public/mcp\`. Tools that write are there with \`?mode=read-write\` alone.`;

function describeTag(tag: string, operations: readonly Operation[]): string {
  const rows = operations.filter((operation) => operation.tag === tag).map(rowOf);
  const titles = ['Operation', 'Id', 'Scope', 'Answers', 'Generation', 'MCP', 'Deprecated'];
  const widths = titles.map((title, column) =>
    Math.max(title.length, ...rows.map((row) => row[column]!.length)),
  );
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  const rule = widths.map((width) => '-'.repeat(width));
  return [`## ${tag}`, '', ...[titles, rule, ...rows].map(line)].join('\n');
}

function rowOf(operation: Operation): string[] {
  const { id, method, path, scope, responses, deprecated } = operation;
  return [
    `\`${method} ${path}\``,
    `\`${id}\``,
    `\`${scope}\``,
    Object.keys(responses).join(', '),
    generationOf(path),
    toolOf(operation),
    deprecated ? 'yes' : '',
  ];
}

function generationOf(path: string): string {
  if (path.startsWith('/api/v1/')) return 'own';
  if (path.startsWith('/api/admin/')) return 'instance';
  return /^\/api\/public\/(v\d+|unstable)\//.exec(path)?.[1] ?? 'v1';
}

function toolOf(operation: Operation): string {
  const { scope, method } = operation;
  if (!isMcpTool(operation) || (scope !== 'anyone' && !scopesOfProjectKey.has(scope))) return '';
  return method === 'GET' ? 'reads' : 'writes';
}

import type { Operation } from './operation';

/** Deprecated on the wire, and still the way to see a trace or session as a whole. */
const keptThoughDeprecated = new Set(['listTraces', 'getTrace', 'listSessions', 'getSession']);

/**
 * Whether an agent can make use of it: our own protocol, floods of telemetry and documents are no tools. A tool it is
 * only for who holds its scope.
 */
export function isMcpTool(operation: Operation): boolean {
  const { id, path, scope, tag, deprecated, rawBody } = operation;
  if (!path.startsWith('/api/public/') || scope === 'mcp:call' || scope === 'traces:ingest') return false;
  if (scope === 'anyone') return tag === 'Health';
  if (rawBody && (rawBody.length !== 1 || rawBody[0] !== 'application/json')) return false;
  return !deprecated || keptThoughDeprecated.has(id);
}

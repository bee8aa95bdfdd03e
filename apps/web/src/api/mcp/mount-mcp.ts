import { ApiError, callMcp } from '@tracewell/contract';
import { operations } from '@tracewell/contract/operations';
import { type ToolRequest, toolsFor } from '@tracewell/modules/mcp/index';
import type { Hono } from 'hono';
import type { ApiDeps } from '../deps';
import { readJson } from '../read-body';
import { json } from '../respond';
import type { Api } from '../serve';
import { serveMcp } from './serve-mcp';

export const mcpDescriptionPath = '/.well-known/mcp.json';

/** JSON-RPC messages of one request. */
const maxMessages = 20;

/**
 * The MCP server: every tool call is a request to the operation's own route, with the caller's own key, so that
 * rights, rules and answers are those of HTTP.
 */
export function mountMcp(app: Hono, api: Api, deps: ApiDeps): void {
  api.project(callMcp, async ({ request, query }, access) => {
    const message = await readJson(request, deps.config.limits.ingestion);
    if (Array.isArray(message) && (message.length === 0 || message.length > maxMessages)) {
      throw new ApiError(
        'invalid_request',
        `One request carries 1 to ${maxMessages} messages; this one carries ${message.length}.`,
      );
    }
    const mode = query.mode ?? request.headers.get('x-tracewell-mcp-mode');
    return serveMcp({
      request,
      message,
      tools: toolsFor(operations, access.scopes, mode === 'read-write' ? 'read-write' : 'read-only'),
      version: deps.config.version,
      send: (sent) => send(request, sent),
    });
  });

  const send = async (request: Request, { method, path, body }: ToolRequest): Promise<Response> =>
    app.fetch(
      new Request(new URL(path, request.url), {
        method,
        headers: {
          authorization: request.headers.get('authorization') ?? '',
          ...(body !== undefined && { 'content-type': 'application/json' }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      }),
    );

  app.get(mcpDescriptionPath, ({ req }) =>
    json({
      name: 'tracewell',
      version: deps.config.version,
      description: 'Traces, scores, prompts, datasets and evaluations of a project, as tools.',
      transport: { type: 'streamable-http', url: new URL(callMcp.path, req.url).href },
      authentication: {
        type: 'http',
        scheme: 'basic',
        description: 'The public key of a project as user, its secret key as password.',
      },
      capabilities: { tools: true },
    }),
  );
}

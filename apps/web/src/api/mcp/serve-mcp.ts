import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/webStandardStreamableHttp.js';
import {
  CallToolRequestSchema,
  type CallToolResult,
  ErrorCode,
  ListToolsRequestSchema,
  McpError,
} from '@modelcontextprotocol/sdk/types.js';
import { ApiError } from '@tracewell/contract';
import { type Tool, type ToolRequest, toRequest } from '@tracewell/modules/mcp/index';

export interface McpCall {
  request: Request;
  /** The request's body, parsed. */
  message: unknown;
  tools: readonly Tool[];
  version: string;
  /** Sends a tool's request through the API, as whoever called. */
  send(request: ToolRequest): Promise<Response>;
}

const instructions =
  'Traces, observations, scores, prompts, datasets and evaluations of one project. Lists come in pages: pass page or cursor on. Without ?mode=read-write in the address of this server there are only tools that read.';

/**
 * One message of the Model Context Protocol. Stateless: server and transport live as long as the request, so any
 * process can answer any message. No allow-list of hosts: callers prove themselves by a header that no page of a
 * stranger can add, so a rebound name opens nothing.
 */
export async function serveMcp({ request, message, tools, version, send }: McpCall): Promise<Response> {
  const server = new Server({ name: 'tracewell', version }, { capabilities: { tools: {} }, instructions });
  server.setRequestHandler(ListToolsRequestSchema, () => ({
    tools: tools.map(({ name, description, annotations, input }) => ({
      name,
      description,
      annotations,
      inputSchema: input.schema,
    })),
  }));
  server.setRequestHandler(CallToolRequestSchema, async ({ params }): Promise<CallToolResult> => {
    const tool = tools.find(({ name }) => name === params.name);
    if (!tool) {
      throw new McpError(
        ErrorCode.InvalidParams,
        `There is no tool ${params.name.slice(0, 200)} here. tools/list names those there are.`,
      );
    }
    try {
      return await toResult(await send(toRequest(tool.operation, tool.input, params.arguments ?? {})));
    } catch (error) {
      if (error instanceof ApiError) return failed(error.message);
      throw error;
    }
  });

  // No id generator: without sessions. One JSON answer, no stream: nothing here takes long enough for one.
  const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
  await server.connect(transport);
  try {
    return await transport.handleRequest(acceptingBoth(request), { parsedBody: message });
  } finally {
    await server.close();
  }
}

/** An answer that is larger says so instead: an agent could not read it. */
const maxResultChars = 1_000_000;

async function toResult(response: Response): Promise<CallToolResult> {
  const text = await response.text();
  if (!response.ok) return failed(`${response.status}: ${text}`);
  if (text.length > maxResultChars) {
    return failed(
      `The answer has ${text.length} characters, more than the ${maxResultChars} a tool may return. Lower limit, or ask for fewer fields.`,
    );
  }
  return { content: [{ type: 'text', text: prettyOf(text) }] };
}

const failed = (text: string): CallToolResult => ({ content: [{ type: 'text', text }], isError: true });

function prettyOf(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** The transport wants both types named, as the protocol says; many clients name the one they read. */
function acceptingBoth(request: Request): Request {
  const accept = request.headers.get('accept') ?? '*/*';
  if (!/application\/json|text\/event-stream|\*\/\*/.test(accept)) return withHeaders(request, {});
  return withHeaders(request, { accept: 'application/json, text/event-stream' });
}

/** Without the body, which is read already. */
function withHeaders({ url, method, headers }: Request, more: Record<string, string>): Request {
  const all = new Headers(headers);
  for (const [name, value] of Object.entries(more)) all.set(name, value);
  return new Request(url, { method, headers: all });
}

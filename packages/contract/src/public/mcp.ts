import { z } from 'zod';
import { defineOperation } from '../operation';

/** JSON-RPC of the Model Context Protocol; the protocol itself checks it. */
export const callMcp = defineOperation({
  id: 'callMcp',
  method: 'POST',
  path: '/api/public/mcp',
  scope: 'mcp:call',
  tag: 'MCP',
  summary:
    'The MCP server (streamable HTTP, stateless): a tool for every operation a key may call. Reading only, unless ?mode=read-write or x-tracewell-mcp-mode: read-write asks for more.',
  query: z.object({ mode: z.enum(['read-only', 'read-write']).optional() }),
  body: z.unknown(),
  rawBody: ['application/json'],
  responses: { 200: z.unknown() },
});

import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMessage, streamMessage } from './model-stand-in-anthropic';
import { completeChat, streamChat } from './model-stand-in-chat';
import { createResponse, streamResponse } from './model-stand-in-responses';

export interface ModelStandIn {
  /** `http://127.0.0.1:PORT`, which is the base address for Anthropic's clients. */
  url: string;
  /** The address with `/v1`, as OpenAI's clients want it. */
  openAiBaseUrl: string;
  /** What was asked so far, in order. */
  requests: { path: string; body: unknown }[];
  dispose(): Promise<void>;
}

/** A call of this model fails with HTTP 400. */
const brokenModel = 'broken';
const largestBodyBytes = 32 * 1024 * 1024;

/**
 * Stands in for the model providers in tests of clients: speaks the OpenAI protocol (`POST /v1/chat/completions`,
 * `/v1/responses`, `/v1/embeddings`, `GET /v1/models`) and the Anthropic one (`POST /v1/messages`), plain and
 * streamed, on a port of its own choice. Answers follow from the request alone: it echoes the last message of the
 * user, calls the first tool that is offered until a tool has answered, fills a JSON schema that is asked for, and
 * refuses the model `broken`. Usage is the same always, with cached and reasoning tokens.
 */
export async function startModelStandIn(): Promise<ModelStandIn> {
  const requests: ModelStandIn['requests'] = [];
  const server = createServer((request, response) => {
    answer(request, response, requests).catch((error) => {
      if (!response.headersSent) sendJson(response, 500, { error: { message: String(error) } });
      else response.destroy();
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    openAiBaseUrl: `${url}/v1`,
    requests,
    async dispose() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  requests: ModelStandIn['requests'],
): Promise<void> {
  const path = new URL(request.url ?? '/', 'http://stand-in').pathname;
  const text = await readBody(request);
  const body = text ? JSON.parse(text) : undefined;
  requests.push({ path, body });
  const anthropic = path === '/v1/messages';
  if (body?.model === brokenModel) return sendJson(response, 400, refusal(anthropic));
  const id = createHash('sha256').update(path).update(text).digest('hex').slice(0, 24);
  switch (`${request.method} ${path}`) {
    case 'POST /v1/chat/completions':
      return body.stream
        ? sendEvents(response, streamChat(body, id), { named: false })
        : sendJson(response, 200, completeChat(body, id));
    case 'POST /v1/responses':
      return body.stream
        ? sendEvents(response, streamResponse(body, id), { named: true })
        : sendJson(response, 200, createResponse(body, id));
    case 'POST /v1/messages':
      return body.stream
        ? sendEvents(response, streamMessage(body, id), { named: true })
        : sendJson(response, 200, createMessage(body, id));
    case 'POST /v1/embeddings':
      return sendJson(response, 200, embed(body));
    case 'GET /v1/models':
      return sendJson(response, 200, {
        object: 'list',
        data: ['gpt-4o', 'gpt-4o-mini', 'text-embedding-3-small'].map((model) => ({
          id: model,
          object: 'model',
          created: 1_760_000_000,
          owned_by: 'system',
        })),
      });
    default:
      return sendJson(response, 404, {
        error: {
          message: `Invalid URL (${request.method} ${path})`,
          type: 'invalid_request_error',
          param: null,
          code: null,
        },
      });
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > largestBodyBytes) throw new Error(`a body above ${largestBodyBytes} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

function refusal(anthropic: boolean): unknown {
  const message = 'The model `broken` is out of order.';
  return anthropic
    ? { type: 'error', error: { type: 'invalid_request_error', message }, request_id: 'req_standin' }
    : { error: { message, type: 'invalid_request_error', param: 'model', code: null } };
}

interface EmbeddingsRequest {
  model: string;
  input: string | number[] | (string | number[])[];
  encoding_format?: 'float' | 'base64';
  dimensions?: number;
}

function embed(request: EmbeddingsRequest): unknown {
  const several = Array.isArray(request.input) && typeof request.input[0] !== 'number';
  const texts: unknown[] = several ? (request.input as unknown[]) : [request.input];
  return {
    object: 'list',
    data: texts.map((text, index) => {
      const hash = createHash('sha256').update(JSON.stringify(text)).digest();
      const vector = Float32Array.from(
        { length: request.dimensions ?? 8 },
        (_, at) => hash[at % hash.length]! / 255,
      );
      return {
        object: 'embedding',
        index,
        embedding:
          request.encoding_format === 'base64'
            ? Buffer.from(vector.buffer).toString('base64')
            : Array.from(vector),
      };
    }),
    model: request.model,
    usage: { prompt_tokens: 20, total_tokens: 20 },
  };
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json', 'x-request-id': 'req_standin' });
  response.end(JSON.stringify(body));
}

/** Server-sent events; unnamed ones end with `[DONE]`, as the chat protocol has it. */
async function sendEvents(
  response: ServerResponse,
  events: Iterable<unknown>,
  { named }: { named: boolean },
): Promise<void> {
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-cache',
  });
  for (const event of events) {
    if (named) response.write(`event: ${(event as { type: string }).type}\n`);
    response.write(`data: ${JSON.stringify(event)}\n\n`);
    // So that clients meet the pieces one by one.
    await new Promise((resolve) => setImmediate(resolve));
  }
  response.end(named ? undefined : 'data: [DONE]\n\n');
}

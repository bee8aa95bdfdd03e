import { answerTo, pieces, textOfContent } from './model-stand-in-answer';

/** Messages of the Anthropic protocol. */
export interface MessagesRequest {
  model: string;
  messages?: { role: string; content: string | { type: string }[] }[];
  tools?: { name: string; input_schema?: unknown }[];
  tool_choice?: { type: string; name?: string };
  output_format?: { schema?: unknown };
  output_config?: { format?: { schema?: unknown } };
  stream?: boolean;
}

const usageOfInput = {
  input_tokens: 16,
  cache_creation_input_tokens: 2,
  cache_read_input_tokens: 4,
  cache_creation: { ephemeral_5m_input_tokens: 2, ephemeral_1h_input_tokens: 0 },
};
const outputTokens = 10;

function decide(request: MessagesRequest) {
  const messages = request.messages ?? [];
  return answerTo({
    said: textOfContent(
      messages.findLast((it) => it.role === 'user' && textOfContent(it.content) !== '')?.content,
    ),
    tools:
      request.tool_choice?.type === 'none'
        ? []
        : (request.tools ?? []).map((it) => ({ name: it.name, schema: it.input_schema })),
    forcedTool: request.tool_choice?.name,
    hasToolResult: messages.some(
      (it) => Array.isArray(it.content) && it.content.some((part) => part.type === 'tool_result'),
    ),
    outputSchema: request.output_config?.format?.schema ?? request.output_format?.schema,
  });
}

const frame = (request: MessagesRequest, id: string, rest: Record<string, unknown>) => ({
  id: `msg_${id}`,
  type: 'message',
  role: 'assistant',
  model: request.model,
  stop_sequence: null,
  ...rest,
});

export function createMessage(request: MessagesRequest, id: string): unknown {
  const answer = decide(request);
  return frame(request, id, {
    content: [
      'text' in answer
        ? { type: 'text', text: answer.text }
        : { type: 'tool_use', id: `toolu_${id}`, name: answer.tool, input: answer.arguments },
    ],
    stop_reason: 'text' in answer ? 'end_turn' : 'tool_use',
    usage: { ...usageOfInput, output_tokens: outputTokens, service_tier: 'standard' },
  });
}

/** The events of the same answer, each to be sent under its `type`. */
export function* streamMessage(
  request: MessagesRequest,
  id: string,
): Generator<{ type: string } & Record<string, unknown>> {
  const answer = decide(request);
  yield {
    type: 'message_start',
    message: frame(request, id, {
      content: [],
      stop_reason: null,
      usage: { ...usageOfInput, output_tokens: 1, service_tier: 'standard' },
    }),
  };
  yield {
    type: 'content_block_start',
    index: 0,
    content_block:
      'text' in answer
        ? { type: 'text', text: '' }
        : { type: 'tool_use', id: `toolu_${id}`, name: answer.tool, input: {} },
  };
  yield { type: 'ping' };
  const deltas =
    'text' in answer
      ? pieces(answer.text).map((text) => ({ type: 'text_delta', text }))
      : ['', JSON.stringify(answer.arguments)].map((partial_json) => ({
          type: 'input_json_delta',
          partial_json,
        }));
  for (const delta of deltas) yield { type: 'content_block_delta', index: 0, delta };
  yield { type: 'content_block_stop', index: 0 };
  yield {
    type: 'message_delta',
    delta: { stop_reason: 'text' in answer ? 'end_turn' : 'tool_use', stop_sequence: null },
    usage: {
      input_tokens: 16,
      cache_creation_input_tokens: 2,
      cache_read_input_tokens: 4,
      output_tokens: outputTokens,
    },
  };
  yield { type: 'message_stop' };
}

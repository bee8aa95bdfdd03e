import { answerTo, pieces, textOfContent } from './model-stand-in-answer';

/** The responses endpoint of the OpenAI protocol. */
export interface ResponsesRequest {
  model: string;
  input?: string | { type?: string; role?: string; content?: unknown }[];
  instructions?: string;
  tools?: { type: string; name: string; parameters?: unknown }[];
  tool_choice?: string | { name?: string };
  text?: { format?: { type: string; schema?: unknown } };
  temperature?: number;
  max_output_tokens?: number;
  metadata?: unknown;
  stream?: boolean;
}

const usage = {
  input_tokens: 20,
  input_tokens_details: { cached_tokens: 4 },
  output_tokens: 10,
  output_tokens_details: { reasoning_tokens: 3 },
  total_tokens: 30,
};

type Item =
  | {
      type: 'message';
      id: string;
      status: string;
      role: 'assistant';
      content: { type: 'output_text'; text: string; annotations: []; logprobs: [] }[];
    }
  | {
      type: 'function_call';
      id: string;
      status: string;
      call_id: string;
      name: string;
      arguments: string;
    };

function decide(request: ResponsesRequest, id: string): Item {
  const items = typeof request.input === 'string' ? [] : (request.input ?? []);
  const answer = answerTo({
    said:
      typeof request.input === 'string'
        ? request.input
        : textOfContent(items.findLast((it) => it.role === 'user')?.content),
    tools:
      request.tool_choice === 'none'
        ? []
        : (request.tools ?? [])
            .filter((it) => it.type === 'function')
            .map((it) => ({ name: it.name, schema: it.parameters })),
    forcedTool: typeof request.tool_choice === 'object' ? request.tool_choice.name : undefined,
    hasToolResult: items.some((it) => it.type === 'function_call_output'),
    outputSchema: request.text?.format?.schema,
  });
  if ('text' in answer) {
    return {
      type: 'message',
      id: `msg_${id}`,
      status: 'completed',
      role: 'assistant',
      content: [{ type: 'output_text', text: answer.text, annotations: [], logprobs: [] }],
    };
  }
  return {
    type: 'function_call',
    id: `fc_${id}`,
    status: 'completed',
    call_id: `call_${id}`,
    name: answer.tool,
    arguments: JSON.stringify(answer.arguments),
  };
}

const frame = (request: ResponsesRequest, id: string, output: Item[], status: string) => ({
  id: `resp_${id}`,
  object: 'response',
  created_at: 1_760_000_000,
  status,
  background: false,
  error: null,
  incomplete_details: null,
  instructions: request.instructions ?? null,
  max_output_tokens: request.max_output_tokens ?? null,
  metadata: request.metadata ?? {},
  model: request.model,
  output,
  parallel_tool_calls: true,
  previous_response_id: null,
  reasoning: { effort: null, summary: null },
  service_tier: 'default',
  store: true,
  temperature: request.temperature ?? 1,
  text: { format: request.text?.format ?? { type: 'text' } },
  tool_choice: request.tool_choice ?? 'auto',
  tools: request.tools ?? [],
  top_logprobs: 0,
  top_p: 1,
  truncation: 'disabled',
  usage: status === 'completed' ? usage : null,
  user: null,
});

export function createResponse(request: ResponsesRequest, id: string): unknown {
  return frame(request, id, [decide(request, id)], 'completed');
}

/** The events of the same answer, each to be sent under its `type`. */
export function* streamResponse(
  request: ResponsesRequest,
  id: string,
): Generator<{ type: string } & Record<string, unknown>> {
  let sequence_number = 0;
  const event = (type: string, rest: Record<string, unknown>) => ({
    type,
    sequence_number: sequence_number++,
    ...rest,
  });
  const item = decide(request, id);
  const here = { item_id: item.id, output_index: 0 };
  yield event('response.created', { response: frame(request, id, [], 'in_progress') });
  yield event('response.in_progress', { response: frame(request, id, [], 'in_progress') });
  if (item.type === 'message') {
    const { text } = item.content[0]!;
    yield event('response.output_item.added', {
      output_index: 0,
      item: { ...item, status: 'in_progress', content: [] },
    });
    yield event('response.content_part.added', {
      ...here,
      content_index: 0,
      part: { type: 'output_text', text: '', annotations: [], logprobs: [] },
    });
    for (const delta of pieces(text)) {
      yield event('response.output_text.delta', { ...here, content_index: 0, delta, logprobs: [] });
    }
    yield event('response.output_text.done', { ...here, content_index: 0, text, logprobs: [] });
    yield event('response.content_part.done', { ...here, content_index: 0, part: item.content[0] });
  } else {
    yield event('response.output_item.added', {
      output_index: 0,
      item: { ...item, status: 'in_progress', arguments: '' },
    });
    yield event('response.function_call_arguments.delta', { ...here, delta: item.arguments });
    yield event('response.function_call_arguments.done', {
      ...here,
      name: item.name,
      arguments: item.arguments,
    });
  }
  yield event('response.output_item.done', { output_index: 0, item });
  yield event('response.completed', { response: frame(request, id, [item], 'completed') });
}

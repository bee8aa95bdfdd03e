import { type Answer, answerTo, pieces, textOfContent } from './model-stand-in-answer';

/** Chat completions of the OpenAI protocol. */
export interface ChatRequest {
  model: string;
  messages?: { role: string; content?: unknown }[];
  tools?: { function: { name: string; parameters?: unknown } }[];
  tool_choice?: string | { function?: { name: string } };
  response_format?: { type: string; json_schema?: { schema?: unknown } };
  stream?: boolean;
  stream_options?: { include_usage?: boolean };
}

const usage = {
  prompt_tokens: 20,
  completion_tokens: 10,
  total_tokens: 30,
  prompt_tokens_details: { cached_tokens: 4, audio_tokens: 0 },
  completion_tokens_details: {
    reasoning_tokens: 3,
    audio_tokens: 0,
    accepted_prediction_tokens: 0,
    rejected_prediction_tokens: 0,
  },
};

function decide(request: ChatRequest): Answer {
  const messages = request.messages ?? [];
  return answerTo({
    said: textOfContent(messages.findLast((it) => it.role === 'user')?.content),
    tools:
      request.tool_choice === 'none'
        ? []
        : (request.tools ?? []).map((it) => ({ name: it.function.name, schema: it.function.parameters })),
    forcedTool: typeof request.tool_choice === 'object' ? request.tool_choice.function?.name : undefined,
    hasToolResult: messages.some((it) => it.role === 'tool'),
    outputSchema: request.response_format?.json_schema?.schema,
  });
}

const head = (request: ChatRequest, id: string, object: string) => ({
  id: `chatcmpl-${id}`,
  object,
  created: 1_760_000_000,
  model: request.model,
  service_tier: 'default',
  system_fingerprint: 'fp_standin',
});

export function completeChat(request: ChatRequest, id: string): unknown {
  const answer = decide(request);
  const message =
    'text' in answer
      ? { role: 'assistant', content: answer.text, refusal: null, annotations: [] }
      : {
          role: 'assistant',
          content: null,
          tool_calls: [
            {
              id: `call_${id}`,
              type: 'function',
              function: { name: answer.tool, arguments: JSON.stringify(answer.arguments) },
            },
          ],
          refusal: null,
          annotations: [],
        };
  return {
    ...head(request, id, 'chat.completion'),
    choices: [{ index: 0, message, logprobs: null, finish_reason: 'text' in answer ? 'stop' : 'tool_calls' }],
    usage,
  };
}

/** The chunks of the same answer; the caller ends them with `[DONE]`. */
export function* streamChat(request: ChatRequest, id: string): Generator<unknown> {
  const answer = decide(request);
  const withUsage = request.stream_options?.include_usage === true;
  const chunk = (delta: unknown, finish_reason: string | null = null) => ({
    ...head(request, id, 'chat.completion.chunk'),
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    ...(withUsage && { usage: null }),
  });
  if ('text' in answer) {
    yield chunk({ role: 'assistant', content: '', refusal: null });
    for (const content of pieces(answer.text)) yield chunk({ content });
    yield chunk({}, 'stop');
  } else {
    const call = {
      index: 0,
      id: `call_${id}`,
      type: 'function',
      function: { name: answer.tool, arguments: '' },
    };
    yield chunk({ role: 'assistant', content: null, tool_calls: [call], refusal: null });
    const json = JSON.stringify(answer.arguments);
    for (const part of [json.slice(0, 5), json.slice(5)]) {
      if (part) yield chunk({ tool_calls: [{ index: 0, function: { arguments: part } }] });
    }
    yield chunk({}, 'tool_calls');
  }
  if (withUsage) yield { ...head(request, id, 'chat.completion.chunk'), choices: [], usage };
}

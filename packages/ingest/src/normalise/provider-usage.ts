import type { UsageMap } from '@tracewell/domain';
import type { AttributeValue } from '../decode/span';
import { bucketUsage } from './bucket-usage';
import { isObject, numberOf, type ObjectValue } from './values';

/**
 * Usage objects as the provider APIs return them, told apart by their keys: OpenAI chat completions, OpenAI
 * responses, Anthropic messages, Gemini (snake or camel case), LangChain's usage_metadata. Undefined when it
 * is none of them.
 */
export function providerUsage(value: AttributeValue | undefined): UsageMap | undefined {
  if (!isObject(value)) return undefined;
  return (
    geminiUsage(value) ??
    openAiChatUsage(value) ??
    langChainUsage(value) ??
    anthropicUsage(value) ??
    openAiResponsesUsage(value)
  );
}

function openAiChatUsage(usage: ObjectValue): UsageMap | undefined {
  const input = numberOf(usage.prompt_tokens);
  if (input === undefined) return undefined;
  const prompt = detailsOf(usage.prompt_tokens_details);
  const completion = detailsOf(usage.completion_tokens_details);
  return bucketUsage({
    input,
    output: numberOf(usage.completion_tokens),
    total: numberOf(usage.total_tokens),
    cacheRead: numberOf(prompt.cached_tokens),
    inputAudio: numberOf(prompt.audio_tokens),
    reasoning: numberOf(completion.reasoning_tokens),
    outputAudio: numberOf(completion.audio_tokens),
    cacheIs: 'inside',
  });
}

function openAiResponsesUsage(usage: ObjectValue): UsageMap | undefined {
  const input = numberOf(usage.input_tokens);
  if (input === undefined) return undefined;
  return bucketUsage({
    input,
    output: numberOf(usage.output_tokens),
    total: numberOf(usage.total_tokens),
    cacheRead: numberOf(detailsOf(usage.input_tokens_details).cached_tokens),
    reasoning: numberOf(detailsOf(usage.output_tokens_details).reasoning_tokens),
    cacheIs: 'inside',
  });
}

/** Anthropic counts cached tokens beside `input_tokens`, and sends no total. */
function anthropicUsage(usage: ObjectValue): UsageMap | undefined {
  const cacheRead = numberOf(usage.cache_read_input_tokens);
  const cacheWrite = numberOf(usage.cache_creation_input_tokens);
  if (cacheRead === undefined && cacheWrite === undefined) return undefined;
  return bucketUsage({
    input: numberOf(usage.input_tokens),
    output: numberOf(usage.output_tokens),
    cacheRead,
    cacheWrite,
    cacheIs: 'beside',
  });
}

function langChainUsage(usage: ObjectValue): UsageMap | undefined {
  if (!isObject(usage.input_token_details) && !isObject(usage.output_token_details)) return undefined;
  const input = detailsOf(usage.input_token_details);
  const output = detailsOf(usage.output_token_details);
  return bucketUsage({
    input: numberOf(usage.input_tokens),
    output: numberOf(usage.output_tokens),
    total: numberOf(usage.total_tokens),
    cacheRead: numberOf(input.cache_read),
    cacheWrite: numberOf(input.cache_creation),
    inputAudio: numberOf(input.audio),
    reasoning: numberOf(output.reasoning),
    outputAudio: numberOf(output.audio),
    cacheIs: 'inside',
  });
}

/** Gemini counts thoughts beside the candidates, and the tokens of tool results beside the prompt. */
function geminiUsage(usage: ObjectValue): UsageMap | undefined {
  const read = (snake: string, camel: string) => numberOf(usage[snake]) ?? numberOf(usage[camel]);
  const input = read('prompt_token_count', 'promptTokenCount');
  if (input === undefined) return undefined;
  const toolUse = read('tool_use_prompt_token_count', 'toolUsePromptTokenCount');
  return bucketUsage({
    input,
    output: read('candidates_token_count', 'candidatesTokenCount') ?? 0,
    total: read('total_token_count', 'totalTokenCount'),
    cacheRead: read('cached_content_token_count', 'cachedContentTokenCount'),
    reasoning: read('thoughts_token_count', 'thoughtsTokenCount'),
    cacheIs: 'inside',
    reasoningIs: 'beside',
    ...(toolUse && { others: { input_tool_use_tokens: toolUse } }),
  });
}

const detailsOf = (value: AttributeValue | undefined): ObjectValue => (isObject(value) ? value : {});

import type { UsageMap } from '@tracewell/domain';
import type { AttributeValue } from '../decode/span';
import { bucketUsage } from './usage';
import { isObject, numberOf, type ObjectValue } from './values';

/**
 * Token counts as a provider or framework reports them. Providers disagree on whether `input` includes the
 * cached tokens (OpenAI, Gemini: yes; Anthropic, Bedrock: no) and whether `output` includes the reasoning
 * (OpenAI: yes; Gemini: no), so a dialect says which it is, or lets the total decide.
 */
export interface TokenCounts {
  input?: number | undefined;
  output?: number | undefined;
  total?: number | undefined;
  cacheRead?: number | undefined;
  cacheWrite?: number | undefined;
  reasoning?: number | undefined;
  inputAudio?: number | undefined;
  outputAudio?: number | undefined;
  /** Input tokens that no provider counts in `input`, such as those of a tool's result. */
  inputToolUse?: number | undefined;
  inputIncludesCache?: boolean;
  /** false: `reasoning` came on top of `output`. */
  outputIncludesReasoning?: false;
}

/** To mutually exclusive buckets; undefined when nothing was counted at all. Details of zero are left out. */
export function splitUsage(counts: TokenCounts): UsageMap | undefined {
  const { input, output, total, inputIncludesCache: inside } = counts;
  if (input === undefined && output === undefined && total === undefined) return undefined;
  const beside = counts.outputIncludesReasoning === false ? (counts.reasoning ?? 0) : 0;
  return bucketUsage(
    {
      input,
      output: output === undefined ? undefined : output + beside,
      total,
      cacheRead: positive(counts.cacheRead),
      cacheWrite: positive(counts.cacheWrite),
      reasoning: positive(counts.reasoning),
      inputAudio: positive(counts.inputAudio),
      outputAudio: positive(counts.outputAudio),
      ...(positive(counts.inputToolUse) && { others: { input_tool_use_tokens: counts.inputToolUse! } }),
    },
    inside === undefined ? undefined : inside ? 'inside' : 'beside',
  );
}

const positive = (count: number | undefined): number | undefined => (count && count > 0 ? count : undefined);

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
  return splitUsage({
    input,
    output: numberOf(usage.completion_tokens),
    total: numberOf(usage.total_tokens),
    cacheRead: numberOf(prompt.cached_tokens),
    inputAudio: numberOf(prompt.audio_tokens),
    reasoning: numberOf(completion.reasoning_tokens),
    outputAudio: numberOf(completion.audio_tokens),
    inputIncludesCache: true,
  });
}

function openAiResponsesUsage(usage: ObjectValue): UsageMap | undefined {
  const input = numberOf(usage.input_tokens);
  if (input === undefined) return undefined;
  return splitUsage({
    input,
    output: numberOf(usage.output_tokens),
    total: numberOf(usage.total_tokens),
    cacheRead: numberOf(detailsOf(usage.input_tokens_details).cached_tokens),
    reasoning: numberOf(detailsOf(usage.output_tokens_details).reasoning_tokens),
    inputIncludesCache: true,
  });
}

/** Anthropic counts cached tokens beside `input_tokens`, and sends no total. */
function anthropicUsage(usage: ObjectValue): UsageMap | undefined {
  const cacheRead = numberOf(usage.cache_read_input_tokens);
  const cacheWrite = numberOf(usage.cache_creation_input_tokens);
  if (cacheRead === undefined && cacheWrite === undefined) return undefined;
  return splitUsage({
    input: numberOf(usage.input_tokens),
    output: numberOf(usage.output_tokens),
    cacheRead,
    cacheWrite,
    inputIncludesCache: false,
  });
}

function langChainUsage(usage: ObjectValue): UsageMap | undefined {
  if (!isObject(usage.input_token_details) && !isObject(usage.output_token_details)) return undefined;
  const input = detailsOf(usage.input_token_details);
  const output = detailsOf(usage.output_token_details);
  return splitUsage({
    input: numberOf(usage.input_tokens),
    output: numberOf(usage.output_tokens),
    total: numberOf(usage.total_tokens),
    cacheRead: numberOf(input.cache_read),
    cacheWrite: numberOf(input.cache_creation),
    inputAudio: numberOf(input.audio),
    reasoning: numberOf(output.reasoning),
    outputAudio: numberOf(output.audio),
    inputIncludesCache: true,
  });
}

/** Gemini counts thoughts beside the candidates, and the tokens of tool results beside the prompt. */
function geminiUsage(usage: ObjectValue): UsageMap | undefined {
  const read = (snake: string, camel: string) => numberOf(usage[snake]) ?? numberOf(usage[camel]);
  const input = read('prompt_token_count', 'promptTokenCount');
  if (input === undefined) return undefined;
  return splitUsage({
    input,
    output: read('candidates_token_count', 'candidatesTokenCount') ?? 0,
    total: read('total_token_count', 'totalTokenCount'),
    cacheRead: read('cached_content_token_count', 'cachedContentTokenCount'),
    reasoning: read('thoughts_token_count', 'thoughtsTokenCount'),
    inputIncludesCache: true,
    outputIncludesReasoning: false,
    inputToolUse: read('tool_use_prompt_token_count', 'toolUsePromptTokenCount'),
  });
}

const detailsOf = (value: AttributeValue | undefined): ObjectValue => (isObject(value) ? value : {});

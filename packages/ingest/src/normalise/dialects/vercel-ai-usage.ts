import type { UsageMap } from '@tracewell/domain';
import type { AttributeValue, OtlpSpan } from '../../decode/span';
import { bucketUsage, type PartPlace } from '../bucket-usage';
import { isObject, numberOf, type ObjectValue, parseObject } from '../values';

/** `ai.response.providerMetadata`: what the provider said beyond the SDK's own words, by provider. */
export const providerMetadataOf = ({ attributes }: OtlpSpan): ObjectValue =>
  parseObject(attributes['ai.response.providerMetadata']) ?? {};

/** Usage of one step of the AI SDK. Undefined when it tells none. */
export function readVercelUsage(span: OtlpSpan): UsageMap | undefined {
  const { attributes } = span;
  const read = (...keys: string[]) => first(...keys.map((key) => attributes[key]));
  const metadata = providerMetadataOf(span);
  const openai = objectOf(metadata.openai ?? metadata.azure);
  const anthropic = objectOf(metadata.anthropic);
  const anthropicUsage = objectOf(anthropic.usage);
  const ephemeral = objectOf(anthropicUsage.cache_creation);
  const bedrock = objectOf(objectOf(metadata.bedrock).usage);
  const google = objectOf(objectOf(metadata.google ?? metadata.vertex).usageMetadata);

  const cacheWrite5m = first(ephemeral.ephemeral_5m_input_tokens);
  const cacheWrite1h = first(ephemeral.ephemeral_1h_input_tokens);
  const cacheWrite = first(
    anthropicUsage.cache_creation_input_tokens,
    anthropic.cacheCreationInputTokens,
    bedrock.cacheCreationInputTokens,
    bedrock.cacheWriteInputTokens,
    attributes['ai.usage.inputTokenDetails.cacheWriteTokens'],
  );
  const cacheRead = first(
    attributes['ai.usage.inputTokenDetails.cacheReadTokens'],
    attributes['ai.usage.cachedInputTokens'],
    openai.cachedPromptTokens,
    anthropicUsage.cache_read_input_tokens,
    anthropic.cacheReadInputTokens,
    bedrock.cacheReadInputTokens,
    google.cachedContentTokenCount,
  );
  const uncached = read('ai.usage.inputTokenDetails.noCacheTokens');
  const input = read(
    'gen_ai.usage.prompt_tokens',
    'gen_ai.usage.input_tokens',
    'ai.usage.inputTokens',
    'ai.usage.promptTokens',
    'ai.usage.tokens',
  );
  const output = read(
    'gen_ai.usage.completion_tokens',
    'gen_ai.usage.output_tokens',
    'ai.usage.outputTokens',
    'ai.usage.completionTokens',
  );
  const total = read('ai.usage.totalTokens', 'ai.usage.tokens');
  if (input === undefined && output === undefined && total === undefined) return undefined;
  return bucketUsage({
    input: uncached ?? input,
    output,
    total,
    cacheRead,
    cacheWrite:
      cacheWrite === undefined
        ? undefined
        : Math.max(0, cacheWrite - (cacheWrite5m ?? 0) - (cacheWrite1h ?? 0)),
    cacheWrite5m,
    cacheWrite1h,
    reasoning: first(
      attributes['ai.usage.outputTokenDetails.reasoningTokens'],
      attributes['ai.usage.reasoningTokens'],
      openai.reasoningTokens,
      google.thoughtsTokenCount,
    ),
    others: {
      ...countOf('accepted_prediction_tokens', openai.acceptedPredictionTokens),
      ...countOf('rejected_prediction_tokens', openai.rejectedPredictionTokens),
    },
    cacheIs: uncached === undefined ? cachePlaceOf(span) : 'beside',
  });
}

/**
 * Up to version 5 the SDK passed on what Anthropic and Bedrock call input, which leaves the cache out, and made
 * its total of the same numbers; from 6 on it always includes it and gives details.
 */
function cachePlaceOf({ attributes }: OtlpSpan): PartPlace | undefined {
  if (Object.keys(attributes).some((key) => key.startsWith('ai.usage.inputTokenDetails.'))) return 'inside';
  const provider = String(attributes['ai.model.provider'] ?? attributes['gen_ai.system'] ?? '');
  return /anthropic|bedrock/i.test(provider) ? 'beside' : undefined;
}

function first(...values: (AttributeValue | undefined)[]): number | undefined {
  for (const value of values) {
    const number = numberOf(value);
    if (number !== undefined) return number;
  }
  return undefined;
}

function countOf(key: string, value: AttributeValue | undefined): UsageMap {
  const number = numberOf(value);
  return number === undefined ? {} : { [key]: number };
}

const objectOf = (value: AttributeValue | undefined): ObjectValue => (isObject(value) ? value : {});

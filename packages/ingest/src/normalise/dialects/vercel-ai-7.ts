import { bucketUsage } from '../bucket-usage';
import type { Content, Dialect } from '../dialect';
import { readUsageReport } from '../usage';
import { hasPrefix, keysOf, numberOf, parseJson } from '../values';

const contextPrefix = 'ai.settings.context.';
const reasoning = 'ai.usage.outputTokenDetails.reasoningTokens';
const inputKeys = ['ai.values', 'ai.value'];
const outputKeys = ['ai.embeddings', 'ai.embedding'];
const consumed = new Set([...inputKeys, ...outputKeys]);

/**
 * What AI SDK 7 says beside the GenAI convention when the application asks for it: values and vectors of an
 * embedding (`embedding`), the reasoning tokens (`usage`) and its own words (`runtimeContext`).
 */
export const vercelAi7: Dialect = {
  name: 'vercel-ai-7',
  speaks: ({ attributes }) =>
    'gen_ai.operation.name' in attributes &&
    !('ai.operationId' in attributes) &&
    hasPrefix(attributes, 'ai.'),

  io({ attributes }) {
    const input = parseVectors(inputKeys.map((key) => attributes[key]).find((it) => it !== undefined));
    const output = parseVectors(outputKeys.map((key) => attributes[key]).find((it) => it !== undefined));
    return { ...(input !== undefined && { input }), ...(output !== undefined && { output }) };
  },

  metadata({ attributes }) {
    const metadata: Record<string, Content> = Object.create(null);
    for (const key of keysOf(attributes)) {
      if (key.startsWith(contextPrefix)) metadata[key.slice(contextPrefix.length)] = attributes[key]!;
    }
    return metadata;
  },

  usage({ attributes }) {
    const tokens = numberOf(attributes[reasoning]);
    const report = tokens === undefined ? undefined : readUsageReport(attributes, 'gen_ai.usage.');
    return report && bucketUsage({ ...report, reasoning: report.reasoning ?? tokens });
  },

  /** The span around the calls of `embed` and `embedMany` looks like one of them, but for the usage. */
  repeatsChildren: ({ attributes }) =>
    attributes['gen_ai.operation.name'] === 'embeddings' &&
    outputKeys.some((key) => key in attributes) &&
    !('gen_ai.usage.input_tokens' in attributes),

  consumes: (key) => consumed.has(key) || key.startsWith(contextPrefix),
};

/** One value, or a list of values, each as its JSON text. */
function parseVectors(value: Content | undefined): Content | undefined {
  if (Array.isArray(value)) return value.map((it) => (typeof it === 'string' ? (parseJson(it) ?? it) : it));
  return typeof value === 'string' ? (parseJson(value) ?? value) : value;
}

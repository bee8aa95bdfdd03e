import type { ModelDefinition, Observation, UsageMap } from '@tracewell/domain';
import { type EncodingName, encodingNameOf, encodingOf, isChatModel } from './encodings';
import { TokenCounter } from './token-counter';
import { createUsageMap } from './usage-cost';

/**
 * Claude's tokenizer is not public. The vocabulary that comes closest to the one Anthropic published for its
 * first models is this one (within 3 % on English and code, 12 % on German; see docs/adr/0005).
 */
const claudeEncoding: EncodingName = 'cl100k_base';

const defaultTokenizerModel = 'gpt-4';
const defaultTokensPerMessage = 3;
const defaultTokensPerName = 1;
/** Every reply is primed with these. */
const tokensPerChat = 3;

/** The parts of a chat message a model reads. */
const messageKeys = ['content', 'role', 'name', 'tool_calls', 'function_call', 'toolCalls', 'functionCall'];

/** Longer texts are counted as they stand, without looking for a chat in them. */
const maxChatCharacters = 1_048_576;

type CountedObservation = Pick<Observation, 'type' | 'input' | 'output'>;

/**
 * Usage counted from the texts, for an observation that brings none: `input`, `output` and `total`, each only
 * where there is a text. Empty when the model's tokenizer is not known. An embedding's output is numbers, not
 * tokens, and is not counted.
 */
export function countUsage(observation: CountedObservation, definition: ModelDefinition): UsageMap {
  const usage = createUsageMap();
  const count = counterFor(definition);
  if (count === null) return usage;
  const input = count(observation.input);
  const output = observation.type === 'EMBEDDING' ? null : count(observation.output);
  if (input === null && output === null) return usage;
  if (input !== null) usage.input = input;
  if (output !== null) usage.output = output;
  usage.total = (input ?? 0) + (output ?? 0);
  return usage;
}

function counterFor({
  tokenizerId,
  tokenizerConfig,
}: ModelDefinition): ((text: string) => number | null) | null {
  if (tokenizerId === 'claude') {
    return (text) => (isNothing(text) ? null : new TokenCounter(encodingOf(claudeEncoding)).count(text));
  }
  if (tokenizerId !== 'openai') return null;
  const model = tokenizerConfig?.tokenizerModel ?? defaultTokenizerModel;
  return (text) => {
    if (isNothing(text)) return null;
    const counter = new TokenCounter(encodingOf(encodingNameOf(model)));
    const chat = isChatModel(model) ? readChat(text) : null;
    if (chat === null) return counter.count(text);
    return countChat(
      chat,
      counter,
      tokenizerConfig?.tokensPerMessage ?? defaultTokensPerMessage,
      tokenizerConfig?.tokensPerName ?? defaultTokensPerName,
    );
  };
}

const isNothing = (text: string): boolean => text === '' || text === 'null' || text === '[]';

type ChatMessage = Record<string, unknown>;

function readChat(text: string): ChatMessage[] | null {
  if (!text.startsWith('[') || text.length > maxChatCharacters) return null;
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every(isChatMessage) ? value : null;
  } catch {
    return null; // text that only begins like JSON
  }
}

const isChatMessage = (value: unknown): value is ChatMessage =>
  typeof value === 'object' &&
  value !== null &&
  'role' in value &&
  typeof value.role === 'string' &&
  'content' in value &&
  typeof value.content === 'string';

function countChat(
  messages: ChatMessage[],
  counter: TokenCounter,
  tokensPerMessage: number,
  tokensPerName: number,
): number {
  let tokens = tokensPerChat;
  for (const message of messages) {
    tokens += tokensPerMessage;
    for (const key of messageKeys) {
      const value = message[key];
      if (value === undefined || value === null || value === '') continue;
      tokens += counter.count(typeof value === 'string' ? value : JSON.stringify(value));
      if (key === 'name') tokens += tokensPerName;
    }
  }
  return Math.max(0, tokens);
}

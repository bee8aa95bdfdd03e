/**
 * LiveKit Agents 1.2 and later (Python and Node, scope `livekit-agents`): voice agents. One call is a tree of
 * `agent_session` → `agent_turn` → `llm_node` → `llm_request` → `llm_request_run`, with `user_turn`, `tts_node`,
 * `tts_request` and `function_tool` beside. From 1.3 on, content keys carry a `pii` segment (`lk.pii.chat_ctx`
 * for `lk.chat_ctx`), by which LiveKit Cloud strips them.
 *
 * Only `llm_request` is a model call. `llm_node` wraps it and names the same model, so it is a chain without
 * numbers. `lk.llm_metrics` (JSON) has the call's tokens and `ttft` in seconds, -1 for none; gen_ai.usage.* has
 * some of them twice under different names and is not read when the metrics are there. Speech is counted in
 * characters, which are no tokens: `characters`, not `input`. A realtime model reports text, audio and cached
 * tokens as parts of the sums, in `lk.realtime_model_metrics`.
 */
import type { Microseconds, ObservationLevel, ObservationType, UsageMap } from '@tracewell/domain';
import type { AttributeValue, OtlpSpan } from '../../decode/span';
import { bucketUsage } from '../bucket-usage';
import type { Content, Dialect, TraceFacets } from '../dialect';
import {
  firstText,
  hasPrefix,
  isObject,
  numberOf,
  type ObjectValue,
  parseArray,
  parseObject,
  parseStructure,
} from '../values';

/** What the machinery does between turns: there by the dozen per second, and never what one looks for. */
const noise = new Set([
  'user_speaking',
  'eou_detection',
  'eou_wait',
  'llm_request_run',
  'tts_node',
  'tts_request',
  'tts_request_run',
  'tts_stream_adapter',
  'agent_speaking',
  'drain_agent_activity',
  'on_exit',
  'on_enter',
  'llm_fallback_adapter',
  'tts_fallback_adapter',
  'start_agent_activity',
]);

const types: Record<string, ObservationType> = {
  agent_turn: 'AGENT',
  start_agent_activity: 'AGENT',
  function_tool: 'TOOL',
  llm_request: 'GENERATION',
  realtime_metrics: 'GENERATION',
  llm_node: 'CHAIN',
  llm_request_run: 'SPAN',
  tts_node: 'SPAN',
  tts_request: 'SPAN',
  tts_request_run: 'SPAN',
  user_turn: 'SPAN',
  agent_session: 'SPAN',
};

export const livekit: Dialect = {
  name: 'livekit',
  speaks: ({ scope, attributes }) => scope.name === 'livekit-agents' || hasPrefix(attributes, 'lk.'),

  observationType: (span): ObservationType | undefined =>
    span.scope.name === 'livekit-agents' ? types[span.name] : undefined,

  observationName: (span) =>
    span.name === 'function_tool'
      ? firstText(span.attributes, 'lk.function_tool.name', 'gen_ai.tool.name')
      : undefined,

  level(span): ObservationLevel | undefined {
    if (span.statusCode === 2 || isTrue(span.attributes['lk.function_tool.is_error'])) return 'ERROR';
    return span.scope.name === 'livekit-agents' && noise.has(span.name) ? 'DEBUG' : undefined;
  },

  io(span) {
    // The messages of a model call are span events, which the conventions' dialect reads, but for the calls.
    if (span.events.some((event) => event.name.startsWith('gen_ai.'))) return callsIo(span);
    const input = content(
      span,
      'input_text',
      'function_tool.arguments',
      'user_transcript',
      'chat_ctx',
      'user_input',
    );
    const output = content(span, 'function_tool.output') ?? answerOf(span);
    if (input === undefined && output === undefined) return undefined;
    return { ...(input !== undefined && { input }), ...(output !== undefined && { output }) };
  },

  /** The further contents of a span that has several: a turn's whole chat context beside what the user said. */
  metadata(span) {
    const metadata: Record<string, Content> = Object.create(null);
    const rest = inputNames.filter((name) => content(span, name) !== undefined).slice(1);
    for (const name of rest) metadata[name] = content(span, name)!;
    return rest.length > 0 ? metadata : undefined;
  },

  trace({ attributes }): Partial<TraceFacets> {
    const sessionId = firstText(
      attributes,
      'session.id',
      'gen_ai.conversation.id',
      'lk.room_name',
      'lk.pii.room_name',
      'lk.room_sid',
    );
    const userId = firstText(attributes, 'user.id', 'lk.participant_identity', 'lk.pii.participant_identity');
    return { ...(sessionId && { sessionId }), ...(userId && { userId }) };
  },

  model(span) {
    const named = firstText(span.attributes, 'gen_ai.response.model', 'gen_ai.request.model');
    if (named && named !== 'unknown') return named;
    const metadata = metricsOf(span)?.metadata;
    return isObject(metadata) && typeof metadata.model_name === 'string' ? metadata.model_name : undefined;
  },

  usage(span): UsageMap | undefined {
    const { attributes } = span;
    const llm = parseObject(attributes['lk.llm_metrics']);
    if (llm) return llmUsage(llm);
    const realtime = parseObject(attributes['lk.realtime_model_metrics']);
    if (realtime) return realtimeUsage(realtime);
    const tts = parseObject(attributes['lk.tts_metrics']);
    return tts && ttsUsage(tts);
  },

  completionStartTime(span): Microseconds | undefined {
    const metrics = metricsOf(span);
    const seconds = numberOf(metrics?.ttft ?? metrics?.ttfb ?? span.attributes['lk.response.ttft']);
    return seconds === undefined || seconds < 0 ? undefined : span.startTime + Math.round(seconds * 1e6);
  },

  repeatsChildren: (span) => span.scope.name === 'livekit-agents' && repeating.has(span.name),

  consumes: (key) => contentKeys.has(key.replace(/^lk\.pii\./, 'lk.')),
};

/** Each wraps the request that was counted, and names its model once more. */
const repeating = new Set([
  'llm_node',
  'llm_request_run',
  'tts_node',
  'tts_request_run',
  'llm_fallback_adapter',
]);

/** In this order; a span has one of them as a rule. */
const inputNames = [
  'input_text',
  'function_tool.arguments',
  'user_transcript',
  'user_input',
  'chat_ctx',
] as const;

const contentKeys = new Set([
  'lk.input_text',
  'lk.user_transcript',
  'lk.user_input',
  'lk.chat_ctx',
  'lk.function_tool.arguments',
  'lk.function_tool.output',
  'lk.response.text',
  'lk.response.function_calls',
]);

function content({ attributes }: OtlpSpan, ...names: string[]): Content | undefined {
  for (const name of names) {
    const value = attributes[`lk.${name}`] || attributes[`lk.pii.${name}`];
    if (value) return parseStructure(value);
  }
  return undefined;
}

/** What the model said; with the calls it made, if any, in the shape of an assistant message. */
function answerOf(span: OtlpSpan): Content | undefined {
  const text = content(span, 'response.text');
  const calls = parseArray(content(span, 'response.function_calls'))?.map(parseStructure).filter(isObject);
  return calls?.length ? { role: 'assistant', content: text ?? '', tool_calls: calls } : text;
}

/** In a choice event, each tool call is a JSON text of its own. */
function callsIo({ events }: OtlpSpan): { output: Content } | undefined {
  const choice = events.find((event) => event.name === 'gen_ai.choice')?.attributes;
  const calls = choice && parseArray(choice.tool_calls)?.map((call) => parseStructure(call)!);
  return calls && { output: { ...choice, tool_calls: calls } };
}

function metricsOf({ attributes }: OtlpSpan): ObjectValue | undefined {
  return (
    parseObject(attributes['lk.llm_metrics']) ??
    parseObject(attributes['lk.realtime_model_metrics']) ??
    parseObject(attributes['lk.tts_metrics'])
  );
}

function llmUsage(metrics: ObjectValue): UsageMap | undefined {
  return bucketUsage({
    input: numberOf(metrics.prompt_tokens),
    output: numberOf(metrics.completion_tokens),
    total: numberOf(metrics.total_tokens),
    cacheRead: numberOf(metrics.prompt_cached_tokens) || numberOf(metrics.cache_read_tokens),
    cacheWrite: numberOf(metrics.cache_creation_tokens),
    reasoning: numberOf(metrics.reasoning_tokens),
    cacheIs: 'inside',
  });
}

function realtimeUsage(metrics: ObjectValue): UsageMap | undefined {
  const input = details(metrics.input_token_details);
  const output = details(metrics.output_token_details);
  const cached = details(input.cached_tokens_details);
  const audio = numberOf(input.audio_tokens) ?? 0;
  return bucketUsage({
    input: numberOf(metrics.input_tokens),
    output: numberOf(metrics.output_tokens),
    total: numberOf(metrics.total_tokens),
    cacheRead: numberOf(input.cached_tokens),
    // Cached audio is counted as cached, once.
    inputAudio: Math.max(audio - (numberOf(cached.audio_tokens) ?? 0), 0),
    outputAudio: numberOf(output.audio_tokens),
    cacheIs: 'inside',
  });
}

function ttsUsage(metrics: ObjectValue): UsageMap | undefined {
  const usage: UsageMap = {
    ...bucketUsage({
      input: numberOf(metrics.input_tokens) || undefined,
      output: numberOf(metrics.output_tokens) || undefined,
    }),
  };
  const characters = numberOf(metrics.characters_count);
  if (characters) usage.characters = characters;
  return Object.keys(usage).length > 0 ? usage : undefined;
}

const details = (value: AttributeValue | undefined): ObjectValue => (isObject(value) ? value : {});
const isTrue = (value: AttributeValue | undefined): boolean => value === true || value === 'true';

/**
 * Logfire (Pydantic's SDK; scopes `logfire`, `logfire.openai`, `logfire.anthropic`, `logfire.openai_agents` …,
 * all versions; the Rust and JavaScript SDKs write the same attributes).
 *
 * A span has a template as its name and the filled-in text in `logfire.msg`. Structured attributes are JSON
 * text; `logfire.json_schema` says which ones. `logfire.level_num` follows OpenTelemetry's severity numbers.
 *
 * The OpenAI and Anthropic integrations put the request in `request_data` and the response in `response_data`;
 * from 4.19 on also as gen_ai.* messages, which then count. A streamed call is two spans: one with the request,
 * ended when the stream opened, and a log written when the stream was drained, with request, response and
 * usage. The log is the generation; the span before it is kept as a plain span without numbers.
 *
 * A span that starts is sent twice: at once as a zero-length `pending_span` (an id of its own, the real span as
 * its parent, the real parent in `logfire.pending_parent_id`, the same start), later for real. Logfire sends pending
 * spans to its own address only, which may be ours. Such a twin announces the span: it becomes the open observation
 * of the real span's id, with what is known at the start and without numbers, and yields to the whole one. A span
 * that never ends, as its process died, stays as it was announced.
 */
import type { ObservationLevel, ObservationType, UsageMap } from '@tracewell/domain';
import type { AttributeValue, OtlpSpan } from '../../decode/span';
import type { Content, Dialect } from '../dialect';
import { providerUsage } from '../provider-usage';
import {
  firstText,
  firstValue,
  hasPrefix,
  isObject,
  numberOf,
  type ObjectValue,
  parseArray,
  parseObject,
  parseStructure,
  textOf,
} from '../values';

const isPendingSpan = (span: OtlpSpan): boolean => span.attributes['logfire.span_type'] === 'pending_span';

export const logfire: Dialect = {
  name: 'logfire',
  speaks: ({ scope, attributes }) =>
    scope.name.startsWith('logfire') ||
    'logfire.msg' in attributes ||
    'logfire.span_type' in attributes ||
    'logfire.msg_template' in attributes ||
    'logfire.json_schema' in attributes,

  observationType(span): ObservationType | undefined {
    const request = requestOf(span);
    if (!request) return undefined;
    if (isStreamOpening(span, request)) return 'SPAN';
    if (span.name.startsWith('Embedding')) return 'EMBEDDING';
    return request.model ? 'GENERATION' : undefined;
  },

  observationName: ({ attributes }) => firstText(attributes, 'gen_ai.tool.name', 'logfire.msg'),

  level(span): ObservationLevel | undefined {
    const severity = numberOf(span.attributes['logfire.level_num']);
    if (severity === undefined) return undefined;
    if (severity >= 17) return 'ERROR';
    if (severity >= 13) return 'WARNING';
    // An ordinary or debug span may still have failed: its status says so.
    return severity < 9 && span.statusCode !== 2 ? 'DEBUG' : undefined;
  },

  statusMessage(span) {
    if (span.statusMessage) return undefined;
    const exception = span.events.find((event) => event.name === 'exception')?.attributes;
    if (!exception) return undefined;
    const parts = [exception['exception.type'], exception['exception.message']];
    return parts.filter((part) => typeof part === 'string' && part !== '').join(': ') || undefined;
  },

  io: (span) => eventsIo(span) ?? requestIo(span) ?? promptIo(span),

  metadata: userAttributes,
  model(span) {
    if (firstValue(span.attributes, 'gen_ai.response.model', 'gen_ai.request.model')) return undefined;
    const model = requestOf(span)?.model;
    return typeof model === 'string' ? model : undefined;
  },
  /** What is left of the request when its content and model are told: how the model was asked. */
  modelParameters(span) {
    const request = requestOf(span);
    if (!request || hasPrefix(span.attributes, 'gen_ai.request.t')) return undefined;
    const parameters: ObjectValue = {};
    for (const [key, value] of Object.entries(request)) {
      if (key !== 'model' && !(promptKeys as readonly string[]).includes(key)) parameters[key] = value;
    }
    return Object.keys(parameters).length > 0 ? parameters : undefined;
  },
  usage(span): UsageMap | undefined {
    const response = parseObject(span.attributes.response_data);
    return response && providerUsage(response.usage);
  },
  cost(span): UsageMap | undefined {
    const total = numberOf(span.attributes['operation.cost']);
    return total === undefined ? undefined : { total };
  },
  announces(span) {
    // Without the span it stands for there is nothing to become: it stays a span of its own.
    if (!isPendingSpan(span) || span.parentSpanId === '') return undefined;
    const parentId = textOf(span.attributes['logfire.pending_parent_id']);
    return { id: span.parentSpanId, parentId: /^(?!0+$)[0-9a-f]{16}$/.test(parentId) ? parentId : '' };
  },
  repeatsChildren(span) {
    const request = requestOf(span);
    return isPendingSpan(span) || (request !== undefined && isStreamOpening(span, request));
  },
  consumes: (key) => key === 'request_data' || key === 'response_data',
};

const requestOf = ({ attributes }: OtlpSpan): ObjectValue | undefined => parseObject(attributes.request_data);

/** The span of a streamed call, which ends before the first token; the log that follows tells the call. */
const isStreamOpening = ({ attributes }: OtlpSpan, request: ObjectValue): boolean =>
  request.stream === true &&
  attributes.response_data === undefined &&
  attributes['logfire.span_type'] !== 'log';

/** `events`: the messages of the call in the event form of the early conventions, the choices last. */
function eventsIo({ attributes }: OtlpSpan): { input?: Content; output?: Content } | undefined {
  const events = parseArray(attributes.events)?.filter(isObject);
  // A user may well log events of another kind under that name.
  if (!events?.some((event) => typeof event['event.name'] === 'string')) return undefined;
  const choices = events.filter((event) => event['event.name'] === 'gen_ai.choice');
  const input = events.filter((event) => event['event.name'] !== 'gen_ai.choice');
  const answers = choices.map((choice) => choice.message ?? choice);
  return {
    ...(input.length > 0 && { input }),
    ...(answers.length > 0 && { output: answers.length === 1 ? answers[0]! : answers }),
  };
}

const promptKeys = ['instructions', 'system', 'messages', 'input', 'prompt', 'contents', 'tools'] as const;

function requestIo(span: OtlpSpan): { input?: Content; output?: Content } | undefined {
  if (firstValue(span.attributes, 'gen_ai.input.messages')) return undefined;
  const request = requestOf(span);
  if (!request) return undefined;
  const said = promptKeys.filter((key) => request[key] !== undefined && request[key] !== null);
  const input: Content =
    said.length === 0 ? request : said.length === 1 ? request[said[0]!]! : pick(request, said);
  const response = parseStructure(span.attributes.response_data);
  const output = isObject(response)
    ? (response.message ?? response.combined_chunk_content ?? response.text ?? response)
    : response;
  return { input, ...(output !== undefined && { output }) };
}

function promptIo({ attributes }: OtlpSpan): { input?: Content; output?: Content } | undefined {
  const input = firstValue(attributes, 'prompt');
  const output = firstValue(attributes, 'all_messages_events');
  if (input === undefined && output === undefined) return undefined;
  return {
    ...(input !== undefined && { input: parseStructure(input)! }),
    ...(output !== undefined && { output: parseStructure(output)! }),
  };
}

const contentKeys = new Set([
  'events',
  'input',
  'output',
  'prompt',
  'model_request_parameters',
  'final_result',
  'tool_arguments',
  'tool_response',
]);
const toldElsewhere = new Set(['request_data', 'response_data', 'all_messages_events']);

/** What the user logged, with the structure that `logfire.json_schema` says its JSON text has. */
function userAttributes(span: OtlpSpan): Record<string, Content> | undefined {
  const { attributes } = span;
  const schema = parseObject(attributes['logfire.json_schema']);
  const isContent =
    eventsIo(span) !== undefined ||
    span.scope.name === 'pydantic-ai' ||
    'gen_ai.operation.name' in attributes;
  const properties = isObject(schema?.properties) ? schema.properties : {};
  const metadata: Record<string, Content> = Object.create(null);
  for (const [key, type] of Object.entries(properties)) {
    const value = attributes[key];
    if (
      value === undefined ||
      toldElsewhere.has(key) ||
      (isContent && contentKeys.has(key)) ||
      /^(?:gen_ai|pydantic_ai|logfire)\./.test(key)
    )
      continue;
    metadata[key] = isStructured(type) ? (parseStructure(value) ?? value) : value;
  }
  // Of the response, what is neither content nor count: finish reasons, ids.
  const response = parseObject(attributes.response_data);
  const rest = response && without(response, ['message', 'combined_chunk_content', 'text', 'usage']);
  if (rest && requestOf(span) && Object.keys(rest).length > 0) metadata.response_data = rest;
  if (attributes['logfire.tags'] !== undefined) metadata.tags = attributes['logfire.tags'];
  return Object.keys(metadata).length > 0 ? metadata : undefined;
}

const isStructured = (type: AttributeValue): boolean =>
  isObject(type) && (type.type === 'object' || type.type === 'array');

function without(from: ObjectValue, keys: readonly string[]): ObjectValue {
  return Object.fromEntries(Object.entries(from).filter(([key]) => !keys.includes(key)));
}

function pick(from: ObjectValue, keys: readonly string[]): ObjectValue {
  const picked: ObjectValue = {};
  for (const key of keys) picked[key] = from[key]!;
  return picked;
}

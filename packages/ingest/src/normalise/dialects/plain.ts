/**
 * What any OpenTelemetry span says, whoever recorded it; asked last. `spanStatus` is apart, as a status of error
 * outweighs what dialects think of the span's level.
 */
import type { ObservationLevel, ObservationType } from '@tracewell/domain';
import type { AttributeValue, SpanEvent } from '../../decode/span';
import type { Content, Dialect } from '../dialect';
import { firstText, isMeaningful, parseObject, textOf } from '../values';

const okStatus = 1;
const errorStatus = 2;

export const spanStatus: Dialect = {
  name: 'span-status',
  speaks: ({ statusCode, statusMessage }) => statusCode === errorStatus || statusMessage !== '',
  level: ({ statusCode }): ObservationLevel | undefined => (statusCode === errorStatus ? 'ERROR' : undefined),
  statusMessage: ({ statusMessage }) => statusMessage || undefined,
};

/** Naming a tool or a model is enough to be a tool or a model call, when nobody says what else it is. */
const toolKeys = ['gen_ai.tool.name', 'gen_ai.tool.call.id'];
const modelKeys = [
  'langfuse.observation.model.name',
  'gen_ai.request.model',
  'gen_ai.response.model',
  'llm.model_name',
  'model',
];

export const plain: Dialect = {
  name: 'plain',
  speaks: () => true,

  observationType({ attributes }): ObservationType | undefined {
    if (toolKeys.some((key) => isMeaningful(attributes[key]))) return 'TOOL';
    return modelKeys.some((key) => isMeaningful(attributes[key])) ? 'GENERATION' : undefined;
  },

  /** An exception that left the span, whose author did not say that all went well. */
  level: ({ statusCode, events }): ObservationLevel | undefined =>
    statusCode !== okStatus && events.some(isEscaped) ? 'ERROR' : undefined,

  /** What was thrown, else the kind of error, when no more is known of it. */
  statusMessage({ statusCode, events, attributes }) {
    if (statusCode === okStatus) return undefined;
    const exception = events.findLast(statusCode === errorStatus ? isException : isEscaped);
    if (!exception) return statusCode === errorStatus ? firstText(attributes, 'error.type') : undefined;
    const { type, message } = readException(exception);
    return message || type || undefined;
  },

  io: ({ attributes: { input, output } }) => ({
    ...(input && { input }),
    ...(output && { output }),
  }),

  trace({ attributes }) {
    const userId = firstText(attributes, 'enduser.id');
    return userId ? { userId } : undefined;
  },

  metadata({ events }): Record<string, Content> | undefined {
    const exceptions = events.filter(isException).map((event) => ({ ...readException(event) }));
    return exceptions.length > 0 ? { exceptions } : undefined;
  },

  model: ({ attributes }) => firstText(attributes, 'llm.response.model', 'llm.model_name', 'model'),

  modelParameters({ attributes }): Record<string, AttributeValue> | undefined {
    return parseObject(attributes.model_config);
  },

  version: ({ resource }) => firstText(resource.attributes, 'service.version'),

  environment({ attributes, resource }) {
    for (const key of ['deployment.environment.name', 'deployment.environment']) {
      const environment = firstText(attributes, key) ?? firstText(resource.attributes, key);
      if (environment) return environment;
    }
    return undefined;
  },

  consumes: (key) => key === 'input' || key === 'output',
};

const isException = (event: SpanEvent): boolean => event.name === 'exception';

/** An explicit false says that it was handled; Python always says so, and sets the status when it was not. */
const isEscaped = (event: SpanEvent): boolean =>
  isException(event) && textOf(event.attributes['exception.escaped']).toLowerCase() !== 'false';

function readException({ attributes }: SpanEvent): { type: string; message: string; stacktrace?: string } {
  const stacktrace = textOf(attributes['exception.stacktrace']);
  return {
    type: textOf(attributes['exception.type']),
    message: textOf(attributes['exception.message']),
    ...(stacktrace && { stacktrace }),
  };
}

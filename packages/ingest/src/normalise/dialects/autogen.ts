/**
 * AutoGen 0.4 and later (scopes `autogen-core`, `autogen SingleThreadedAgentRuntime` and the like). Its runtime
 * traces the passing of messages: `autogen create x`, `autogen publish x`, `autogen send x` and `autogen process
 * x`, with `messaging.operation` and, where the message can be told, its JSON in `message`. An agent that
 * processes a message is at work; the rest is transport and of level DEBUG. From 0.7 on agents and tools are
 * also spans of the GenAI conventions (`invoke_agent`, `execute_tool`), which their dialect reads. Model calls
 * are spans of the model library's instrumentation.
 */
import type { ObservationLevel, ObservationType } from '@tracewell/domain';
import type { OtlpSpan } from '../../decode/span';
import type { Dialect } from '../dialect';
import { parseStructure, textOf } from '../values';

export const autogen: Dialect = {
  name: 'autogen',
  speaks: ({ scope, name }) =>
    scope.name.startsWith('autogen') || /^autogen (?:create|send|publish|process|ack) /.test(name),

  observationType(span): ObservationType | undefined {
    const operation = operationOf(span);
    if (operation === undefined) return undefined;
    return operation === 'process' ? 'AGENT' : 'SPAN';
  },

  level(span): ObservationLevel | undefined {
    const operation = operationOf(span);
    return operation !== undefined && operation !== 'process' && span.statusCode !== 2 ? 'DEBUG' : undefined;
  },

  io({ attributes }) {
    const input = attributes.message ? parseStructure(attributes.message) : undefined;
    return input === undefined ? undefined : { input };
  },

  consumes: (key) => key === 'message',
};

function operationOf({ attributes, name }: OtlpSpan): string | undefined {
  const told = textOf(attributes['messaging.operation']);
  return told || /^autogen (\w+) /.exec(name)?.[1];
}

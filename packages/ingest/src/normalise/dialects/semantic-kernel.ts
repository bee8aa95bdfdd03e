/**
 * Microsoft Semantic Kernel. .NET: scopes `Microsoft.SemanticKernel*`, with sensitive diagnostics switched on;
 * Python: scopes `semantic_kernel.*` (the dotted name of the module).
 *
 * Model spans (`chat.completions gpt-4o`, `text.completions …`, `chat.streaming_completions …`) use operation
 * names of their own. Up to 1.2 (Python) and 1.14 (.NET) the token counts are `gen_ai.response.prompt_tokens` and
 * `gen_ai.response.completion_tokens`, the content in events `gen_ai.content.prompt` and `gen_ai.content.completion`.
 * Later .NET versions write events `gen_ai.<role>.message` and `gen_ai.choice` with the whole message as JSON in
 * one attribute, `gen_ai.event.content`.
 *
 * Functions are `execute_tool plugin-function`; prompt functions too, whose model call is their child. Agents are
 * `invoke_agent x`, with `gen_ai.agent.invocation_input` and `…_output`. `AutoFunctionInvocationLoop` wraps the
 * calls of one answer.
 */
import type { ObservationType, UsageMap } from '@tracewell/domain';
import type { OtlpSpan, SpanEvent } from '../../decode/span';
import { bucketUsage } from '../bucket-usage';
import type { Content, Dialect } from '../dialect';
import { firstValue, isObject, numberOf, parseStructure } from '../values';

const isModelOperation = (operation: unknown): boolean =>
  typeof operation === 'string' && /^(?:chat|text)\.(?:streaming_)?completions$/.test(operation);

export const semanticKernel: Dialect = {
  name: 'semantic-kernel',
  speaks: ({ scope, attributes }) =>
    scope.name.startsWith('Microsoft.SemanticKernel') ||
    scope.name.startsWith('semantic_kernel.') ||
    'sk.available_functions' in attributes ||
    isModelOperation(attributes['gen_ai.operation.name']),

  observationType({ attributes, name, scope }): ObservationType | undefined {
    const operation = attributes['gen_ai.operation.name'];
    if (isModelOperation(operation)) return 'GENERATION';
    if (name === 'AutoFunctionInvocationLoop') return 'CHAIN';
    if (operation !== undefined) return undefined;
    // Before functions had an operation name, their span was named after them and said nothing else.
    return scope.name.endsWith('functions.kernel_function') || scope.name === 'Microsoft.SemanticKernel'
      ? 'TOOL'
      : undefined;
  },

  io(span) {
    return contentEventsIo(span) ?? messageEventsIo(span) ?? agentIo(span);
  },

  usage({ attributes }): UsageMap | undefined {
    if (numberOf(attributes['gen_ai.usage.input_tokens']) !== undefined) return undefined;
    return bucketUsage({
      input: numberOf(attributes['gen_ai.response.prompt_tokens']),
      output: numberOf(attributes['gen_ai.response.completion_tokens']),
    });
  },

  consumes: (key) => key === 'gen_ai.agent.invocation_input' || key === 'gen_ai.agent.invocation_output',
};

function contentEventsIo({ events }: OtlpSpan): { input?: Content; output?: Content } | undefined {
  const of = (event: string, key: string) =>
    parseStructure(events.find(({ name }) => name === event)?.attributes[key]);
  const input = of('gen_ai.content.prompt', 'gen_ai.prompt');
  const output = of('gen_ai.content.completion', 'gen_ai.completion');
  return either(input, output);
}

const messageEvent = /^gen_ai\.(system|user|assistant|tool)\.message$/;

function messageEventsIo({ events }: OtlpSpan): { input?: Content; output?: Content } | undefined {
  if (!events.some(({ attributes }) => 'gen_ai.event.content' in attributes)) return undefined;
  const input: Content[] = [];
  const output: Content[] = [];
  for (const event of events) {
    const role = messageEvent.exec(event.name)?.[1];
    if (role !== undefined) input.push(messageOf(event, role));
    else if (event.name === 'gen_ai.choice') output.push(messageOf(event, 'assistant'));
  }
  return either(input.length > 0 ? input : undefined, output.length > 1 ? output : output[0]);
}

/** The message in the event: its role is the event's when it does not say one itself. */
function messageOf({ attributes }: SpanEvent, role: string): Content {
  const body = parseStructure(attributes['gen_ai.event.content']);
  if (!isObject(body)) return { role, content: body ?? null };
  const message = isObject(body.message) ? body.message : body;
  return { role, ...message };
}

function agentIo({ attributes }: OtlpSpan): { input?: Content; output?: Content } | undefined {
  return either(
    parseStructure(firstValue(attributes, 'gen_ai.agent.invocation_input')),
    parseStructure(firstValue(attributes, 'gen_ai.agent.invocation_output')),
  );
}

const either = (input: Content | undefined, output: Content | undefined) =>
  input === undefined && output === undefined
    ? undefined
    : { ...(input !== undefined && { input }), ...(output !== undefined && { output }) };

/**
 * Hugging Face smolagents through OpenInference (scope `openinference.instrumentation.smolagents`). The spans are
 * OpenInference's (`CodeAgent.run` → `Step 1` → `LiteLLMModel.generate` and `FinalAnswerTool`), with the agent's
 * limits and, in older versions, its task in `smolagents.*`. Values are the arguments of the Python methods: messages
 * among them are as Python prints them and read from the flattened ones instead, and what the model told a tool
 * stands in `kwargs` or `args`.
 *
 * The run has the token counts of the agent's monitor, the sum over its model calls (and, with managed agents,
 * of a monitor that counts them again): only the calls count. A step that the agent recovered from is not an
 * error but worth a look.
 */
import type { ObservationLevel } from '@tracewell/domain';
import type { Attributes } from '../../decode/span';
import type { Content, Dialect } from '../dialect';
import { rebuildFlattened } from '../flattened';
import {
  firstText,
  firstValue,
  hasPrefix,
  isMeaningful,
  type ObjectValue,
  parseArray,
  parseObject,
  parseStructure,
} from '../values';

const kind = 'openinference.span.kind';

export const smolagents: Dialect = {
  name: 'smolagents',
  speaks: ({ scope, attributes }) =>
    scope.name === 'openinference.instrumentation.smolagents' || hasPrefix(attributes, 'smolagents.'),

  level: ({ events }): ObservationLevel | undefined =>
    events.some((event) => event.name === 'agent.step_recovery') ? 'WARNING' : undefined,

  /** Its span is called by the class, which is the same for every tool that a function was made into. */
  observationName: ({ attributes }) =>
    attributes[kind] === 'TOOL' ? firstText(attributes, 'tool.name') : undefined,

  io({ attributes }) {
    if (attributes[kind] === 'LLM') return readMessages(attributes);
    const value = parseObject(attributes['input.value']);
    if (attributes[kind] === 'TOOL') {
      const told = value && toldTool(value);
      return told === undefined ? undefined : { input: told };
    }
    // Additional arguments and images are part of what the agent was asked: then the whole call is the input.
    if (attributes['smolagents.additional_args'] !== undefined) return undefined;
    if (isMeaningful(value?.additional_args) || isMeaningful(value?.images)) return undefined;
    const task = firstText(attributes, 'smolagents.task') ?? (value && firstText(value, 'task'));
    if (task === undefined) return undefined;
    const output = parseStructure(firstValue(attributes, 'output.value'));
    return { input: task, ...(output !== undefined && { output }) };
  },

  metadata({ attributes }) {
    const metadata: Record<string, Content> = Object.create(null);
    const steps = attributes['smolagents.max_steps'];
    const tools = parseArray(attributes['smolagents.tools_names']);
    if (steps !== undefined) metadata.max_steps = steps;
    if (tools !== undefined) metadata.tools_names = tools;
    return Object.keys(metadata).length > 0 ? metadata : undefined;
  },

  repeatsChildren: ({ attributes }) => attributes[kind] !== 'LLM',

  consumes: (key) => key === 'smolagents.task',
};

function readMessages(attributes: Attributes): { input?: Content; output?: Content } {
  const input = rebuildFlattened(attributes, 'llm.input_messages');
  const output = rebuildFlattened(attributes, 'llm.output_messages');
  return { ...(input !== undefined && { input }), ...(output !== undefined && { output }) };
}

/** A model names the arguments of a tool; code may leave the names out. */
function toldTool({ args, kwargs }: ObjectValue): Content | undefined {
  if (Array.isArray(args) && args.length > 0) return isMeaningful(kwargs) ? undefined : args;
  return kwargs;
}

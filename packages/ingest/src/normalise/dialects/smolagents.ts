/**
 * Hugging Face smolagents through OpenInference (scope `openinference.instrumentation.smolagents`). The spans are
 * OpenInference's (`CodeAgent.run` → `Step 1` → `LiteLLMModel.generate` and `FinalAnswerTool`), with the agent's
 * task and limits in `smolagents.*`.
 *
 * The run has the token counts of the agent's monitor, the sum over its model calls (and, with managed agents,
 * of a monitor that counts them again): only the calls count. A step that the agent recovered from is not an
 * error but worth a look.
 */
import type { ObservationLevel } from '@tracewell/domain';
import type { Content, Dialect } from '../dialect';
import { firstText, firstValue, hasPrefix, parseArray, parseStructure } from '../values';

export const smolagents: Dialect = {
  name: 'smolagents',
  speaks: ({ scope, attributes }) =>
    scope.name === 'openinference.instrumentation.smolagents' || hasPrefix(attributes, 'smolagents.'),

  level: ({ events }): ObservationLevel | undefined =>
    events.some((event) => event.name === 'agent.step_recovery') ? 'WARNING' : undefined,

  io({ attributes }) {
    const task = firstText(attributes, 'smolagents.task');
    // Additional arguments are part of what the agent was asked: then the whole call is the input.
    if (task === undefined || attributes['smolagents.additional_args'] !== undefined) return undefined;
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

  repeatsChildren: ({ attributes }) => attributes['openinference.span.kind'] !== 'LLM',

  consumes: (key) => key === 'smolagents.task',
};

/**
 * OpenAI Agents SDK as traced by Logfire (scope `logfire.openai_agents`). The SDK's other tracers speak for
 * themselves: OpenInference (`openinference.instrumentation.openai_agents`) and Traceloop
 * (`opentelemetry.instrumentation.openai_agents`) use the attributes of their own dialects.
 *
 * Logfire's span names are templates: `OpenAI Agents trace: {name}` → `Task: {name}` → `Agent run: {name!r}` →
 * `Turn …` → `Responses API …` or `Chat completion …`, `Function: {name}`, `Guardrail …`, `Handoff: …`. Messages
 * are in `events` (see logfire.ts); a response call has the API's whole answer in `response`, with its usage; a
 * function has `input` and `output`. A task's `usage` is the sum of its calls and no gen_ai key. `group_id` links
 * the traces of one conversation.
 */
import type { ObservationType, UsageMap } from '@tracewell/domain';
import type { Dialect, TraceFacets } from '../dialect';
import { providerUsage } from '../provider-usage';
import { firstText, firstValue, parseObject, parseStructure } from '../values';

/** By the beginning of the template. */
const types: readonly (readonly [string, ObservationType])[] = [
  ['OpenAI Agents trace', 'CHAIN'],
  ['Agent run', 'AGENT'],
  ['Function', 'TOOL'],
  ['MCP', 'TOOL'],
  ['Guardrail', 'GUARDRAIL'],
  ['Responses API', 'GENERATION'],
  ['Chat completion', 'GENERATION'],
  ['Transcription', 'GENERATION'],
  ['Speech', 'GENERATION'],
];

export const openaiAgents: Dialect = {
  name: 'openai-agents',
  speaks: ({ scope, attributes }) => scope.name === 'logfire.openai_agents' || 'agent_trace_id' in attributes,

  observationType: ({ name }): ObservationType | undefined =>
    types.find(([start]) => name.startsWith(start))?.[1],

  io({ attributes }) {
    const input = firstValue(attributes, 'input');
    const output = firstValue(attributes, 'output');
    if (input === undefined && output === undefined) return undefined;
    return {
      ...(input !== undefined && { input: parseStructure(input)! }),
      ...(output !== undefined && { output: parseStructure(output)! }),
    };
  },

  trace(span): Partial<TraceFacets> | undefined {
    const { attributes } = span;
    if (!('agent_trace_id' in attributes)) return undefined;
    const group = firstText(attributes, 'session.id', 'group_id');
    const name = firstText(attributes, 'name');
    // Logfire writes an absent value as the JSON text `null`.
    return { ...(name && { name }), ...(group && group !== 'null' && { sessionId: group }) };
  },

  usage: ({ attributes }): UsageMap | undefined => {
    const response = parseObject(attributes.response);
    return providerUsage(response?.usage ?? undefined);
  },

  consumes: (key) => key === 'input' || key === 'output',
};

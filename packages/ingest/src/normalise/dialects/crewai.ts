/**
 * CrewAI, which is instrumented in four ways:
 *
 * - OpenInference (scope `openinference.instrumentation.crewai`): `X.kickoff` CHAIN → `role._execute_core` AGENT →
 *   tools; `crew_key`, `crew_id`, `crew_agents`, `crew_tasks`, `task_key`, `task_id` and the agent's model
 * - Traceloop (scope `opentelemetry.instrumentation.crewai`): `crewai.workflow` → `x.task` → `x.agent` → `x.llm`,
 *   `crewai.crew.*`, `crewai.task.*`, `crewai.agent.*`, and gen_ai.request.model on the agent too
 * - OpenLIT (scope `openlit.instrumentation.crewai`): gen_ai.operation.name, `gen_ai.system` = crewai
 * - CrewAI's own usage statistics (scope `crewai.telemetry`): `Crew Created`, `Task Execution`, `Tool Usage` …,
 *   of zero length; kept at level DEBUG
 *
 * The model calls are spans of the LLM library's instrumentation (OpenAI, LiteLLM). An agent or task that names
 * its model has not called it: without own numbers it is an AGENT or CHAIN and no generation whose tokens
 * would be estimated, and the crew's `token_usage` is a sum over its calls.
 */
import type { ObservationLevel, ObservationType } from '@tracewell/domain';
import type { OtlpSpan } from '../../decode/span';
import type { Content, Dialect } from '../dialect';
import { firstValue, hasPrefix, parseStructure, textOf } from '../values';

const scopes = new Set([
  'openinference.instrumentation.crewai',
  'opentelemetry.instrumentation.crewai',
  'openlit.instrumentation.crewai',
  'openlit.otel.crewai',
  'crewai.telemetry',
]);

export const crewai: Dialect = {
  name: 'crewai',
  speaks: ({ scope, attributes }) =>
    scopes.has(scope.name) ||
    hasPrefix(attributes, 'crewai.') ||
    'crew_key' in attributes ||
    'task_key' in attributes,

  observationType(span): ObservationType | undefined {
    if (isStatistic(span)) return 'EVENT';
    switch (roleOf(span)) {
      case 'crew':
      case 'task':
        return 'CHAIN';
      case 'agent':
        return 'AGENT';
      case 'tool':
        return 'TOOL';
      case 'llm':
        return 'GENERATION';
      default:
        return undefined;
    }
  },

  level: (span): ObservationLevel | undefined =>
    isStatistic(span) && span.statusCode !== 2 ? 'DEBUG' : undefined,

  io: ownContents,

  metadata({ attributes }) {
    const isContent = ownContents({ attributes }) !== undefined;
    const metadata: Record<string, Content> = Object.create(null);
    for (const key of ownKeys)
      if (attributes[key] !== undefined) metadata[key] = parseStructure(attributes[key])!;
    for (const key in attributes) {
      if (frameworkKey.test(key) && !(isContent && contentKeys.has(key))) {
        metadata[key.slice('crewai.'.length)] = parseStructure(attributes[key])!;
      }
    }
    return Object.keys(metadata).length > 0 ? metadata : undefined;
  },

  repeatsChildren(span) {
    const role = roleOf(span);
    return isStatistic(span) || (role !== undefined && role !== 'llm');
  },

  consumes: (key) => ownKeys.has(key) || frameworkKey.test(key),
};

const ownKeys = new Set([
  'crew_key',
  'crew_id',
  'crew_agents',
  'crew_tasks',
  'task_key',
  'task_id',
  'flow_id',
]);
const contentKeys = new Set([
  'crewai.task.description',
  'crewai.task.output',
  'crewai.crew.inputs',
  'crewai.crew.result',
  'crewai.crew.tasks_output',
]);
const frameworkKey = /^crewai\.(?:crew|task|agent)\./;

/** Content in the framework's own attributes. */
function ownContents({
  attributes,
}: Pick<OtlpSpan, 'attributes'>): { input?: Content; output?: Content } | undefined {
  // Who says input and output in the manner of its own tracer is read by that tracer's dialect.
  if (
    firstValue(attributes, 'input.value', 'output.value', 'traceloop.entity.input', 'traceloop.entity.output')
  ) {
    return undefined;
  }
  const input = firstValue(
    attributes,
    'crewai.task.description',
    'crewai.crew.inputs',
    'crew_inputs',
    'flow_inputs',
  );
  const output = firstValue(
    attributes,
    'crewai.crew.result',
    'crewai.task.output',
    'crewai.crew.tasks_output',
  );
  if (input === undefined && output === undefined) return undefined;
  return {
    ...(input !== undefined && { input: parseStructure(input)! }),
    ...(output !== undefined && { output: parseStructure(output)! }),
  };
}

type Role = 'crew' | 'task' | 'agent' | 'tool' | 'llm';

function roleOf(span: OtlpSpan): Role | undefined {
  const { attributes, name, scope } = span;
  const kind = textOf(
    attributes['openinference.span.kind'] ?? attributes['traceloop.span.kind'],
  ).toLowerCase();
  if (kind === 'llm' || name.endsWith('.llm')) return 'llm';
  if (kind === 'tool') return 'tool';
  if (kind === 'agent' || hasPrefix(attributes, 'crewai.agent.')) return 'agent';
  if (kind === 'task' || hasPrefix(attributes, 'crewai.task.') || 'task_key' in attributes) return 'task';
  if (
    kind === 'workflow' ||
    kind === 'chain' ||
    hasPrefix(attributes, 'crewai.crew.') ||
    'crew_key' in attributes
  ) {
    return scopes.has(scope.name) || 'crew_key' in attributes || hasPrefix(attributes, 'crewai.')
      ? 'crew'
      : undefined;
  }
  return undefined;
}

const isStatistic = ({ scope }: OtlpSpan): boolean => scope.name === 'crewai.telemetry';

/**
 * Google's Agent Development Kit (Python, Java, Go, TypeScript; scope `gcp.vertex.agent`, its version that of the
 * kit). `invocation` → `invoke_agent x` (before 1.15: `agent_run [x]`) → `call_llm` and `execute_tool x`.
 *
 * The model call's request and response are JSON in `gcp.vertex.agent.llm_request` and `…llm_response`; on tool
 * spans they are `{}` and the call is in `…tool_call_args` and `…tool_response` (`N/A` when several calls were
 * merged). The response's `usage_metadata` knows what the attributes do not: cached tokens, which are part of the
 * prompt, and thoughts, which come on top of the candidates.
 *
 * From 1.24 on the Python kit puts a `generate_content x` span inside `call_llm`. Depending on the version the
 * request and response land on the one or the other, but token counts may stand on both. The span that the kit's
 * own account was written to has `gen_ai.system` = `gcp.vertex.agent`; an inner span without it repeats what
 * `call_llm` says. (The Go kit has inner spans only, and they count.) The same holds for the spans of the
 * google-genai instrumentation, which carry the kit's event id when they run inside it.
 */
import type { ObservationLevel, ObservationType, UsageMap } from '@tracewell/domain';
import type { AttributeValue, OtlpSpan } from '../../decode/span';
import type { Content, Dialect, TraceFacets } from '../dialect';
import { providerUsage } from '../provider-usage';
import {
  firstText,
  hasPrefix,
  isMeaningful,
  isObject,
  type ObjectValue,
  parseObject,
  parseStructure,
} from '../values';

const prefix = 'gcp.vertex.agent.';

export const googleAdk: Dialect = {
  name: 'google-adk',
  speaks: ({ scope, attributes }) => scope.name === 'gcp.vertex.agent' || hasPrefix(attributes, prefix),

  observationType(span): ObservationType | undefined {
    if (isInnerRepeat(span) || isMergedTools(span)) return 'SPAN';
    if (requestOf(span) || span.name === 'call_llm')
      return requestOf(span) || hasModel(span) ? 'GENERATION' : 'CHAIN';
    if (span.name.startsWith('agent_run')) return 'AGENT';
    if (span.name.startsWith('execute_tool') || isMeaningful(read(span, 'tool_call_args'))) return 'TOOL';
    return span.name === 'invocation' ? 'CHAIN' : undefined;
  },

  level: (span): ObservationLevel | undefined => (isMergedTools(span) ? 'DEBUG' : undefined),

  io(span) {
    const input = read(span, 'llm_request') ?? read(span, 'tool_call_args') ?? read(span, 'data');
    const output = read(span, 'llm_response') ?? read(span, 'tool_response');
    if (input === undefined && output === undefined) return undefined;
    return { ...(input !== undefined && { input }), ...(output !== undefined && { output }) };
  },

  trace({ attributes }): Partial<TraceFacets> {
    const sessionId = firstText(attributes, 'session.id', 'gen_ai.conversation.id', `${prefix}session_id`);
    return sessionId ? { sessionId } : {};
  },

  model(span) {
    const response = parseObject(span.attributes[`${prefix}llm_response`]);
    const version = response?.model_version ?? response?.modelVersion;
    return (
      firstText(span.attributes, 'gen_ai.response.model', 'gen_ai.request.model') ??
      firstText({ version: version ?? null, model: requestOf(span)?.model ?? null }, 'version', 'model')
    );
  },

  modelParameters(span) {
    const config = requestOf(span)?.config;
    if (!isObject(config)) return undefined;
    const parameters: Record<string, AttributeValue> = {};
    for (const [key, value] of Object.entries(config)) {
      // What the model is asked (instructions, tools) is input; what is left is how.
      if (typeof value !== 'object' && key !== 'system_instruction' && key !== 'systemInstruction')
        parameters[key] = value;
    }
    return Object.keys(parameters).length > 0 ? parameters : undefined;
  },

  usage(span): UsageMap | undefined {
    const response = parseObject(span.attributes[`${prefix}llm_response`]);
    return response && providerUsage(response.usage_metadata ?? response.usageMetadata);
  },

  repeatsChildren: isInnerRepeat,

  consumes: (key) =>
    key === `${prefix}llm_request` ||
    key === `${prefix}llm_response` ||
    key === `${prefix}tool_call_args` ||
    key === `${prefix}tool_response` ||
    key === `${prefix}data`,
};

/** Content of an attribute; `{}` and `N/A` stand for nothing. */
function read({ attributes }: OtlpSpan, name: string): Content | undefined {
  const value = parseStructure(attributes[prefix + name]);
  return isMeaningful(value) && value !== 'N/A' ? value : undefined;
}

function requestOf(span: OtlpSpan): ObjectValue | undefined {
  const request = read(span, 'llm_request');
  return isObject(request) ? request : undefined;
}

const hasModel = ({ attributes }: OtlpSpan): boolean => isMeaningful(attributes['gen_ai.request.model']);

/** What several tool calls of one answer came to, written once more for the kit's own interface. */
const isMergedTools = ({ attributes }: OtlpSpan): boolean =>
  attributes['gen_ai.tool.name'] === '(merged tools)';

/** A model span inside `call_llm` that the kit's own account was not written to. */
function isInnerRepeat(span: OtlpSpan): boolean {
  const { attributes, resource } = span;
  return (
    attributes['gen_ai.operation.name'] === 'generate_content' &&
    attributes['gen_ai.system'] !== 'gcp.vertex.agent' &&
    attributes[`${prefix}event_id`] !== undefined &&
    attributes[`${prefix}llm_response`] === undefined &&
    resource.attributes['telemetry.sdk.language'] === 'python'
  );
}

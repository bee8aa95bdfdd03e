/**
 * Amazon Bedrock AgentCore: spans of the service and of its runtime (resource `cloud.platform` =
 * `aws_bedrock_agentcore`, `aws.resource.type` = `AWS::BedrockAgentCore::…`, or RPC spans of the AWS SDK with
 * `rpc.service` = `Bedrock AgentCore`). What runs inside the runtime (Strands, LangGraph, CrewAI …) speaks its
 * own dialect; the service adds which agent was invoked in which session, and its tools and memory.
 */
import type { ObservationType } from '@tracewell/domain';
import type { OtlpSpan } from '../../decode/span';
import type { Content, Dialect, TraceFacets } from '../dialect';
import { firstText, textOf } from '../values';

/** By the operation of the service. */
const types: readonly (readonly [RegExp, ObservationType])[] = [
  [/^InvokeAgentRuntime/, 'AGENT'],
  [
    /^(?:InvokeGateway|InvokeTool|InvokeCodeInterpreter|StartBrowserSession|StartCodeInterpreterSession)/,
    'TOOL',
  ],
  [/^(?:RetrieveMemoryRecords|ListMemoryRecords|ListEvents)/, 'RETRIEVER'],
];

const ownKeys = [
  'aws.agent.id',
  'aws.endpoint.name',
  'aws.resource.arn',
  'aws.request.id',
  'aws.account.id',
  'aws.region',
];

export const bedrockAgentcore: Dialect = {
  name: 'bedrock-agentcore',
  speaks: (span) => operationOf(span) !== undefined || isInRuntime(span),

  observationType(span): ObservationType | undefined {
    const operation = operationOf(span);
    return operation === undefined ? undefined : types.find(([pattern]) => pattern.test(operation))?.[1];
  },

  trace({ attributes }): Partial<TraceFacets> | undefined {
    const sessionId = firstText(
      attributes,
      'session.id',
      'gen_ai.conversation.id',
      'aws.bedrock.agentcore.session.id',
    );
    return sessionId ? { sessionId } : undefined;
  },

  metadata(span) {
    if (operationOf(span) === undefined) return undefined;
    const metadata: Record<string, Content> = Object.create(null);
    for (const key of ownKeys) if (span.attributes[key] !== undefined) metadata[key] = span.attributes[key];
    return Object.keys(metadata).length > 0 ? metadata : undefined;
  },
};

const isInRuntime = ({ resource }: OtlpSpan): boolean =>
  resource.attributes['cloud.platform'] === 'aws_bedrock_agentcore';

/** The operation of AgentCore that the span is about; undefined for spans of what runs inside. */
function operationOf({ attributes }: OtlpSpan): string | undefined {
  const ofService =
    textOf(attributes['aws.resource.type']).startsWith('AWS::BedrockAgentCore') ||
    textOf(attributes['rpc.service']).startsWith('Bedrock AgentCore');
  return ofService ? firstText(attributes, 'aws.operation.name', 'rpc.method') : undefined;
}

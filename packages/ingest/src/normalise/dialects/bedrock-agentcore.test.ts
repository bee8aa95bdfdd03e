import { describe, expect, it } from 'vitest';
import { makeSpan } from '../make-span';
import { normaliseSpan } from '../normalise';

describe('bedrock-agentcore', () => {
  it('reads the invocation of a runtime with its session', () => {
    const span = makeSpan({
      name: 'AgentCore.Runtime.Invoke',
      attributes: {
        'aws.operation.name': 'InvokeAgentRuntime',
        'aws.resource.type': 'AWS::BedrockAgentCore::Runtime',
        'aws.agent.id': 'support',
        'session.id': 'sess-1',
      },
    });
    expect(normaliseSpan(span)).toMatchObject({
      type: 'AGENT',
      trace: { sessionId: 'sess-1' },
      metadata: { 'aws.agent.id': 'support' },
    });
  });

  it.each([
    ['RetrieveMemoryRecords', 'RETRIEVER'],
    ['InvokeCodeInterpreter', 'TOOL'],
    ['CreateEvent', 'SPAN'],
  ])('reads the call %s of the AWS SDK as %s', (method, type) => {
    const attributes = { 'rpc.service': 'Bedrock AgentCore', 'rpc.method': method };
    expect(normaliseSpan(makeSpan({ attributes })).type).toBe(type);
  });

  it('leaves what runs inside to its own dialect', () => {
    const span = makeSpan({
      scope: 'strands.telemetry.tracer',
      attributes: {
        'gen_ai.system': 'strands-agents',
        'gen_ai.operation.name': 'chat',
        'gen_ai.request.model': 'claude',
      },
      resource: { 'cloud.platform': 'aws_bedrock_agentcore' },
    });
    expect(normaliseSpan(span)).toMatchObject({ type: 'GENERATION', model: 'claude' });
  });
});

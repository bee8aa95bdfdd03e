import { describe, expect, it } from 'vitest';
import type { Attributes } from '../../decode/span';
import { makeSpan } from '../make-span';
import { normaliseSpan } from '../normalise';

const normalise = (name: string, attributes: Attributes, language = 'python') =>
  normaliseSpan(
    makeSpan({
      scope: 'gcp.vertex.agent',
      name,
      attributes,
      resource: { 'telemetry.sdk.language': language },
    }),
  );

const request = {
  model: 'gemini-2.5-flash',
  config: { temperature: 0.2, system_instruction: 'Be brief.', tools: [{}] },
  contents: [{ role: 'user', parts: [{ text: 'Weather?' }] }],
};
const response = {
  content: { role: 'model', parts: [{ text: 'Sunny.' }] },
  usage_metadata: {
    prompt_token_count: 160,
    candidates_token_count: 12,
    cached_content_token_count: 100,
    thoughts_token_count: 48,
    total_token_count: 220,
  },
};
const call = {
  'gen_ai.system': 'gcp.vertex.agent',
  'gen_ai.request.model': 'gemini-2.5-flash',
  'gcp.vertex.agent.session_id': 'sess-4',
  'gcp.vertex.agent.event_id': 'ev-1',
  'gcp.vertex.agent.llm_request': JSON.stringify(request),
  'gcp.vertex.agent.llm_response': JSON.stringify(response),
  'gen_ai.usage.input_tokens': 160,
  'gen_ai.usage.output_tokens': 12,
};
const inner = {
  'gen_ai.system': 'gemini',
  'gen_ai.operation.name': 'generate_content',
  'gen_ai.request.model': 'gemini-2.5-flash',
  'gcp.vertex.agent.event_id': 'ev-1',
  'gen_ai.usage.input_tokens': 160,
  'gen_ai.usage.output_tokens': 60,
};

describe('google-adk', () => {
  it('reads a model call with the thoughts and cached tokens that only the response knows', () => {
    const observation = normalise('call_llm', call);
    expect(observation).toMatchObject({
      type: 'GENERATION',
      model: 'gemini-2.5-flash',
      modelParameters: { temperature: 0.2 },
      input: JSON.stringify(request),
      output: JSON.stringify(response),
      trace: { sessionId: 'sess-4' },
      providedUsage: {
        input: 60,
        output: 12,
        input_cached_tokens: 100,
        output_reasoning_tokens: 48,
        total: 220,
      },
    });
  });

  it('counts a call once when the kit writes it on two spans', () => {
    expect(normalise('generate_content gemini-2.5-flash', inner)).toMatchObject({
      type: 'SPAN',
      model: '',
      providedUsage: {},
    });
  });

  it('counts the inner span when it got the kit’s account, and always in Go', () => {
    const accounted = { ...inner, ...call };
    expect(normalise('generate_content gemini-2.5-flash', accounted)).toMatchObject({
      type: 'GENERATION',
      providedUsage: { total: 220 },
    });
    expect(normalise('call_llm', {})).toMatchObject({ type: 'CHAIN', providedUsage: {} });
    expect(normalise('generate_content gemini-2.5-flash', inner, 'go')).toMatchObject({
      type: 'GENERATION',
      providedUsage: { input: 160, output: 60 },
    });
  });

  it('reads a tool call past its empty request and response', () => {
    const tool = normalise('execute_tool get_weather', {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': 'get_weather',
      'gcp.vertex.agent.llm_request': '{}',
      'gcp.vertex.agent.llm_response': '{}',
      'gcp.vertex.agent.tool_call_args': '{"city":"Paris"}',
      'gcp.vertex.agent.tool_response': '{"report":"sunny"}',
    });
    expect(tool).toMatchObject({
      type: 'TOOL',
      name: 'get_weather',
      input: '{"city":"Paris"}',
      output: '{"report":"sunny"}',
    });
  });

  it('keeps the summary of merged tool calls out of the way', () => {
    const merged = normalise('execute_tool (merged tools)', {
      'gen_ai.operation.name': 'execute_tool',
      'gen_ai.tool.name': '(merged tools)',
      'gcp.vertex.agent.tool_call_args': 'N/A',
    });
    expect(merged).toMatchObject({ type: 'SPAN', level: 'DEBUG', input: '' });
  });

  it('reads agents of before and after the conventions', () => {
    expect(normalise('agent_run [weather]', {}).type).toBe('AGENT');
    expect(normalise('invoke_agent weather', { 'gen_ai.operation.name': 'invoke_agent' }).type).toBe('AGENT');
  });
});

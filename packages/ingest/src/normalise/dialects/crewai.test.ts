import { describe, expect, it } from 'vitest';
import type { Attributes } from '../../decode/span';
import { makeSpan } from '../make-span';
import { normaliseSpan } from '../normalise';

const normalise = (scope: string, name: string, attributes: Attributes) =>
  normaliseSpan(makeSpan({ scope, name, attributes }));

const openInference = 'openinference.instrumentation.crewai';
const traceloop = 'opentelemetry.instrumentation.crewai';

describe('crewai', () => {
  it('reads crew and agent of OpenInference, the agent’s model being no call', () => {
    const crew = normalise(openInference, 'research.kickoff', {
      'openinference.span.kind': 'CHAIN',
      'input.value': '{"topic":"bees"}',
      'output.value': 'Bees dance.',
      crew_key: 'k1',
      crew_agents: '[{"role":"Researcher"}]',
    });
    expect(crew).toMatchObject({
      type: 'CHAIN',
      input: '{"topic":"bees"}',
      output: 'Bees dance.',
      metadata: { crew_key: 'k1' },
    });
    const agent = normalise(openInference, 'Researcher._execute_core', {
      'openinference.span.kind': 'AGENT',
      'llm.model_name': 'gpt-4o-mini',
      task_key: 't',
    });
    expect(agent).toMatchObject({ type: 'AGENT', model: '', providedUsage: {} });
  });

  it('reads the spans of Traceloop by what they are about', () => {
    const crew = normalise(traceloop, 'crewai.workflow', {
      'traceloop.span.kind': 'workflow',
      'crewai.crew.token_usage': 'total_tokens=130',
      'crewai.crew.result': 'Old pond',
    });
    expect(crew).toMatchObject({ type: 'CHAIN', output: 'Old pond', providedUsage: {} });
    const task = normalise(traceloop, 'x.task', {
      'traceloop.span.kind': 'task',
      'crewai.task.description': 'Write a haiku',
      'crewai.task.output': 'Old pond',
      'crewai.task.expected_output': 'a haiku',
    });
    expect(task).toMatchObject({
      type: 'CHAIN',
      input: 'Write a haiku',
      output: 'Old pond',
      metadata: { 'task.expected_output': 'a haiku' },
    });
    const agent = normalise(traceloop, 'Writer.agent', {
      'traceloop.span.kind': 'agent',
      'crewai.agent.role': 'Writer',
      'gen_ai.request.model': 'gpt-4o',
    });
    expect(agent).toMatchObject({ type: 'AGENT', model: '' });
    expect(normalise(traceloop, 'gpt-4o.llm', { 'gen_ai.request.model': 'gpt-4o' })).toMatchObject({
      type: 'GENERATION',
      model: 'gpt-4o',
    });
  });

  it('loses nothing when another tracer says the content', () => {
    const task = normalise(traceloop, 'x.task', {
      'traceloop.span.kind': 'task',
      'traceloop.entity.input': '{"a":1}',
      'crewai.task.description': 'Write a haiku',
    });
    expect(task.input).toBe('{"a":1}');
    expect(task.metadata['task.description']).toBe('Write a haiku');
  });

  it('keeps the framework’s own statistics at level DEBUG', () => {
    const created = normalise('crewai.telemetry', 'Crew Created', {
      crewai_version: '0.177.0',
      crew_key: 'k1',
    });
    expect(created).toMatchObject({ type: 'EVENT', level: 'DEBUG' });
  });
});

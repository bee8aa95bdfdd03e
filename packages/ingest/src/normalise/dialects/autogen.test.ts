import { describe, expect, it } from 'vitest';
import { makeSpan } from '../make-span';
import { normaliseSpan } from '../normalise';

describe('autogen', () => {
  it('takes an agent that processes a message to be at work on it', () => {
    const message = '{"content":"Hi","type":"UserMessage"}';
    const span = makeSpan({
      scope: 'autogen SingleThreadedAgentRuntime',
      name: 'autogen process writer.(default)-A',
      attributes: { 'messaging.operation': 'process', message },
    });
    expect(normaliseSpan(span)).toMatchObject({ type: 'AGENT', level: 'DEFAULT', input: message });
  });

  it('keeps the transport at level DEBUG, unless it fails', () => {
    const span = makeSpan({ name: 'autogen publish topic.(default)-T' });
    expect(normaliseSpan(span)).toMatchObject({ type: 'SPAN', level: 'DEBUG' });
    expect(normaliseSpan({ ...span, statusCode: 2 }).level).toBe('ERROR');
  });

  it('leaves agents and tools of the conventions to those', () => {
    const of = (operation: string) =>
      normaliseSpan(makeSpan({ scope: 'autogen-core', attributes: { 'gen_ai.operation.name': operation } }));
    expect(of('invoke_agent')).toMatchObject({ type: 'AGENT', level: 'DEFAULT' });
    expect(of('execute_tool')).toMatchObject({ type: 'TOOL', level: 'DEFAULT' });
  });
});

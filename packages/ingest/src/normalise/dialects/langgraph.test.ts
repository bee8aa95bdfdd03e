import { describe, expect, it } from 'vitest';
import type { Attributes } from '../../decode/span';
import { makeSpan } from '../make-span';
import { normaliseSpan } from '../normalise';

const metadata = {
  thread_id: 'thread-1',
  langgraph_node: 'agent',
  langgraph_step: 2,
  langgraph_path: ['__pregel_pull', 'agent'],
};
const prefixed = (prefix: string): Attributes =>
  Object.fromEntries(Object.entries(metadata).map(([key, value]) => [prefix + key, value]));

const carriers: [string, Attributes][] = [
  ['LangSmith', { 'langsmith.span.kind': 'chain', ...prefixed('langsmith.metadata.') }],
  ['OpenInference', { 'openinference.span.kind': 'CHAIN', metadata: JSON.stringify(metadata) }],
  ['Traceloop', { 'traceloop.span.kind': 'task', ...prefixed('traceloop.association.properties.') }],
  [
    'MLflow',
    {
      'mlflow.spanType': '"CHAIN"',
      metadata: JSON.stringify({ ...metadata, thread_id: '"thread-1"', langgraph_node: '"agent"' }),
    },
  ],
];

describe('langgraph', () => {
  it.each(carriers)('finds node, step and thread as %s carries them', (_tracer, attributes) => {
    const observation = normaliseSpan(makeSpan({ name: 'agent', attributes }));
    expect(observation.trace.sessionId).toBe('thread-1');
    expect(observation.metadata).toMatchObject({ langgraph_node: 'agent', langgraph_step: '2' });
    expect(JSON.parse(observation.metadata.langgraph_path!)).toEqual(['__pregel_pull', 'agent']);
  });

  it('lets a session the application names outweigh the thread', () => {
    const attributes = { 'session.id': 'mine', ...prefixed('langsmith.metadata.') };
    expect(normaliseSpan(makeSpan({ attributes })).trace.sessionId).toBe('mine');
  });

  it('lets a session id in the metadata outweigh the thread, too', () => {
    const attributes = { 'langsmith.metadata.session_id': 'chat', ...prefixed('langsmith.metadata.') };
    expect(normaliseSpan(makeSpan({ attributes })).trace.sessionId).toBe('chat');
  });

  it('takes the run of a node for a chain when nobody says what it is', () => {
    const attributes = { ...prefixed('langchain.metadata.') };
    expect(normaliseSpan(makeSpan({ name: 'agent', attributes })).type).toBe('CHAIN');
    expect(normaliseSpan(makeSpan({ name: 'RunnableLambda', attributes })).type).toBe('SPAN');
    expect(normaliseSpan(makeSpan({ name: 'LangGraph' })).type).toBe('CHAIN');
  });
});

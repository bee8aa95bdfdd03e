/**
 * OpenLLMetry (Traceloop): the decorators and framework instrumentations (`traceloop.span.kind` with
 * `traceloop.entity.*`), and the instrumentations of model libraries (`opentelemetry.instrumentation.openai`,
 * `.anthropic`, `.bedrock` …) with messages flattened as `gen_ai.prompt.0.role` and tools as
 * `llm.request.functions.0.name`. Their token counts include the cache, also Anthropic's.
 */
import type { ObservationType } from '@tracewell/domain';
import { createMetadata } from '@tracewell/domain';
import type { Attributes, AttributeValue } from '../../decode/span';
import type { Content, Dialect, TraceFacets } from '../dialect';
import { rebuildFlattened } from '../flattened';
import { addMetadata } from '../metadata';
import { firstText, firstValue, isObject, keysOf, parseObject, parseStructure, textOf } from '../values';

const kinds: Record<string, ObservationType> = { workflow: 'CHAIN', agent: 'AGENT', tool: 'TOOL' };
const requestTypes: Record<string, ObservationType> = {
  chat: 'GENERATION',
  completion: 'GENERATION',
  embedding: 'EMBEDDING',
  rerank: 'RETRIEVER',
};

const propertyPrefix = 'traceloop.association.properties.';
const sessionNames = ['session_id', 'sessionId', 'session.id', 'langfuse_session_id', 'thread_id'];
const userNames = ['user_id', 'userId', 'user.id', 'langfuse_user_id'];
const tagNames = ['tags', 'langfuse_tags'];
const traceNames = new Set([...sessionNames, ...userNames, ...tagNames]);

export const traceloop: Dialect = {
  name: 'traceloop',
  speaks({ attributes }) {
    for (const key of keysOf(attributes)) if (ownKeys.test(key)) return true;
    return false;
  },

  observationType: ({ attributes }) =>
    read(kinds, attributes['traceloop.span.kind']) ?? read(requestTypes, attributes['llm.request.type']),

  io({ attributes }) {
    const input = firstValue(attributes, 'traceloop.entity.input') ?? readPrompt(attributes);
    const output =
      firstValue(attributes, 'traceloop.entity.output') ?? rebuildFlattened(attributes, 'gen_ai.completion');
    return { ...(input !== undefined && { input }), ...(output !== undefined && { output }) };
  },

  trace({ attributes }): Partial<TraceFacets> {
    const property = (names: string[]) =>
      firstText(attributes, ...names.map((name) => propertyPrefix + name));
    const userId = property(userNames);
    const sessionId = property(sessionNames);
    const tags = firstValue(attributes, ...tagNames.map((name) => propertyPrefix + name));
    return {
      ...(userId && { userId }),
      ...(sessionId && { sessionId }),
      ...(tags && { tags: [parseStructure(tags)!].flat().map(textOf) }),
      metadata: addMetadata(createMetadata(), withoutSteps(readProperties(attributes))),
    };
  },

  metadata: ({ attributes }) => readProperties(attributes),

  consumes: (key) =>
    key === 'traceloop.entity.input' ||
    key === 'traceloop.entity.output' ||
    key.startsWith(propertyPrefix) ||
    flattenedKeys.test(key),
};

const ownKeys = /^(?:traceloop\.|gen_ai\.prompt(?:\.|$)|gen_ai\.completion(?:\.|$)|llm\.request\.)/;
const flattenedKeys = /^(?:gen_ai\.prompt|gen_ai\.completion|llm\.request\.functions)(?:\.|$)/;

function read<T>(table: Record<string, T>, value: AttributeValue | undefined): T | undefined {
  const name = textOf(value).toLowerCase();
  return Object.hasOwn(table, name) ? table[name] : undefined;
}

/** The messages; with the tools that the model could call beside them, when it could. */
function readPrompt(attributes: Attributes): Content | undefined {
  const messages = rebuildFlattened(attributes, 'gen_ai.prompt');
  const functions = rebuildFlattened(attributes, 'llm.request.functions');
  if (!Array.isArray(functions)) return messages;
  const tools = functions.filter(isObject).map((tool) => {
    const parameters = parseObject(tool.parameters) ?? parseObject(tool.input_schema);
    const { input_schema: _schema, ...rest } = tool;
    return { ...rest, ...(parameters && { parameters }) };
  });
  return messages === undefined ? { tools } : { messages, tools };
}

/** LangChain's instrumentation puts what LangChain knows of a single step in here too; that is not of the trace. */
function withoutSteps(properties: Record<string, Content>): Record<string, Content> {
  return Object.fromEntries(
    Object.entries(properties).filter(([name]) => !/^(?:langgraph_|ls_|checkpoint_)/.test(name)),
  );
}

function readProperties(attributes: Attributes): Record<string, Content> {
  const properties: Record<string, Content> = Object.create(null);
  for (const key of keysOf(attributes)) {
    if (!key.startsWith(propertyPrefix)) continue;
    const name = key.slice(propertyPrefix.length);
    if (!traceNames.has(name)) properties[name] = attributes[key]!;
  }
  return properties;
}

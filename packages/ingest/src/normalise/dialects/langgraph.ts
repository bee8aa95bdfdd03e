/**
 * LangGraph has no tracer of its own: it marks every LangChain run inside a graph with metadata (`langgraph_node`,
 * `langgraph_step`, `langgraph_triggers`, `langgraph_path`, `langgraph_checkpoint_ns`, `thread_id`), and each
 * tracer of LangChain carries that metadata its own way:
 *
 * - LangSmith exporter: `langsmith.metadata.<key>`
 * - OpenInference (scope `openinference.instrumentation.langchain`): JSON in `metadata`
 * - Traceloop (scope `opentelemetry.instrumentation.langchain`): `traceloop.association.properties.<key>`
 * - MLflow autolog: JSON in `metadata`, its values JSON again
 *
 * What it means is the same everywhere: the node and step place the observation in the graph view, and the
 * thread is the conversation.
 */
import type { ObservationType } from '@tracewell/domain';
import type { AttributeValue, OtlpSpan } from '../../decode/span';
import type { Content, Dialect, TraceFacets } from '../dialect';
import { firstValue, keysOf, numberOf, parseObject, parseStructure, textOf } from '../values';

const prefixes = ['langsmith.metadata.', 'traceloop.association.properties.', 'langchain.metadata.'] as const;

const graphKeys = [
  'langgraph_node',
  'langgraph_step',
  'langgraph_triggers',
  'langgraph_path',
  'langgraph_checkpoint_ns',
  'langgraph_request_id',
] as const;

const carriers = new Set(prefixes.flatMap((prefix) => graphKeys.map((key) => prefix + key)));

export const langgraph: Dialect = {
  name: 'langgraph',
  speaks(span) {
    if (span.name === 'LangGraph') return true;
    for (const key of keysOf(span.attributes)) if (carriers.has(key)) return true;
    const metadata = parseObject(span.attributes.metadata);
    return metadata !== undefined && graphKeys.some((key) => key in metadata);
  },

  /** The run of a node itself, for tracers that do not say what it is. */
  observationType(span): ObservationType | undefined {
    const told = firstValue(
      span.attributes,
      'langfuse.observation.type',
      'openinference.span.kind',
      'langsmith.span.kind',
      'traceloop.span.kind',
      'mlflow.spanType',
      'gen_ai.operation.name',
    );
    if (told !== undefined) return undefined;
    return span.name === 'LangGraph' || span.name === read(span, 'langgraph_node') ? 'CHAIN' : undefined;
  },

  trace(span): Partial<TraceFacets> | undefined {
    // A session the application names itself is meant more than the thread the graph resumes from.
    if (firstValue(span.attributes, 'langfuse.session.id', 'session.id')) return undefined;
    const sessionId = textOf(read(span, 'thread_id'));
    return sessionId ? { sessionId } : undefined;
  },

  metadata(span) {
    const metadata: Record<string, Content> = Object.create(null);
    for (const key of graphKeys) {
      const value = read(span, key);
      if (value === undefined) continue;
      metadata[key] = key === 'langgraph_step' ? (numberOf(value) ?? value) : value;
    }
    return Object.keys(metadata).length > 0 ? metadata : undefined;
  },
};

function read({ attributes }: OtlpSpan, key: string): AttributeValue | undefined {
  for (const prefix of prefixes) {
    const value = attributes[prefix + key];
    if (value !== undefined) return parseStructure(value);
  }
  const value = parseObject(attributes.metadata)?.[key];
  return value === undefined ? undefined : unquote(parseStructure(value));
}

/** MLflow writes each value of its metadata as JSON text: a text comes in quotes. */
const unquote = (value: AttributeValue | undefined): AttributeValue | undefined =>
  typeof value === 'string' && /^".*"$/s.test(value) ? value.slice(1, -1) : value;

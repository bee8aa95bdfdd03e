import type {
  ExperimentAttributes,
  Metadata,
  Microseconds,
  ObservationLevel,
  ObservationType,
  UsageMap,
} from '@tracewell/domain';
import type { AttributeValue, OtlpSpan } from '../decode/span';

/** Structure or text; text is kept as it came, structure is kept as its JSON text. */
export type Content = AttributeValue;

/**
 * How one vendor or convention speaks of LLM work on OTLP spans. A dialect is a pure file: it answers for the
 * facets it knows and leaves the others undefined; `normalise.ts` asks the dialects in order and takes the
 * first answer per facet, so that one span may speak several dialects at once.
 */
export interface Dialect {
  readonly name: string;
  /** Cheap: decides from scope, resource or the presence of keys. A dialect that does not speak is not asked. */
  speaks(span: OtlpSpan): boolean;

  observationType?(span: OtlpSpan): ObservationType | undefined;
  observationName?(span: OtlpSpan): string | undefined;
  level?(span: OtlpSpan): ObservationLevel | undefined;
  statusMessage?(span: OtlpSpan): string | undefined;
  /** Each half is answered on its own: a half left undefined is asked of the next dialect. */
  io?(span: OtlpSpan): { input?: Content; output?: Content } | undefined;
  /** What the span says of its trace. */
  trace?(span: OtlpSpan): Partial<TraceFacets> | undefined;
  /** Metadata entries of the user's own; structure is kept as JSON text per top-level key. */
  metadata?(span: OtlpSpan): Record<string, Content> | undefined;
  model?(span: OtlpSpan): string | undefined;
  modelParameters?(span: OtlpSpan): Record<string, AttributeValue> | undefined;
  /** Mutually exclusive buckets: `input` without cached tokens, `output` without reasoning (see docs/adr). */
  usage?(span: OtlpSpan): UsageMap | undefined;
  cost?(span: OtlpSpan): UsageMap | undefined;
  completionStartTime?(span: OtlpSpan): Microseconds | undefined;
  prompt?(span: OtlpSpan): { name: string; version: number | null } | undefined;
  version?(span: OtlpSpan): string | undefined;
  release?(span: OtlpSpan): string | undefined;
  environment?(span: OtlpSpan): string | undefined;
  /** A root for the application although it has a remote parent. */
  isAppRoot?(span: OtlpSpan): boolean | undefined;
  experiment?(span: OtlpSpan): ExperimentAttributes | undefined;
  /**
   * Says that the numbers of this span are repeated on its children (an agent span that sums its model calls),
   * so that model, usage and cost of every dialect are left out.
   */
  repeatsChildren?(span: OtlpSpan): boolean;
  /**
   * Says that this span only announces another one that has started and will come under `id` when it ends, so
   * that what is said here stands in its place until then: an observation without an end.
   */
  announces?(span: OtlpSpan): { id: string; parentId: string } | undefined;
  /**
   * Attribute keys that are told elsewhere in the observation and so left out of `metadata.attributes`. Asked
   * only of dialects that speak for the span; the answer depends on the key alone and is remembered.
   */
  consumes?(key: string): boolean;
}

export interface TraceFacets {
  name: string;
  userId: string;
  sessionId: string;
  tags: string[];
  public: boolean;
  input: Content;
  output: Content;
  metadata: Metadata;
}

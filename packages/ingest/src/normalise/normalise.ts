import {
  createMetadata,
  emptyTraceAttributes,
  type Instrumentation,
  normaliseEnvironment,
  type Observation,
  type TraceAttributes,
  type UsageMap,
} from '@tracewell/domain';
import type { AttributeValue, OtlpSpan } from '../decode/span';
import type { Content, Dialect } from './dialect';
import { explicitDialect, orderedDialects } from './dialects';
import { addMetadata, assembleMetadata } from './metadata';
import { textOf } from './values';

/**
 * One OTLP span to the one observation shape. Every facet is asked of the dialects that speak for the span, in
 * the order that holds for the facet, and the first answer counts; input and output are asked each on its own,
 * metadata and what is said of the trace are put together from all of them. Pure: the same span always gives
 * the same observation.
 */
export function normaliseSpan(span: OtlpSpan): Observation {
  const speakers = orderedDialects.default.filter((dialect) => dialect.speaks(span));
  const ask = askOf(span, speakers);

  const type = ask('observationType') ?? 'SPAN';
  const trace = readTrace(span, speakers);
  const own = createMetadata();
  for (const dialect of speakers) addMetadata(own, dialect.metadata?.(span));

  // What an agent span sums up is on its children too. What its author says in so many words still counts.
  const repeats = speakers.some((dialect) => dialect.repeatsChildren?.(span));
  const count = repeats ? askOf(span, speakers.filter((dialect) => dialect === explicitDialect)) : ask;
  const prompt = type === 'GENERATION' ? ask('prompt') : undefined;

  return {
    traceId: span.traceId,
    id: span.spanId,
    parentObservationId: span.parentSpanId,
    isAppRoot: ask('isAppRoot') ?? false,
    type,
    name: ask('observationName') ?? span.name,
    startTime: span.startTime,
    endTime: span.endTime,
    completionStartTime: ask('completionStartTime') ?? null,
    level: ask('level') ?? 'DEFAULT',
    statusMessage: ask('statusMessage') ?? '',
    environment: normaliseEnvironment(ask('environment')),
    version: ask('version') ?? '',
    release: ask('release') ?? '',
    ...readContents(span, speakers),
    metadata: assembleMetadata(span, (key) => isTold(key, speakers), trace.metadata, own),
    trace,
    model: count('model') ?? '',
    modelParameters: flattenParameters(ask('modelParameters')),
    promptName: prompt?.name ?? '',
    promptVersion: prompt?.version ?? null,
    providedUsage: keepAmounts(count('usage'), Number.isSafeInteger),
    providedCost: keepAmounts(count('cost'), Number.isFinite),
    experiment: ask('experiment') ?? null,
    instrumentation: readInstrumentation(span),
  };
}

/** The facets of a dialect that are answered by the first dialect with an answer. */
type Facet = {
  [K in keyof Dialect]-?: NonNullable<Dialect[K]> extends (span: OtlpSpan) => unknown ? K : never;
}[keyof Dialect];
type Answer<K extends Facet> = NonNullable<Dialect[K]> extends (span: OtlpSpan) => infer R ? R : never;

const askOf =
  (span: OtlpSpan, speakers: readonly Dialect[]) =>
  <K extends Facet>(facet: K): Exclude<Answer<K>, undefined> | undefined => {
    for (const dialect of orderedDialects[facet as string] ?? speakers) {
      if (dialect[facet] === undefined || !speakers.includes(dialect)) continue;
      const answer = dialect[facet](span) as Answer<K> | undefined;
      if (answer !== undefined) return answer as Exclude<Answer<K>, undefined>;
    }
    return undefined;
  };

function readContents(span: OtlpSpan, speakers: readonly Dialect[]): { input: string; output: string } {
  let input: Content | undefined;
  let output: Content | undefined;
  for (const dialect of speakers) {
    const contents = dialect.io?.(span);
    input ??= contents?.input;
    output ??= contents?.output;
    if (input !== undefined && output !== undefined) break;
  }
  return { input: textOf(input), output: textOf(output) };
}

/** Each field is asked on its own: a span may name its user in one convention and its session in another. */
function readTrace(span: OtlpSpan, speakers: readonly Dialect[]): TraceAttributes {
  const trace = emptyTraceAttributes();
  for (const dialect of orderedDialects.trace ?? speakers) {
    if (!speakers.includes(dialect)) continue;
    const said = dialect.trace?.(span);
    if (!said) continue;
    trace.name ||= said.name ?? '';
    trace.userId ||= said.userId ?? '';
    trace.sessionId ||= said.sessionId ?? '';
    if (trace.tags.length === 0) trace.tags = said.tags ?? [];
    trace.public ??= said.public ?? null;
    trace.input ||= textOf(said.input);
    trace.output ||= textOf(said.output);
    addMetadata(trace.metadata, said.metadata);
  }
  return trace;
}

/** Which dialects consume a key, as far as asked: keys repeat on every span. Forgotten when too many. */
const consumers = new Map<string, ReadonlySet<Dialect>>();
const maxRememberedKeys = 10_000;
const maxRememberedKeyLength = 200;

function isTold(key: string, speakers: readonly Dialect[]): boolean {
  let consuming = consumers.get(key);
  if (!consuming) {
    consuming = new Set(orderedDialects.default.filter((dialect) => dialect.consumes?.(key)));
    if (consumers.size >= maxRememberedKeys) consumers.clear();
    if (key.length <= maxRememberedKeyLength) consumers.set(key, consuming);
  }
  return consuming.size > 0 && speakers.some((dialect) => consuming.has(dialect));
}

/** Text and numbers stay, any other value becomes its JSON text; null says nothing. */
function flattenParameters(parameters: Record<string, AttributeValue> | undefined) {
  const flat: Record<string, string | number> = Object.create(null);
  for (const key of Object.keys(parameters ?? {})) {
    const value = parameters![key];
    if (value === null || value === undefined) continue;
    flat[key] = typeof value === 'number' ? value : textOf(value);
  }
  return flat;
}

function keepAmounts(amounts: UsageMap | undefined, isAmount: (amount: number) => boolean): UsageMap {
  const kept: UsageMap = Object.create(null);
  for (const key of Object.keys(amounts ?? {})) {
    const amount = amounts![key]!;
    if (amount >= 0 && isAmount(amount)) kept[key] = amount;
  }
  return kept;
}

function readInstrumentation({ resource, scope }: OtlpSpan): Instrumentation {
  const { attributes } = resource;
  return {
    serviceName: textOf(attributes['service.name']),
    serviceVersion: textOf(attributes['service.version']),
    scopeName: scope.name,
    scopeVersion: scope.version,
    telemetrySdkLanguage: textOf(attributes['telemetry.sdk.language']),
    telemetrySdkName: textOf(attributes['telemetry.sdk.name']),
    telemetrySdkVersion: textOf(attributes['telemetry.sdk.version']),
  };
}

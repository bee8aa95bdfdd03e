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
import type { Dialect } from './dialect';
import { dialects, explicitDialect, precedence } from './dialects';
import { addMetadata, assembleMetadata } from './metadata';
import { textOf } from './values';

/**
 * One OTLP span to the one observation shape. Every facet is asked of the dialects that speak for the span, in
 * the order that holds for the facet, and the first answer counts; input and output are asked each on its own,
 * metadata and what is said of the trace are put together from all of them. A span that announces another becomes
 * that one's observation, open: without an end. Pure: the same span always gives the same observation.
 */
export function normaliseSpan(span: OtlpSpan): Observation {
  const speakers = new Speakers(span);
  const type = speakers.ask('observationType') ?? 'SPAN';
  const prompt = type === 'GENERATION' ? speakers.ask('prompt') : undefined;
  const announced = speakers.ask('announces');
  const trace = readTrace(speakers);
  const own = createMetadata();
  for (const entries of speakers.askAll('metadata')) addMetadata(own, entries);
  // What an agent span sums up is on its children too. What its author says in so many words still counts.
  const counting = isRepeating(speakers) ? new Speakers(span, [explicitDialect]) : speakers;

  return {
    traceId: span.traceId,
    id: announced?.id ?? span.spanId,
    parentObservationId: announced ? announced.parentId : span.parentSpanId,
    isAppRoot: speakers.ask('isAppRoot') ?? false,
    type,
    name: speakers.ask('observationName') ?? span.name,
    startTime: span.startTime,
    endTime: announced ? null : span.endTime,
    completionStartTime: speakers.ask('completionStartTime') ?? null,
    level: speakers.ask('level') ?? 'DEFAULT',
    statusMessage: speakers.ask('statusMessage') ?? '',
    environment: normaliseEnvironment(speakers.ask('environment')),
    version: speakers.ask('version') ?? '',
    release: speakers.ask('release') ?? '',
    ...readContents(speakers),
    metadata: assembleMetadata(span, (key) => isTold(key, speakers), trace.metadata, own),
    trace,
    model: counting.ask('model') ?? '',
    modelParameters: flattenParameters(speakers.ask('modelParameters')),
    promptName: prompt?.name ?? '',
    promptVersion: prompt?.version ?? null,
    providedUsage: keepAmounts(counting.ask('usage'), Number.isSafeInteger),
    providedCost: keepAmounts(counting.ask('cost'), Number.isFinite),
    experiment: speakers.ask('experiment') ?? null,
    instrumentation: readInstrumentation(span),
  };
}

/** The facets of a dialect that are answered by the first dialect with an answer. */
type Facet = {
  [K in keyof Dialect]-?: NonNullable<Dialect[K]> extends (span: OtlpSpan) => unknown ? K : never;
}[keyof Dialect];
type Answer<K extends Facet> = Exclude<
  NonNullable<Dialect[K]> extends (span: OtlpSpan) => infer R ? R : never,
  undefined
>;

/** The dialects that speak for a span, asked facet by facet. */
class Speakers {
  private readonly speaking = new Set<Dialect>();

  constructor(
    private readonly span: OtlpSpan,
    candidates: readonly Dialect[] = dialects,
  ) {
    for (const dialect of candidates) if (dialect.speaks(span)) this.speaking.add(dialect);
  }

  has(dialect: Dialect): boolean {
    return this.speaking.has(dialect);
  }

  ask<K extends Facet>(facet: K): Answer<K> | undefined {
    for (const dialect of answering(facet)) {
      if (!this.speaking.has(dialect)) continue;
      const answer = dialect[facet]!(this.span) as Answer<K> | undefined;
      if (answer !== undefined) return answer;
    }
    return undefined;
  }

  /** Every answer to a facet, in order. */
  *askAll<K extends Facet>(facet: K): Iterable<Answer<K>> {
    for (const dialect of answering(facet)) {
      if (!this.speaking.has(dialect)) continue;
      const answer = dialect[facet]!(this.span) as Answer<K> | undefined;
      if (answer !== undefined) yield answer;
    }
  }
}

/** Who can answer for a facet, in order; found once per facet. */
const answerers = new Map<Facet, readonly Dialect[]>();
function answering(facet: Facet): readonly Dialect[] {
  let found = answerers.get(facet);
  if (!found) {
    found = [...new Set([...(precedence[facet] ?? []), ...dialects])].filter(
      (dialect) => dialect[facet] !== undefined,
    );
    answerers.set(facet, found);
  }
  return found;
}

function readContents(speakers: Speakers): { input: string; output: string } {
  let input = '';
  let output = '';
  for (const contents of speakers.askAll('io')) {
    input ||= textOf(contents.input);
    output ||= textOf(contents.output);
    if (input !== '' && output !== '') break;
  }
  return { input, output };
}

function isRepeating(speakers: Speakers): boolean {
  for (const repeats of speakers.askAll('repeatsChildren')) if (repeats) return true;
  return false;
}

/** Each field is asked on its own: a span may name its user in one convention and its session in another. */
function readTrace(speakers: Speakers): TraceAttributes {
  const trace = emptyTraceAttributes();
  for (const said of speakers.askAll('trace')) {
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

function isTold(key: string, speakers: Speakers): boolean {
  let consuming = consumers.get(key);
  if (!consuming) {
    consuming = new Set(dialects.filter((dialect) => dialect.consumes?.(key)));
    if (consumers.size >= maxRememberedKeys) consumers.clear();
    if (key.length <= maxRememberedKeyLength) consumers.set(key, consuming);
  }
  for (const dialect of consuming) if (speakers.has(dialect)) return true;
  return false;
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

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
  for (const dialect of speakers.on('metadata')) addMetadata(own, dialect.metadata!(span));
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

/** Who answers for each facet, in order, when a certain set of dialects speaks. */
type Lineup = Partial<Record<Facet, readonly Dialect[]>>;
const nobody: readonly Dialect[] = [];

/** Sets of dialects are bits of a number, a dialect each: spans of one kind have one set, and sets are few. */
const bits = new Map<Dialect, number>(dialects.map((dialect, n) => [dialect, 1 << n]));
if (dialects.length > 32) throw new RangeError('A number has 32 bits for dialects.');
const bitsOf = (some: readonly Dialect[]): number =>
  some.reduce((set, dialect) => set | bits.get(dialect)!, 0);

const facets = [...new Set(dialects.flatMap((dialect) => Object.keys(dialect) as Facet[]))];
/** By the set that speaks. Forgotten when too many. */
const lineups = new Map<number, Lineup>();
const maxLineups = 1_000;

function lineupOf(speaking: number): Lineup {
  let lineup = lineups.get(speaking);
  if (!lineup) {
    const answering = (facet: Facet) =>
      [...new Set([...(precedence[facet] ?? []), ...dialects])].filter(
        (dialect) => dialect[facet] !== undefined && (speaking & bits.get(dialect)!) !== 0,
      );
    lineup = Object.fromEntries(facets.map((facet) => [facet, answering(facet)]));
    if (lineups.size >= maxLineups) lineups.clear();
    lineups.set(speaking, lineup);
  }
  return lineup;
}

/** The dialects that speak for a span, asked facet by facet. */
class Speakers {
  readonly speaking: number;
  readonly #lineup: Lineup;

  constructor(
    readonly span: OtlpSpan,
    candidates: readonly Dialect[] = dialects,
  ) {
    let speaking = 0;
    for (const dialect of candidates) if (dialect.speaks(span)) speaking |= bits.get(dialect)!;
    this.speaking = speaking;
    this.#lineup = lineupOf(speaking);
  }

  /** Who can answer for a facet, in order. */
  on(facet: Facet): readonly Dialect[] {
    return this.#lineup[facet] ?? nobody;
  }

  ask<K extends Facet>(facet: K): Answer<K> | undefined {
    for (const dialect of this.on(facet)) {
      const answer = dialect[facet]!(this.span) as Answer<K> | undefined;
      if (answer !== undefined) return answer;
    }
    return undefined;
  }
}

function readContents(speakers: Speakers): { input: string; output: string } {
  let input = '';
  let output = '';
  for (const dialect of speakers.on('io')) {
    const contents = dialect.io!(speakers.span);
    input ||= textOf(contents?.input);
    output ||= textOf(contents?.output);
    if (input !== '' && output !== '') break;
  }
  return { input, output };
}

function isRepeating(speakers: Speakers): boolean {
  return speakers.on('repeatsChildren').some((dialect) => dialect.repeatsChildren!(speakers.span));
}

/** Each field is asked on its own: a span may name its user in one convention and its session in another. */
function readTrace(speakers: Speakers): TraceAttributes {
  const trace = emptyTraceAttributes();
  for (const dialect of speakers.on('trace')) {
    const said = dialect.trace!(speakers.span);
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
const consumers = new Map<string, number>();
const maxRememberedKeys = 10_000;
const maxRememberedKeyLength = 200;

function isTold(key: string, { speaking }: Speakers): boolean {
  let consuming = consumers.get(key);
  if (consuming === undefined) {
    consuming = bitsOf(dialects.filter((dialect) => dialect.consumes?.(key)));
    if (consumers.size >= maxRememberedKeys) consumers.clear();
    if (key.length <= maxRememberedKeyLength) consumers.set(key, consuming);
  }
  return (consuming & speaking) !== 0;
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

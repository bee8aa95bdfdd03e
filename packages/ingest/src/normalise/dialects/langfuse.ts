/**
 * The attributes of Langfuse's SDKs (Python v3 and v4, JavaScript v4 and v5) and the aliases it documents for
 * plain OpenTelemetry users (`langfuse.user.id`, `langfuse.tags`, `langfuse.metadata.*` …). What stands in them
 * is meant as it is said, so this dialect is asked first. It speaks for every span: user, session, environment
 * and release come on spans of any scope when an SDK propagates them.
 */
import {
  createMetadata,
  type Metadata,
  type Microseconds,
  type ObservationLevel,
  type ObservationType,
  observationTypes,
  parseIsoTime,
  type UsageMap,
} from '@tracewell/domain';
import type { AttributeValue, OtlpSpan } from '../../decode/span';
import type { Content, Dialect, TraceFacets } from '../dialect';
import { readExperiment } from '../experiment';
import { addMetadata } from '../metadata';
import { normaliseCostDetails, normaliseUsageDetails } from '../usage-details';
import {
  firstText,
  firstValue,
  isObject,
  keysOf,
  numberOf,
  type ObjectValue,
  parseObject,
  parseStructure,
  textOf,
} from '../values';

export const observationMetadata = 'langfuse.observation.metadata';
export const traceMetadata = 'langfuse.trace.metadata';
const anyMetadata = 'langfuse.metadata';

const consumed = new Set([
  'langfuse.observation.input',
  'langfuse.observation.output',
  'langfuse.trace.input',
  'langfuse.trace.output',
  'langfuse.metadata',
]);

export const langfuse: Dialect = {
  name: 'langfuse',
  speaks: () => true,

  observationType(span): ObservationType | undefined {
    if (isMisnamedGeneration(span)) return 'GENERATION';
    const type = span.attributes['langfuse.observation.type'];
    return typeof type === 'string' ? typeNames.get(type) : undefined;
  },

  level: ({ attributes }) => levelOf(attributes['langfuse.observation.level']),
  statusMessage: ({ attributes }) => firstText(attributes, 'langfuse.observation.status_message'),

  io({ attributes }) {
    const input = attributes['langfuse.observation.input'] ?? undefined;
    const output = attributes['langfuse.observation.output'] ?? undefined;
    return input === undefined && output === undefined
      ? undefined
      : { ...(input !== undefined && { input }), ...(output !== undefined && { output }) };
  },

  trace({ attributes }): Partial<TraceFacets> {
    const {
      public: isPublic,
      tags,
      ...texts
    } = {
      name: firstText(attributes, 'langfuse.trace.name'),
      userId: firstText(
        attributes,
        'langfuse.user.id',
        'user.id',
        `${observationMetadata}.langfuse_user_id`,
        `${traceMetadata}.langfuse_user_id`,
      ),
      sessionId: firstText(
        attributes,
        'langfuse.session.id',
        'session.id',
        'gen_ai.conversation.id',
        `${observationMetadata}.langfuse_session_id`,
        `${traceMetadata}.langfuse_session_id`,
      ),
      input: firstValue(attributes, 'langfuse.trace.input'),
      output: firstValue(attributes, 'langfuse.trace.output'),
      public: publicOf(attributes['langfuse.trace.public'] ?? attributes['langfuse.public']),
      tags: firstValue(
        attributes,
        'langfuse.trace.tags',
        'langfuse.tags',
        `${observationMetadata}.langfuse_tags`,
        `${traceMetadata}.langfuse_tags`,
      ),
    };
    return {
      ...dropUndefined(texts),
      ...(isPublic !== undefined && { public: isPublic }),
      ...(tags !== undefined && { tags: tagsOf(tags) }),
      metadata: readTraceMetadata(attributes),
    };
  },

  metadata: ({ attributes }) => readMetadata(attributes, observationMetadata),

  model: ({ attributes }) => firstText(attributes, 'langfuse.observation.model.name'),
  modelParameters: ({ attributes }) => parseObject(attributes['langfuse.observation.model.parameters']),
  usage: ({ attributes }) => readMap(attributes['langfuse.observation.usage_details'], normaliseUsageDetails),
  cost: ({ attributes }) => readMap(attributes['langfuse.observation.cost_details'], normaliseCostDetails),
  completionStartTime: ({ attributes }) => timeOf(attributes['langfuse.observation.completion_start_time']),

  prompt({ attributes }) {
    const name = firstText(attributes, 'langfuse.observation.prompt.name', 'langfuse.prompt.name');
    if (!name) return undefined;
    const version = firstValue(attributes, 'langfuse.observation.prompt.version', 'langfuse.prompt.version');
    return { name, version: promptVersionOf(version) };
  },

  version: ({ attributes }) => firstText(attributes, 'langfuse.version'),
  release: ({ attributes, resource }) =>
    firstText(attributes, 'langfuse.release') ?? firstText(resource.attributes, 'langfuse.release'),
  environment: ({ attributes, resource }) =>
    firstText(attributes, 'langfuse.environment') ?? firstText(resource.attributes, 'langfuse.environment'),

  isAppRoot: ({ attributes }) =>
    isTrue(attributes['langfuse.internal.is_app_root']) || isTrue(attributes['langfuse.internal.as_root'])
      ? true
      : undefined,

  experiment: readExperiment,

  consumes: (key) =>
    consumed.has(key) ||
    key.startsWith(observationMetadata) ||
    key.startsWith(traceMetadata) ||
    key.startsWith(`${anyMetadata}.`),
};

const typeNames = new Map<string, ObservationType>(
  observationTypes.map((type) => [type.toLowerCase(), type]),
);

const levelNames: Record<ObservationLevel, readonly string[]> = {
  DEBUG: ['DEBUG', 'TRACE', 'VERBOSE'],
  DEFAULT: ['DEFAULT', 'INFO', 'LOG', 'NOTICE', 'OK', 'SUCCESS'],
  WARNING: ['WARNING', 'WARN'],
  ERROR: ['ERROR', 'FATAL', 'CRITICAL'],
};
const levels = new Map<string, ObservationLevel>();
for (const level of Object.keys(levelNames) as ObservationLevel[])
  for (const name of levelNames[level]) levels.set(name, level);

/** A level by any of the names that loggers give it; undefined for no such name. */
export const levelOf = (value: AttributeValue | undefined): ObservationLevel | undefined =>
  typeof value === 'string' ? levels.get(value.trim().toUpperCase()) : undefined;

/** Up to 3.3 the Python SDK sent generations of a certain making as spans; only their attributes tell. */
function isMisnamedGeneration({ attributes, scope, resource }: OtlpSpan): boolean {
  return (
    attributes['langfuse.observation.type'] === 'span' &&
    scope.name === 'langfuse-sdk' &&
    resource.attributes['telemetry.sdk.language'] === 'python' &&
    isAtMost33(scope.version) &&
    generationKeys.some((key) => attributes[`langfuse.observation.${key}`] !== undefined)
  );
}

const generationKeys = [
  'model.name',
  'cost_details',
  'usage_details',
  'completion_start_time',
  'model.parameters',
  'prompt.name',
  'prompt.version',
];

function isAtMost33(version: string): boolean {
  const match = /^(\d+)(?:\.(\d+))?/.exec(version);
  if (!match) return version === '';
  const major = Number(match[1]);
  return major < 3 || (major === 3 && Number(match[2] ?? 0) <= 3);
}

/** Array, JSON array text, comma-separated text or a single text. */
export function tagsOf(value: AttributeValue): string[] {
  const parsed = parseStructure(value);
  if (Array.isArray(parsed)) return parsed.map(textOf).filter((tag) => tag !== '');
  if (typeof parsed !== 'string') return [];
  return parsed
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}

const isTrue = (value: AttributeValue | undefined): boolean => value === true || value === 'true';

const publicOf = (value: AttributeValue | undefined): boolean | undefined =>
  value === undefined || value === null ? undefined : isTrue(value);

/** The object under the prefix, or else under the alias; then each dotted key of both, which wins. */
function readMetadata(
  attributes: OtlpSpan['attributes'],
  prefix: string,
): Record<string, Content> | undefined {
  const metadata: Record<string, Content> = Object.create(null);
  const whole = parseStructure(attributes[prefix] || attributes[anyMetadata]);
  if (isObject(whole)) Object.assign(metadata, whole);
  else if (Array.isArray(whole)) metadata.metadata = whole;
  for (const dotted of [`${anyMetadata}.`, `${prefix}.`])
    for (const key of keysOf(attributes))
      if (key.startsWith(dotted)) metadata[key.slice(dotted.length)] = attributes[key]!;
  return metadata;
}

const readTraceMetadata = (attributes: OtlpSpan['attributes']): Metadata =>
  addMetadata(createMetadata(), readMetadata(attributes, traceMetadata));

/** JSON that is no object says that there is none; text that is no JSON says nothing. */
function readMap(
  value: AttributeValue | undefined,
  normalise: (details: ObjectValue) => UsageMap,
): UsageMap | undefined {
  if (!value) return undefined;
  const details = parseObject(value);
  if (details) return normalise(details);
  return Array.isArray(parseStructure(value)) || typeof value !== 'string' || numberOf(value) !== undefined
    ? {}
    : undefined;
}

/** ISO text, possibly as JSON (in quotes); text without a zone is UTC. */
function timeOf(value: AttributeValue | undefined): Microseconds | undefined {
  if (typeof value !== 'string') return undefined;
  const text = value.replace(/^[\s"\\]+|[\s"\\]+$/g, '');
  return parseIsoTime(text) ?? parseIsoTime(`${text}Z`) ?? undefined;
}

/** A version is a whole number that a column of 32 bits holds. */
export function promptVersionOf(value: AttributeValue | undefined): number | null {
  const version = numberOf(value);
  return version !== undefined && Number.isInteger(version) && version >= 0 && version < 2 ** 32
    ? version
    : null;
}

function dropUndefined<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as never;
}

import type { ObservationV1, ObservationV2, ObservationGroup as WireGroup } from '@tracewell/contract';
import {
  formatIsoTime,
  type Metadata,
  type Microseconds,
  reduceUsage,
  type UsageMap,
} from '@tracewell/domain';
import type { ObservationGroup, ObservationRow } from '@tracewell/query/observations/observation-fields';
import { parseMetadata, parsePayload } from '../payloads/index';
import type { PromptIdOf } from '../prompts/index';
import { classicPricesOf, decimalText } from './unit-prices';

/** An observation in the words of each generation of readers. Durations are seconds. */

const orNull = (text: string): string | null => text || null;
const timeOrNull = (time: Microseconds | null): string | null => (time === null ? null : formatIsoTime(time));
const secondsBetween = (from: Microseconds, to: Microseconds | null): number | null =>
  to === null ? null : (to - from) / 1e6;
const hasKey = (map: UsageMap, part: string): boolean => Object.keys(map).some((key) => key.includes(part));

/** Costs in three numbers; null where no key speaks of it. */
function reduceCost(cost: UsageMap) {
  const { input, output } = reduceUsage(cost);
  return {
    input: hasKey(cost, 'input') ? input : null,
    output: hasKey(cost, 'output') ? output : null,
    total: cost.total ?? null,
  };
}

export const groupsOfV1 = ['basic', 'time', 'io', 'metadata', 'model', 'usage', 'prompt'] as const;
export type RowOfV1 = ObservationRow<(typeof groupsOfV1)[number]>;

export function toObservationV1(row: RowOfV1, promptIdOf: PromptIdOf): ObservationV1 {
  const usage = reduceUsage(row.usage);
  const cost = reduceCost(row.cost);
  return {
    id: row.id,
    projectId: row.projectId,
    traceId: orNull(row.traceId),
    parentObservationId: orNull(row.parentObservationId),
    name: orNull(row.name),
    type: row.type,
    environment: row.environment,
    startTime: formatIsoTime(row.startTime),
    endTime: timeOrNull(row.endTime),
    completionStartTime: timeOrNull(row.completionStartTime),
    createdAt: formatIsoTime(row.createdAt),
    updatedAt: formatIsoTime(row.updatedAt),
    version: orNull(row.version),
    level: row.level,
    statusMessage: orNull(row.statusMessage),
    input: parsePayload(row.input),
    output: parsePayload(row.output),
    metadata: parseMetadata(row.metadata),
    model: orNull(row.model),
    modelId: orNull(row.modelId),
    modelParameters: parsePayload(row.modelParameters),
    promptId: promptIdOf(row),
    promptName: orNull(row.promptName),
    promptVersion: row.promptVersion,
    usageDetails: row.usage,
    costDetails: row.cost,
    usage: { unit: 'TOKENS', ...usage },
    unit: 'TOKENS',
    promptTokens: usage.input,
    completionTokens: usage.output,
    totalTokens: usage.total,
    usagePricingTierId: orNull(row.pricingTierId),
    usagePricingTierName: orNull(row.pricingTierName),
    ...classicPricesOf(row),
    calculatedInputCost: cost.input,
    calculatedOutputCost: cost.output,
    calculatedTotalCost: cost.total,
    latency: secondsBetween(row.startTime, row.endTime),
    timeToFirstToken: secondsBetween(row.startTime, row.completionStartTime),
  };
}

/** What must be read for each group of the wire. */
const readFor: Record<WireGroup, readonly ObservationGroup[]> = {
  core: [],
  basic: ['basic'],
  time: ['time'],
  io: ['io'],
  metadata: ['metadata'],
  model: ['model', 'usage'],
  usage: ['usage'],
  prompt: ['prompt'],
  metrics: ['time'],
  trace_context: ['traceContext'],
};
export const groupsToRead = (asked: readonly WireGroup[]): ObservationGroup[] => [
  ...new Set(asked.flatMap((group) => readFor[group])),
];

/** Of a row that was read with `groupsToRead` of the same groups. */
export type RowOfV2 = ObservationRow<never> & Partial<ObservationRow<ObservationGroup>>;

/** Characters of a metadata value that are shown unless all of it is asked for. */
const metadataPreviewLength = 200;

export function toObservationV2(
  row: RowOfV2,
  groups: readonly WireGroup[],
  options: { wholeMetadata: boolean; promptIdOf: PromptIdOf },
): ObservationV2 {
  // The groups that were asked for were read: here is the one place that relies on it.
  const full = row as ObservationRow<ObservationGroup>;
  const has = (group: WireGroup) => groups.includes(group);
  const prices = has('model')
    ? classicPricesOf(full)
    : { inputPrice: null, outputPrice: null, totalPrice: null };
  return {
    id: row.id,
    traceId: orNull(row.traceId),
    startTime: formatIsoTime(row.startTime),
    endTime: timeOrNull(row.endTime),
    projectId: row.projectId,
    parentObservationId: orNull(row.parentObservationId),
    type: row.type,
    ...(has('basic') && basicOf(full)),
    ...(has('time') && {
      completionStartTime: timeOrNull(full.completionStartTime),
      createdAt: formatIsoTime(full.createdAt),
      updatedAt: formatIsoTime(full.updatedAt),
    }),
    ...(has('io') && { input: orNull(full.input), output: orNull(full.output) }),
    ...(has('metadata') && { metadata: showMetadata(full.metadata, options.wholeMetadata || has('io')) }),
    ...(has('model') && {
      providedModelName: orNull(full.model),
      model: orNull(full.model),
      internalModelId: orNull(full.modelId),
      modelParameters: parsePayload(full.modelParameters),
    }),
    ...(has('usage') && usageOf(full)),
    ...(has('prompt') && {
      promptId: options.promptIdOf(full),
      promptName: orNull(full.promptName),
      promptVersion: full.promptVersion,
    }),
    // A duration of zero is told as null on this list.
    latency: secondsBetween(row.startTime, row.endTime) || null,
    timeToFirstToken: secondsBetween(row.startTime, row.completionStartTime ?? null) || null,
    modelId: has('model') ? orNull(full.modelId) : null,
    inputPrice: decimalText(prices.inputPrice),
    outputPrice: decimalText(prices.outputPrice),
    totalPrice: decimalText(prices.totalPrice),
    ...(has('trace_context') && {
      traceName: orNull(full.traceName),
      tags: full.tags,
      release: orNull(full.release),
    }),
  };
}

const basicOf = (row: ObservationRow<'basic'>) => ({
  name: orNull(row.name),
  level: row.level,
  statusMessage: orNull(row.statusMessage),
  version: orNull(row.version),
  environment: row.environment,
  bookmarked: false,
  public: row.public ?? false,
  userId: orNull(row.userId),
  sessionId: orNull(row.sessionId),
  isRootObservation: row.parentObservationId === '' || row.isAppRoot,
});

function usageOf(row: ObservationRow<'usage'>) {
  const usage = reduceUsage(row.usage);
  const cost = reduceCost(row.cost);
  return {
    usageDetails: row.usage,
    costDetails: row.cost,
    totalCost: cost.total,
    inputUsage: usage.input,
    outputUsage: usage.output,
    totalUsage: usage.total,
    inputCost: cost.input,
    outputCost: cost.output,
    usagePricingTierName: orNull(row.pricingTierName),
  };
}

/** A value that is cut is text: what is left of JSON is no JSON. */
function showMetadata(metadata: Metadata, whole: boolean): Record<string, unknown> {
  const isShort = (value: string) => whole || value.length <= metadataPreviewLength;
  const entries = Object.entries(metadata);
  return {
    ...parseMetadata(Object.fromEntries(entries.filter(([, value]) => isShort(value)))),
    ...Object.fromEntries(
      entries
        .filter(([, value]) => !isShort(value))
        .map(([key, value]) => [key, value.slice(0, metadataPreviewLength)]),
    ),
  };
}

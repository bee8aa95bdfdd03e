import type { ExperimentItem, experimentItemGroups } from '@tracewell/contract';
import { formatIsoTime, type Microseconds } from '@tracewell/domain';
import type { LinkedSpan } from '@tracewell/query/experiments/read-linked-spans';
import type { ObservationRow } from '@tracewell/query/observations/observation-fields';
import { parseMetadata } from '../payloads/index';
import type { LinkedItem } from './store';

export type ItemGroup = (typeof experimentItemGroups)[number];
export type SpanGroup = 'basic' | 'experiment' | 'io' | 'metadata';
/** Payloads and metadata are there only where they were asked for. */
type ItemSpan = LinkedSpan & ObservationRow<'experiment'>;

/** What has to be read of a root span to show these groups of an item. */
export function spanGroupsOf(fields: readonly ItemGroup[]): SpanGroup[] {
  const groups: SpanGroup[] = ['basic', 'experiment'];
  if (fields.includes('io')) groups.push('io');
  if (fields.includes('metadata')) groups.push('metadata');
  return groups;
}

/** An item in the words of the wire, with everything it may show, and its place in the list. */
export interface Found {
  place: { time: Microseconds; traceId: string; id: string; experimentId: string };
  item: Required<Omit<ExperimentItem, 'scores'>>;
}

const orNull = (text: string | undefined): string | null => text || null;

/** What the root span of the item says. */
export const fromSpan = (span: ItemSpan): Found => ({
  place: { time: span.startTime, traceId: span.traceId, id: span.id, experimentId: span.experimentId },
  item: {
    ...partsOf(span),
    experimentId: span.experimentId,
    experimentName: span.experimentName,
    experimentItemId: span.experimentItemId,
    experimentDatasetId: orNull(span.experimentDatasetId),
    experimentItemVersion: span.experimentItemVersion
      ? new Date(span.experimentItemVersion).toISOString()
      : null,
    expectedOutput: orNull(span.experimentItemExpectedOutput),
    experimentItemMetadata: parseMetadata(span.experimentItemMetadata),
    experimentMetadata: parseMetadata(span.experimentMetadata),
    experimentDescription: orNull(span.experimentDescription),
  },
});

/** What a link says, with what was recorded where it leads. It stands in the list where it was made. */
export function fromLink(
  { link, run, expectedOutput, itemMetadata }: LinkedItem,
  span: LinkedSpan | null,
): Found {
  const linkedAt = link.createdAt.toISOString();
  return {
    place: {
      time: link.createdAt.getTime() * 1000,
      traceId: link.traceId,
      id: link.id,
      experimentId: run.id,
    },
    item: {
      ...(span
        ? partsOf(span)
        : {
            id: link.observationId ?? link.traceId,
            traceId: link.traceId,
            startTime: linkedAt,
            endTime: null,
            level: 'DEFAULT',
            environment: 'default',
            input: null,
            output: null,
            metadata: null,
          }),
      experimentId: run.id,
      experimentName: run.name,
      experimentItemId: link.datasetItemId,
      experimentDatasetId: run.datasetId,
      experimentItemVersion: link.datasetItemValidFrom.toISOString(),
      expectedOutput:
        typeof expectedOutput === 'string' || expectedOutput === null
          ? expectedOutput
          : JSON.stringify(expectedOutput),
      experimentItemMetadata: objectOf(itemMetadata),
      experimentMetadata: objectOf(run.metadata),
      experimentDescription: run.description,
    },
  };
}

const partsOf = (span: LinkedSpan) => ({
  id: span.id,
  traceId: span.traceId,
  startTime: formatIsoTime(span.startTime),
  endTime: span.endTime === null ? null : formatIsoTime(span.endTime),
  level: span.level,
  environment: span.environment,
  input: orNull(span.input),
  output: orNull(span.output),
  metadata: span.metadata ? parseMetadata(span.metadata) : null,
});

/** The wire has an object here; a dataset item may carry any JSON. */
const objectOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : value === null || value === undefined
      ? {}
      : { metadata: value };

/** The groups asked for; the core is always there. */
export function showItem({ item }: Found, fields: readonly ItemGroup[]): ExperimentItem {
  const { id, traceId, startTime, endTime, level, environment, experimentId, experimentName } = item;
  return {
    id,
    traceId,
    startTime,
    endTime,
    level,
    environment,
    experimentId,
    experimentName,
    experimentItemId: item.experimentItemId,
    ...(fields.includes('dataset') && {
      experimentDatasetId: item.experimentDatasetId,
      experimentItemVersion: item.experimentItemVersion,
    }),
    ...(fields.includes('io') && {
      input: item.input,
      output: item.output,
      expectedOutput: item.expectedOutput,
    }),
    ...(fields.includes('metadata') && { metadata: item.metadata }),
    ...(fields.includes('itemMetadata') && { experimentItemMetadata: item.experimentItemMetadata }),
    ...(fields.includes('experimentMetadata') && {
      experimentMetadata: item.experimentMetadata,
      experimentDescription: item.experimentDescription,
    }),
  };
}

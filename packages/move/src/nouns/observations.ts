import type { ObservationV1 } from '@tracewell/contract';
import type { MoveContext } from '../context';
import { type Event, eventIdOf } from '../events';
import { type Fields, findDifferences } from '../same';
import { findMedia, type ShownMedia } from './media';
import { awaitCount, compareEach, countIn, moveStream, sampleOf, takeEvents } from './recorded';
import { withoutNulls } from './without-nulls';

const noun = 'observations';
const path = '/observations';
const bounds = ['fromStartTime', 'toStartTime'] as const;

export const observationFields: Fields = {
  traceId: 'value',
  parentObservationId: 'value',
  type: 'value',
  name: 'value',
  startTime: 'time',
  endTime: 'time',
  completionStartTime: 'time',
  level: 'value',
  statusMessage: 'value',
  version: 'value',
  environment: 'environment',
  input: 'value',
  output: 'value',
  metadata: 'value',
  model: 'value',
  modelParameters: 'value',
  promptName: 'value',
  promptVersion: 'value',
};

/** Servers of the first generations have no maps of usage and cost, only these. */
type OldObservation = ObservationV1 & { calculatedTotalCost?: number | string | null };

export const moveObservations = (context: MoveContext): Promise<void> =>
  moveStream<ObservationV1>(context, {
    name: noun,
    path,
    bounds,
    since: context.since,
    take: (items) =>
      takeEvents(context, noun, items.map(toObservationEvent), items.flatMap(mediaOfObservation)),
  });

export async function compareObservations(context: MoveContext): Promise<void> {
  const { from, to, report, since, until } = context;
  const window = { from: since, until };
  const there = await countIn(from, path, bounds, window);
  const here = await awaitCount(context, there, noun, () => countIn(to, path, bounds, window));
  const sample = await sampleOf<ObservationV1>(context, path, bounds, window);
  const different = await compareEach(
    sample,
    ({ id }) => to.find<ObservationV1>(`${path}/${encodeURIComponent(id)}`),
    (observation, moved) => [
      ...findDifferences(observationFields, observation, moved),
      ...findNumbers(observation, moved),
    ],
  );
  report.counts.push({ noun, there, here, compared: sample.length, different });
}

/** What costs nothing there because its model was unknown may have a price here. */
function findNumbers(there: ObservationV1, here: ObservationV1): string[] {
  const usage = usageOf(there);
  const cost = costOf(there);
  return findDifferences(
    { ...(usage && { usageDetails: 'value' }), ...(cost && { costDetails: 'value' }) },
    { usageDetails: usage, costDetails: cost },
    { usageDetails: usageOf(here), costDetails: costOf(here) },
  );
}

type Numbers = Record<string, number>;
const orUndefined = (numbers: Numbers | null | undefined): Numbers | undefined =>
  numbers && Object.keys(numbers).length > 0 ? numbers : undefined;

const usageOf = ({ usageDetails, usage }: OldObservation): Numbers | undefined =>
  orUndefined(usageDetails) ?? orUndefined(numbersOf(usage?.input, usage?.output, usage?.total));

const costOf = (observation: OldObservation): Numbers | undefined => {
  const { costDetails, calculatedInputCost, calculatedOutputCost, calculatedTotalCost } = observation;
  return (
    orUndefined(costDetails) ??
    orUndefined(numbersOf(calculatedInputCost, calculatedOutputCost, calculatedTotalCost))
  );
};

/** Zeros of a server without maps mean that nothing is known. */
function numbersOf(input: unknown, output: unknown, total: unknown): Numbers {
  const entries = Object.entries({ input, output, total })
    .map(([key, value]) => [key, Number(value ?? 0)] as const)
    .filter(([, value]) => Number.isFinite(value) && value > 0);
  return Object.fromEntries(entries);
}

/** The kinds that have an event of their own. */
const typesOfEvents: Record<string, string> = {
  SPAN: 'span-create',
  GENERATION: 'generation-create',
  EVENT: 'event-create',
};
const eventTypeOf = (type: string): string => typesOfEvents[type] ?? `${type.toLowerCase()}-create`;

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** With the cost that it had there: prices of today do not change history. */
export function toObservationEvent(observation: ObservationV1): Event {
  const { id, type, startTime, promptName, promptVersion, modelParameters } = observation;
  const hasPrompt = Boolean(promptName) && typeof promptVersion === 'number';
  return {
    id: eventIdOf('observation', id, observation.updatedAt),
    type: eventTypeOf(type),
    timestamp: startTime,
    body: withoutNulls({
      id,
      traceId: observation.traceId,
      parentObservationId: observation.parentObservationId,
      name: observation.name,
      startTime,
      endTime: observation.endTime,
      completionStartTime: observation.completionStartTime,
      level: observation.level,
      statusMessage: observation.statusMessage,
      version: observation.version,
      environment: observation.environment,
      input: observation.input,
      output: observation.output,
      metadata: observation.metadata,
      model: observation.model,
      modelParameters: isObject(modelParameters) ? modelParameters : null,
      ...(hasPrompt && { promptName, promptVersion }),
      usageDetails: usageOf(observation),
      costDetails: costOf(observation),
    }),
  };
}

type WithPayload = Pick<ObservationV1, 'id' | 'traceId' | 'input' | 'output' | 'metadata'>;

export function mediaOfObservation({ id, traceId, input, output, metadata }: WithPayload): ShownMedia[] {
  if (traceId === null) return [];
  const place = { traceId, observationId: id };
  return [
    ...findMedia(input, { ...place, field: 'input' }),
    ...findMedia(output, { ...place, field: 'output' }),
    ...findMedia(metadata, { ...place, field: 'metadata' }),
  ];
}

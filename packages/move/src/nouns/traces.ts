import type { TraceListItem } from '@tracewell/contract';
import type { MoveContext, Noun } from '../context';
import { type Event, eventIdOf } from '../events';
import { type Fields, findDifferences } from '../same';
import { findMedia } from './media';
import { compareObservations, moveObservations } from './observations';
import { compareObservationsV2, moveObservationsV2 } from './observations-by-cursor';
import { awaitCount, compareEach, countIn, moveStream, overlapMs, sampleOf, takeEvents } from './recorded';
import { withoutNulls } from './without-nulls';

const noun = 'traces';
const path = '/traces';

const fields: Fields = {
  timestamp: 'time',
  name: 'value',
  userId: 'value',
  sessionId: 'value',
  release: 'value',
  version: 'value',
  environment: 'environment',
  public: 'value',
  tags: 'set',
  input: 'value',
  output: 'value',
  metadata: 'value',
};

/** Observations of a part of history may belong to traces that began a little before. */
const sinceOf = ({ since, isPart }: MoveContext): Date =>
  isPart ? new Date(since.getTime() - overlapMs) : since;

/** Traces, their observations, and the files both refer to, under their ids and times. */
export const traces: Noun = {
  name: noun,
  needs: [],

  async move(context) {
    if (context.reads === 'v2') {
      await moveObservationsV2(context);
      return;
    }
    await moveStream<TraceListItem>(context, {
      name: noun,
      path,
      query: { fields: 'core,io', orderBy: 'timestamp.asc' },
      bounds: ['fromTimestamp', 'toTimestamp'],
      since: sinceOf(context),
      take: (items) =>
        takeEvents(
          context,
          noun,
          items.map(toEvent),
          items.flatMap(({ id, input, output, metadata }) => [
            ...findMedia(input, { traceId: id, field: 'input' }),
            ...findMedia(output, { traceId: id, field: 'output' }),
            ...findMedia(metadata, { traceId: id, field: 'metadata' }),
          ]),
        ),
    });
    await moveObservations(context);
  },

  async verify(context) {
    if (context.reads === 'v2') {
      await compareObservationsV2(context);
      return;
    }
    const { from, to, report, until } = context;
    const window = { from: sinceOf(context), until };
    const there = await countIn(from, path, ['fromTimestamp', 'toTimestamp'], window);
    const here = await awaitCount(context, there, noun, () =>
      countIn(to, path, ['fromTimestamp', 'toTimestamp'], window),
    );
    const sample = await sampleOf<TraceListItem>(context, path, ['fromTimestamp', 'toTimestamp'], window, {
      fields: 'core,io',
    });
    const different = await compareEach(
      sample,
      ({ id }) => to.find<TraceListItem>(`${path}/${encodeURIComponent(id)}`, { fields: 'core,io' }),
      (trace, moved) => findDifferences(fields, trace, moved),
    );
    report.counts.push({ noun, there, here, compared: sample.length, different });
    await compareObservations(context);
  },
};

function toEvent(trace: TraceListItem): Event {
  const { id, timestamp, name, userId, sessionId, release, version, environment, tags } = trace;
  const { input, output, metadata } = trace;
  return {
    id: eventIdOf('trace', id, trace.updatedAt),
    type: 'trace-create',
    timestamp,
    body: withoutNulls({
      id,
      timestamp,
      name,
      userId,
      sessionId,
      release,
      version,
      environment,
      tags,
      public: trace.public,
      input,
      output,
      metadata,
    }),
  };
}

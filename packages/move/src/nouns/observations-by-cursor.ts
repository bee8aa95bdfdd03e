import type { ObservationV1, ObservationV2 } from '@tracewell/contract';
import type { Client, Query } from '../client';
import type { MoveContext } from '../context';
import { type Event, eventIdOf } from '../events';
import { type Fields, findDifferences } from '../same';
import { mediaOfObservation, toObservationEvent } from './observations';
import { awaitCount, compareEach, countIn, overlapMs, takeEvents } from './recorded';
import { withoutNulls } from './without-nulls';

/**
 * History of a server that gives observations by cursor alone. What it knows of a trace stands on the trace's
 * observations: each of them tells its part of it.
 */
const noun = 'observations';
const path = '/v2/observations';
/** Its own limit is ten times that of other lists; payloads are read with it. */
const pagesAtOnce = 5;
const fields = 'core,basic,time,io,metadata,model,usage,prompt,metrics,trace_context';

interface CursorPage {
  data: ObservationV2[];
  meta: { cursor?: string };
}
const read = (client: Client, query: Query): Promise<CursorPage> => client.get(path, { fields, ...query });

export async function moveObservationsV2(context: MoveContext): Promise<void> {
  const { from, state, since, until, pageSize, progress } = context;
  const stream = state.stream('observations by cursor', since);
  const isResumed = stream.cursor !== undefined;
  const end = isResumed ? stream.cursorUntil! : until.toISOString();
  stream.cursorUntil = end;
  const start = stream.doneUntil ?? since.toISOString();
  let count = 0;
  do {
    const page = await read(from, {
      fromStartTime: start,
      toStartTime: end,
      limit: pageSize * pagesAtOnce,
      cursor: stream.cursor,
    });
    await takeEvents(
      context,
      noun,
      [...page.data.map((row) => toObservationEvent(toV1(row))), ...toTraceEvents(page.data)],
      page.data.map(toV1).flatMap(mediaOfObservation),
    );
    count += page.data.length;
    stream.count += page.data.length;
    progress.step(`${noun}: ${count}, down to ${page.data.at(-1)?.startTime.slice(0, 19) ?? start}`);
    if (page.meta.cursor === undefined) delete stream.cursor;
    else stream.cursor = page.meta.cursor;
    state.save();
  } while (stream.cursor !== undefined);
  delete stream.cursorUntil;
  stream.doneUntil = new Date(Math.max(since.getTime(), Date.parse(end) - overlapMs)).toISOString();
  state.save({ now: true });
  // What came after the end that an interrupted run had chosen.
  if (isResumed && end < until.toISOString()) await moveObservationsV2(context);
}

/** Payloads are text as it was stored, and are sent as the same text. */
const toV1 = (row: ObservationV2): ObservationV1 =>
  ({
    ...row,
    model: row.providedModelName ?? row.model ?? null,
    modelParameters: parsed(row.modelParameters),
  }) as unknown as ObservationV1;

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}

/** The beginning of the trace is the earliest of the times of its events. */
const toTraceEvents = (rows: readonly ObservationV2[]): Event[] =>
  rows.flatMap((row) => {
    const { id, traceId, startTime, environment, userId, sessionId, traceName, tags, release } = row;
    if (traceId === null) return [];
    const isRoot = row.isRootObservation ?? row.parentObservationId === null;
    return {
      id: eventIdOf('trace-of', id, row.updatedAt),
      type: 'trace-create',
      timestamp: startTime,
      body: withoutNulls({
        id: traceId,
        environment,
        name: traceName || null,
        userId: userId || null,
        sessionId: sessionId || null,
        release: release || null,
        tags: tags && tags.length > 0 ? tags : null,
        ...(isRoot && {
          version: row.version || null,
          public: row.public,
          input: row.input,
          output: row.output,
        }),
      }),
    };
  });

const compared: Fields = {
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
  userId: 'value',
  sessionId: 'value',
  traceName: 'value',
  tags: 'set',
  release: 'value',
  input: 'value',
  output: 'value',
  metadata: 'value',
  providedModelName: 'value',
  promptName: 'value',
  promptVersion: 'value',
  usageDetails: 'value',
};

/** There is no number of them to ask for: they are counted by walking their ids. */
export async function compareObservationsV2(context: MoveContext): Promise<void> {
  const { from, to, report, since, until, sampleSize, progress } = context;
  const window = { fromStartTime: since.toISOString(), toStartTime: until.toISOString() };
  let there = 0;
  let cursor: string | undefined;
  do {
    const { data, meta } = await from.get<CursorPage>(path, {
      ...window,
      fields: 'core',
      limit: 1_000,
      cursor,
    });
    there += data.length;
    cursor = meta.cursor;
    progress.step(`${noun}: counting, ${there}`);
  } while (cursor !== undefined);
  const here = await awaitCount(context, there, noun, () =>
    countIn(to, '/observations', ['fromStartTime', 'toStartTime'], { from: since, until }),
  );

  const sample = sampleSize === 0 ? [] : (await read(from, { ...window, limit: sampleSize })).data;
  const different = await compareEach(
    sample,
    async (row) => {
      const { data } = await read(to, { traceId: row.traceId ?? undefined, limit: 1_000 });
      return data.find(({ id }) => id === row.id);
    },
    (row, moved) =>
      findDifferences(compared, row, moved)
        // A trace that has no name of its own is called like its first observation, by some.
        .filter((field) => field !== 'traceName' || row.traceName),
  );
  report.counts.push({ noun, there, here, compared: sample.length, different });
}

import type { ScoreV2 } from '@tracewell/contract';
import { isMissing } from '../client';
import type { MoveContext, Noun } from '../context';
import { type Event, eventIdOf, sendEvents } from '../events';
import { type Fields, findDifferences } from '../same';
import { awaitCount, compareEach, countIn, moveStream, sampleOf } from './recorded';
import { withoutNulls } from './without-nulls';

const noun = 'scores';
const bounds = ['fromTimestamp', 'toTimestamp'] as const;

const fields: Fields = {
  name: 'value',
  dataType: 'value',
  value: 'value',
  stringValue: 'value',
  timestamp: 'time',
  environment: 'environment',
  source: 'value',
  comment: 'value',
  metadata: 'value',
  traceId: 'value',
  sessionId: 'value',
  observationId: 'value',
  executionTraceId: 'value',
};

/** The list of all kinds of scores, or that of the first servers, which had those of traces alone. */
async function pathOf({ from }: MoveContext): Promise<string> {
  try {
    await from.get('/v2/scores', { limit: 1 });
    return '/v2/scores';
  } catch (error) {
    if (!isMissing(error)) throw error;
    return '/scores';
  }
}

/** Scores of all kinds and targets, with their ids and times. */
export const scores: Noun = {
  name: noun,
  needs: ['score-configs', 'datasets', 'dataset-runs', 'annotation-queues'],

  async move(context) {
    await moveStream<ScoreV2>(context, {
      name: noun,
      path: await pathOf(context),
      bounds,
      since: context.since,
      take: async (items) => {
        const refused = await sendEvents(
          context.to,
          items.flatMap((score) => toEvent(context, score) ?? []),
        );
        const bare = refused.flatMap(({ event, said }) => {
          const bareEvent = withoutConfig(event);
          if (!bareEvent) context.report.find('lost', noun, `${String(event.body.id)}: ${said}`);
          else {
            context.report.find(
              'lost',
              noun,
              `${String(event.body.id)} is here without its score config: ${said}`,
            );
          }
          return bareEvent ?? [];
        });
        for (const { event, said } of await sendEvents(context.to, bare)) {
          context.report.find('lost', noun, `${String(event.body.id)}: ${said}`);
        }
      },
    });
  },

  async verify(context) {
    const { from, to, report, state, since, until } = context;
    const window = { from: since, until };
    const path = await pathOf(context);
    const there = await countIn(from, path, bounds, window);
    const here = await awaitCount(context, there, noun, () => countIn(to, path, bounds, window));
    const sample = await sampleOf<ScoreV2>(context, path, bounds, window);
    const different = await compareEach(
      sample,
      ({ id }) => to.find<ScoreV2>(`/v2/scores/${encodeURIComponent(id)}`),
      (score, moved) => {
        const configId = score.configId && state.ids('score-configs').get(score.configId);
        const isOtherConfig = Boolean(configId) && moved.configId !== configId;
        return [...findDifferences(fields, score, moved), ...(isOtherConfig ? ['configId'] : [])];
      },
    );
    report.counts.push({ noun, there, here, compared: sample.length, different });
  },
};

/** null, and said, for a score of something that was not moved. */
function toEvent({ state, report }: MoveContext, score: ScoreV2): Event | null {
  const { id, timestamp, dataType, configId, queueId, datasetRunId } = score;
  const target = score.traceId
    ? { traceId: score.traceId, observationId: score.observationId }
    : score.sessionId
      ? { sessionId: score.sessionId }
      : { datasetRunId: state.ids('dataset-runs').get(datasetRunId ?? '') };
  if (Object.values(target).every((part) => part === undefined)) {
    report.find('lost', noun, `${id}: it judges a run of a dataset that was not moved`);
    return null;
  }
  const isText = dataType === 'CATEGORICAL' || dataType === 'TEXT' || dataType === 'CORRECTION';
  return {
    id: eventIdOf('score', id, score.updatedAt),
    type: 'score-create',
    timestamp,
    body: withoutNulls({
      id,
      ...target,
      name: score.name,
      dataType,
      value: isText ? score.stringValue : score.value,
      source: score.source,
      comment: score.comment,
      metadata: score.metadata,
      environment: score.environment,
      executionTraceId: score.executionTraceId,
      configId: configId && (state.ids('score-configs').get(configId) ?? configId),
      queueId: queueId && (state.ids('annotation-queues').get(queueId) ?? queueId),
    }),
  };
}

/** The score itself, when only what it says of its config was refused; null when it says nothing of one. */
function withoutConfig(event: Event): Event | null {
  const { configId, source, ...body } = event.body;
  if (configId === undefined && source !== 'ANNOTATION') return null;
  return { ...event, body: { ...body, source: source === 'ANNOTATION' ? 'API' : source } };
}

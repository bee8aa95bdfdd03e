import {
  type AnswerOf,
  type listDailyMetrics as operation,
  type QueryOf,
  toPageMeta,
} from '@tracewell/contract';
import { formatIsoTime } from '@tracewell/domain';
import type { Columnar } from '@tracewell/engines/columnar/port';
import { readDailyMetrics } from '@tracewell/query/metrics/daily-metrics';
import { type ProjectAccess, requireScope } from '../access/index';
import { readTimeRange } from '../time-ranges/index';

/** One page of days on which something was traced, the newest first. */
export async function listDailyMetrics(
  { columnar }: { columnar: Columnar },
  access: ProjectAccess,
  query: QueryOf<typeof operation>,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'metrics:read');
  const { page, limit, traceName, userId, tags, environment } = query;
  const { days, totalDays } = await readDailyMetrics(columnar, {
    projectId: access.projectId,
    ...readTimeRange(query.fromTimestamp, query.toTimestamp),
    traceName,
    userId,
    tags,
    environment,
    limit,
    offset: (page - 1) * limit,
  });
  return {
    data: days.map(({ day, traceCount, observationCount, totalCost, models }) => ({
      date: formatIsoTime(day).slice(0, 10),
      countTraces: traceCount,
      countObservations: observationCount,
      totalCost,
      usage: models.map((model) => ({
        model: model.model,
        inputUsage: model.inputUsage,
        outputUsage: model.outputUsage,
        totalUsage: model.totalUsage,
        countTraces: model.traceCount,
        countObservations: model.observationCount,
        totalCost: model.totalCost,
      })),
    })),
    meta: toPageMeta({ page, limit }, totalDays),
  };
}

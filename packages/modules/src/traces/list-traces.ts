import { type AnswerOf, type listTraces as operation, type QueryOf, toPageMeta } from '@tracewell/contract';
import type { Columnar } from '@tracewell/engines/columnar/port';
import type { Relational } from '@tracewell/engines/relational/port';
import { countTraces } from '@tracewell/query/traces/count-traces';
import { listTraces as queryTraces } from '@tracewell/query/traces/list-traces';
import { type ProjectAccess, requireScope } from '../access/index';
import { filterByComments } from '../comments/index';
import { readTimeRange } from '../time-ranges/index';
import { toListItem } from './trace-wire';

/** One page of the project's traces, with the groups of fields that were asked for. */
export async function listTraces(
  { columnar, relational }: { columnar: Columnar; relational: Pick<Relational, 'db'> },
  access: ProjectAccess,
  query: QueryOf<typeof operation>,
): Promise<AnswerOf<typeof operation>> {
  requireScope(access, 'traces:read');
  const { page, limit, fields, orderBy } = query;
  const filter = await filterByComments({ relational }, access.projectId, 'TRACE', query.filter);
  const selection = {
    projectId: access.projectId,
    ...readTimeRange(query.fromTimestamp, query.toTimestamp),
    userId: query.userId,
    name: query.name,
    sessionId: query.sessionId,
    version: query.version,
    release: query.release,
    tags: query.tags,
    environment: query.environment,
    ...(filter && { filter }),
  };
  const [{ traces }, totalItems] = await Promise.all([
    queryTraces(columnar, {
      ...selection,
      ...(orderBy && { order: orderBy }),
      limit,
      offset: (page - 1) * limit,
      fields: {
        io: fields.includes('io'),
        observationIds: fields.includes('observations'),
        scores: fields.includes('scores'),
      },
    }),
    countTraces(columnar, selection),
  ]);
  return {
    data: traces.map((trace) => toListItem(trace, fields)),
    meta: toPageMeta({ page, limit }, totalItems),
  };
}

import { z } from 'zod';
import { defineOperation } from '../operation';
import { pageOf, pageQuery } from '../pagination';
import { exactText, filterText, isoTime, textList } from '../query-params';
import { observationV1 } from './observations';
import { scoreV1 } from './scores';

const tag = 'Traces';
const time = z.iso.datetime({ offset: true });

/** A trace without what hangs on it. */
export const publicTrace = z
  .object({
    id: z.string(),
    externalId: z.null(),
    timestamp: time,
    name: z.string().nullable(),
    userId: z.string().nullable(),
    sessionId: z.string().nullable(),
    metadata: z.unknown(),
    release: z.string().nullable(),
    version: z.string().nullable(),
    projectId: z.string(),
    environment: z.string(),
    public: z.boolean(),
    bookmarked: z.boolean(),
    tags: z.array(z.string()),
    input: z.unknown(),
    output: z.unknown(),
    createdAt: time,
    updatedAt: time,
  })
  .meta({ id: 'Trace' });
export type PublicTrace = z.infer<typeof publicTrace>;

const measures = {
  htmlPath: z.string(),
  /** Seconds; -1 when not asked for. */
  latency: z.number(),
  /** US dollars; -1 when not asked for. */
  totalCost: z.number(),
};
export const traceListItem = publicTrace
  .extend({
    ...measures,
    observations: z.array(z.string()),
    scores: z.array(z.string()),
  })
  .meta({ id: 'TraceListItem' });
export type TraceListItem = z.infer<typeof traceListItem>;
export const traceWithAll = publicTrace
  .extend({
    ...measures,
    observations: z.array(observationV1),
    scores: z.array(scoreV1),
  })
  .meta({ id: 'TraceWithAll' });
export type TraceWithAll = z.infer<typeof traceWithAll>;

export const traceGroups = ['core', 'io', 'scores', 'observations', 'metrics'] as const;
export type TraceGroup = (typeof traceGroups)[number];
/** Unknown names are passed over; a list of nothing known is no list. */
const fields = textList.optional().transform((names): TraceGroup[] => {
  const known = traceGroups.filter((group) => names?.includes(group));
  return known.length > 0 ? ['core', ...known.filter((group) => group !== 'core')] : [...traceGroups];
});

export const traceOrderColumns = [
  'id',
  'timestamp',
  'name',
  'userId',
  'release',
  'version',
  'public',
  'bookmarked',
  'sessionId',
] as const;
const orderBy = z.preprocess(
  (value) => (value === '' ? undefined : value),
  z
    .string()
    .regex(new RegExp(`^(?:${traceOrderColumns.join('|')})\\.(?:asc|desc)$`, 'i'), {
      error: `orderBy must be <column>.asc or <column>.desc, with a column of ${traceOrderColumns.join(', ')}`,
    })
    .transform((text) => {
      const [column, direction] = text.split('.');
      return {
        column: column as (typeof traceOrderColumns)[number],
        direction: direction?.toLowerCase() === 'asc' ? ('asc' as const) : ('desc' as const),
      };
    })
    .optional(),
);

export const listTraces = defineOperation({
  id: 'listTraces',
  method: 'GET',
  path: '/api/public/traces',
  scope: 'traces:read',
  tag,
  deprecated: true,
  summary: 'Traces, newest first unless told otherwise, page by number.',
  query: z.object({
    ...pageQuery,
    userId: exactText.optional(),
    name: exactText.optional(),
    sessionId: exactText.optional(),
    version: exactText.optional(),
    release: exactText.optional(),
    tags: textList.optional(),
    environment: textList.optional(),
    fromTimestamp: isoTime.optional(),
    toTimestamp: isoTime.optional(),
    orderBy,
    fields,
    filter: filterText.optional(),
  }),
  responses: { 200: pageOf(traceListItem) },
});

const traceParams = z.object({ traceId: z.string().min(1).max(800) });
export const getTrace = defineOperation({
  id: 'getTrace',
  method: 'GET',
  path: '/api/public/traces/{traceId}',
  scope: 'traces:read',
  tag,
  deprecated: true,
  summary: 'A trace with its observations and scores.',
  params: traceParams,
  query: z.object({ fields }),
  responses: { 200: traceWithAll },
});

const message = z.object({ message: z.string() });
export const deleteTrace = defineOperation({
  id: 'deleteTrace',
  method: 'DELETE',
  path: '/api/public/traces/{traceId}',
  scope: 'traces:delete',
  tag,
  summary: 'Deletes a trace with its observations and scores; an unknown one is no error.',
  params: traceParams,
  responses: { 200: message },
});
export const deleteTraces = defineOperation({
  id: 'deleteTraces',
  method: 'DELETE',
  path: '/api/public/traces',
  scope: 'traces:delete',
  tag,
  summary: 'Deletes up to 1,000 traces with their observations and scores.',
  body: z.strictObject({ traceIds: z.array(z.string().min(1)).min(1).max(1000) }),
  responses: { 200: message },
});

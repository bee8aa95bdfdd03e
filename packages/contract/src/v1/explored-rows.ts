import { z } from 'zod';

/** What the tables of the explorer ask for and are answered, whatever their rows are. */

export const isoTime = z.iso.datetime({ offset: true });
const pageLimit = z.coerce.number().int().min(1).max(200).default(50);

export const exploredProject = z.object({ projectId: z.string().min(1) });

/** Which rows are meant. */
export const rowSelection = z.object({
  /** By the time the newest rows come first by; inclusive. */
  from: isoTime.optional(),
  /** Exclusive. */
  to: isoTime.optional(),
  /** The search language (docs/search-language.md), with the fields of the table. */
  q: z.string().max(4_000).optional(),
});

export const rowPageQuery = rowSelection.extend({ limit: pageLimit, cursor: z.string().optional() });
export const rowPageOf = <Row extends z.ZodType>(row: Row) =>
  z.object({
    data: z.array(row),
    /** Absent on the last page. */
    meta: z.object({ cursor: z.string().optional(), limit: z.number() }),
  });

/** The values of one field among the rows that are meant, those that hold `search`, most frequent first. */
export const facetQueryOf = <const Fields extends readonly [string, ...string[]]>(fields: Fields) =>
  rowSelection.extend({
    field: z.enum(fields),
    search: z.string().max(200).optional(),
    limit: pageLimit,
  });
export const valueCounts = z.object({
  data: z.array(z.object({ value: z.string(), count: z.number().int() })),
});

export const histogramQuery = rowSelection.extend({
  buckets: z.coerce.number().int().min(1).max(200).default(60),
});
export const countsOverTime = z.object({
  data: z.array(z.object({ time: isoTime, count: z.number().int() })),
});

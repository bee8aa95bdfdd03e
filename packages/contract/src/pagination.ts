import { z } from 'zod';
import { wholeNumber } from './query-params';

/** Pages are counted from 1. */
export const pageQuery = {
  page: wholeNumber({ min: 1, max: 1_000_000, default: 1 }),
  limit: wholeNumber({ min: 1, max: 100, default: 50 }),
};

export const pageMeta = z.object({
  page: z.int(),
  limit: z.int(),
  totalItems: z.int(),
  totalPages: z.int(),
});

export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ data: z.array(item), meta: pageMeta });

export const toPageMeta = (page: { page: number; limit: number }, totalItems: number) => ({
  page: page.page,
  limit: page.limit,
  totalItems,
  totalPages: Math.ceil(totalItems / page.limit),
});

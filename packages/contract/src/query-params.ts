import { z } from 'zod';
import { filter } from './filter';

/** Query parameters arrive as text; an empty one stands for an absent one wherever a number or list is asked. */
const emptyAsAbsent = <Schema extends z.ZodType>(schema: Schema) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema);

export const isoTime = z.iso.datetime({ offset: true });

export const wholeNumber = (bounds: { min: number; max: number; default: number }) =>
  emptyAsAbsent(z.coerce.number().int().min(bounds.min).max(bounds.max).default(bounds.default));

/** Repeated, or one text with commas. */
export const textList = z
  .union([z.string(), z.array(z.string()).max(500)])
  .transform((value) =>
    (typeof value === 'string' ? value.split(',') : value).map((item) => item.trim()).filter(Boolean),
  );

export const booleanText = z.enum(['true', 'false']).transform((value) => value === 'true');

/** An empty text is no condition at all. */
export const exactText = z.string().transform((value) => value || undefined);

/** Longest filter JSON: room for 100 conditions of fair size, far from what a proxy lets through. */
const filterTextLength = 32_000;

/** The filter JSON of a list. */
export const filterText = z
  .string()
  .max(filterTextLength)
  .transform((text, context) => {
    if (text === '') return [];
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      context.addIssue({
        code: 'custom',
        message: 'filter must be a JSON array of conditions, URL-encoded; this is no JSON',
      });
      return z.NEVER;
    }
    const conditions = filter.safeParse(parsed);
    if (conditions.success) return conditions.data;
    for (const { path, message } of conditions.error.issues) {
      context.addIssue({ code: 'custom', path, message });
    }
    return z.NEVER;
  });

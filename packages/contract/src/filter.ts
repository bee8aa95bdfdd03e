import type { Condition } from '@tracewell/domain';
import { z } from 'zod';

/** The filter JSON of the wire: an array of conditions that all must hold. */
const text = ['=', 'contains', 'does not contain', 'starts with', 'ends with', 'matches'] as const;
const number = ['=', '>', '<', '>=', '<='] as const;

export const condition: z.ZodType<Condition> = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('datetime'),
    column: z.string(),
    operator: z.enum(['>', '<', '>=', '<=']),
    value: z.string(),
  }),
  z.object({ type: z.literal('string'), column: z.string(), operator: z.enum(text), value: z.string() }),
  z.object({ type: z.literal('number'), column: z.string(), operator: z.enum(number), value: z.number() }),
  z.object({
    type: z.literal('stringOptions'),
    column: z.string(),
    operator: z.enum(['any of', 'none of']),
    value: z.array(z.string()).min(1),
  }),
  z.object({
    type: z.literal('categoryOptions'),
    column: z.string(),
    operator: z.enum(['any of', 'none of']),
    key: z.string(),
    value: z.array(z.string()),
  }),
  z.object({
    type: z.literal('arrayOptions'),
    column: z.string(),
    operator: z.enum(['any of', 'none of', 'all of']),
    value: z.array(z.string()),
  }),
  z.object({
    type: z.literal('stringObject'),
    column: z.string(),
    key: z.string(),
    operator: z.enum(text),
    value: z.string(),
  }),
  z.object({
    type: z.literal('numberObject'),
    column: z.string(),
    key: z.string(),
    operator: z.enum(number),
    value: z.number(),
  }),
  z.object({
    type: z.literal('booleanObject'),
    column: z.string(),
    key: z.string(),
    operator: z.enum(['=', '<>']),
    value: z.boolean(),
  }),
  z.object({
    type: z.literal('boolean'),
    column: z.string(),
    operator: z.enum(['=', '<>']),
    value: z.boolean(),
  }),
  z.object({
    type: z.literal('null'),
    column: z.string(),
    operator: z.enum(['is null', 'is not null']),
    value: z.literal('').optional(),
  }),
]);
export const filter = z.array(condition).max(100);

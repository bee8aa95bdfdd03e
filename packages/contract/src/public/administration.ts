import { z } from 'zod';
import { storableJson, storableText } from '../storable-text';

/** What the operations of organizations, projects and keys share. */
export const time = z.iso.datetime({ offset: true });
export const success = z.object({ success: z.literal(true) });

/** Shortest and longest name of a project or organization. */
export const nameLength = { min: 3, max: 60 };
export const maxNoteLength = 1_000;

/** @param noun `project` or `organization` */
export const nameOf = (noun: string) =>
  storableText(10_000)
    .transform((text) => text.trim())
    .refine(
      ({ length }) => length >= nameLength.min && length <= nameLength.max,
      `Invalid ${noun} name: it must have ${nameLength.min} to ${nameLength.max} characters.`,
    );

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
/** What a program notes on a project or organization; the body's limit bounds it. */
export const givenMetadata = storableJson
  .refine((value) => value === undefined || value === null || isObject(value), 'metadata must be an object')
  .transform((value) => value as Record<string, unknown> | null | undefined)
  .optional();
export const metadata = z.record(z.string(), z.unknown());

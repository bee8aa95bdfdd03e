import { z } from 'zod';

/**
 * Text for Postgres, which holds neither the character NUL nor half a surrogate pair: refused at the door, as
 * the store would fail on the one and change the other.
 */

/** Ids are ours, or a client's that may be as long as ids of scores and observations. */
const maxIdChars = 800;
/** Levels of objects and arrays. */
const maxJsonDepth = 64;

const isStorable = (text: string): boolean => !text.includes('\0') && !/\p{Surrogate}/u.test(text);
const rule = 'must hold neither the character NUL nor half a surrogate pair';

/** @param maxChars in UTF-16 units */
export const storableText = (maxChars: number) => z.string().max(maxChars).refine(isStorable, rule);

/** An id in a path, a query or a body. */
export const storableId = storableText(maxIdChars).min(1);

/** JSON of any shape whose texts can be stored. */
export const storableJson = z.unknown().superRefine((value, context) => {
  const fault = findFault(value, 0);
  if (fault) context.addIssue({ code: 'custom', message: fault });
});

function findFault(value: unknown, depth: number): string | null {
  if (typeof value === 'string') return isStorable(value) ? null : rule;
  if (typeof value !== 'object' || value === null) return null;
  if (depth === maxJsonDepth) return `must not be nested deeper than ${maxJsonDepth} levels`;
  for (const [key, member] of Object.entries(value)) {
    const fault = (isStorable(key) ? null : rule) ?? findFault(member, depth + 1);
    if (fault) return fault;
  }
  return null;
}

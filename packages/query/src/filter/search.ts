import { InvalidQuery } from '../invalid-query';
import { type Sql, sql, text } from '../sql/sql';
import { isAscii, maxTokens } from './text-operator';

/**
 * What a person types into a search box, over the rows of a trace: every word, whatever its case, must stand in
 * its id, name, user, session, input or output; different words may stand in different observations. One
 * aggregate per word, for a HAVING over `GROUP BY trace_id`.
 */
export function renderSearch(search: string | undefined): Sql[] {
  const words = [...new Set((search ?? '').split(/\s+/).filter((word) => word !== ''))];
  if (words.length > maxTokens) {
    throw new InvalidQuery(`A search takes at most ${maxTokens} words, this one has ${words.length}.`);
  }
  return words.map((word) => {
    // Folding ASCII alone is several times cheaper.
    const found = searched.map((column) =>
      isAscii(word)
        ? sql`positionCaseInsensitive(${column}, ${text(word)}) > 0`
        : sql`positionCaseInsensitiveUTF8(${column}, ${text(word)}) > 0`,
    );
    return sql`max(${anyOfThem(found)}) = 1`;
  });
}

/** Short columns first: a payload is not looked at when they tell already. */
const searched = [
  sql`trace_id`,
  sql`name`,
  sql`trace_name`,
  sql`user_id`,
  sql`session_id`,
  sql`input`,
  sql`output`,
  sql`trace_input`,
  sql`trace_output`,
];

const anyOfThem = (conditions: readonly Sql[]): Sql =>
  conditions.reduce((left, right) => sql`${left} OR ${right}`);

import type { TextOperator } from '@tracewell/domain';
import { InvalidQuery } from '../invalid-query';
import { allOf, type Sql, sql, text } from '../sql/sql';

/** Words of one `matches` or search; more would make the statement, not the answer, larger. */
export const maxTokens = 32;

/**
 * One text operator. All of them take the value literally (`%` and `_` mean themselves) and mind its case;
 * only a folded `matches` does not.
 */
export function renderTextOperator(
  expression: Sql,
  operator: TextOperator,
  value: string,
  matches: 'folded' | 'exact' = 'exact',
): Sql {
  switch (operator) {
    case '=':
      return sql`${expression} = ${text(value)}`;
    case 'contains':
      return sql`position(${expression}, ${text(value)}) > 0`;
    case 'does not contain':
      return sql`position(${expression}, ${text(value)}) = 0`;
    case 'starts with':
      return sql`startsWith(${expression}, ${text(value)})`;
    case 'ends with':
      return sql`endsWith(${expression}, ${text(value)})`;
    case 'matches':
      return renderMatches(expression, value, matches);
  }
}

/** Every token of the value stands in the text as a whole token. A value without tokens is looked for as it is. */
function renderMatches(expression: Sql, value: string, matches: 'folded' | 'exact'): Sql {
  const tokens = tokensOf(value);
  if (tokens.length === 0) return renderTextOperator(expression, 'contains', value);
  if (tokens.length > maxTokens) {
    throw new InvalidQuery(`"matches" takes at most ${maxTokens} words, this value has ${tokens.length}.`);
  }
  return allOf(
    tokens.map((token) => {
      if (matches === 'exact') return sql`hasToken(${expression}, ${text(token)})`;
      // Folding plain ASCII is several times cheaper, and nearly every word is.
      if (isAscii(token)) return sql`hasToken(lower(${expression}), ${text(token.toLowerCase())})`;
      return sql`hasToken(lowerUTF8(${expression}), ${text(token.toLowerCase())})`;
    }),
  );
}

/** As the store splits: at every ASCII character that is no letter or digit. */
export function tokensOf(value: string): string[] {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters separate tokens too
  return [...new Set(value.split(/[\u0000-/:-@[-`{-\u007f]+/).filter((token) => token !== ''))];
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is all of ASCII
export const isAscii = (value: string): boolean => /^[\u0000-\u007f]*$/.test(value);

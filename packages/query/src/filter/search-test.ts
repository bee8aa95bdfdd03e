import type { SearchTest, TextPattern } from '@tracewell/domain/search/index';
import { float, joinSql, type Sql, sql, text, textList, time } from '../sql/sql';
import { renderComparison } from './render-condition';

/** The tests of the search language over one expression, by what the expression is. */

export function testText(expression: Sql, test: SearchTest): Sql {
  if (test.kind === 'present') return sql`${expression} != ''`;
  return matchesAny(
    test,
    (exact) => sql`${expression} IN ${textList(exact)}`,
    (pattern) => isLike(expression, pattern),
  );
}

export function testList(expression: Sql, test: SearchTest): Sql {
  if (test.kind === 'present') return sql`notEmpty(${expression})`;
  return matchesAny(
    test,
    (exact) => sql`hasAny(${expression}, ${textList(exact)})`,
    (pattern) => sql`arrayExists(item -> ${isLike(sql`toString(item)`, pattern)}, ${expression})`,
  );
}

export function testNumber(expression: Sql, test: SearchTest): Sql {
  switch (test.kind) {
    case 'compare':
      return renderComparison(expression, test.operator, sql`${float(test.value)}`);
    case 'between':
      return sql`${expression} >= ${float(test.from)} AND ${expression} <= ${float(test.to)}`;
    case 'present':
      return sql`${expression} != 0`;
    default:
      throw notOf('numbers', test);
  }
}

export function testTime(expression: Sql, test: SearchTest): Sql {
  switch (test.kind) {
    case 'since':
      return sql`${expression} >= ${time(test.from)}`;
    case 'before':
      return sql`${expression} < ${time(test.to)}`;
    case 'during':
      return sql`${expression} >= ${time(test.from)} AND ${expression} < ${time(test.to)}`;
    case 'present':
      return sql`1`;
    default:
      throw notOf('times', test);
  }
}

export function testFlag(expression: Sql, test: SearchTest): Sql {
  if (test.kind === 'present') return sql`1`;
  if (test.kind !== 'flag') throw notOf('flags', test);
  return test.value ? sql`(${expression})` : sql`NOT (${expression})`;
}

/** Stands somewhere in the text, whatever its case. `isLong`: the texts' own `LIKE` would be slower. */
export const containsText = (expression: Sql, wanted: string): Sql =>
  isAscii(wanted)
    ? sql`positionCaseInsensitive(${expression}, ${text(wanted)}) > 0`
    : sql`positionCaseInsensitiveUTF8(${expression}, ${text(wanted)}) > 0`;

/** What a payload must have: one of the texts inside it; of a pattern, all of its pieces in their order. */
export function testPayload(expression: Sql, length: Sql, test: SearchTest): Sql {
  if (test.kind === 'present') return sql`${length} > 0`;
  if (test.kind !== 'is') throw notOf('texts', test);
  return anyOf(
    test.patterns.map((pattern) =>
      pattern.isGlob
        ? isLike(expression, { ...pattern, text: `*${pattern.text}*` })
        : containsText(expression, pattern.text),
    ),
  );
}

function matchesAny(
  test: SearchTest,
  isOneOf: (exact: string[]) => Sql,
  isLikeOne: (pattern: TextPattern) => Sql,
): Sql {
  if (test.kind !== 'is') throw notOf('texts', test);
  const exact = test.patterns.filter(({ isGlob }) => !isGlob).map((pattern) => pattern.text);
  return anyOf([
    ...(exact.length > 0 ? [isOneOf(exact)] : []),
    ...test.patterns.filter(({ isGlob }) => isGlob).map(isLikeOne),
  ]);
}

const isLike = (expression: Sql, { text: pattern }: TextPattern): Sql =>
  sql`${expression} ILIKE ${text(pattern.replace(/[\\%_]/g, '\\$&').replace(/\*+/g, '%'))}`;

export const anyOf = (conditions: readonly Sql[]): Sql =>
  conditions.length === 1
    ? conditions[0]!
    : joinSql(
        conditions.map((condition) => sql`(${condition})`),
        ' OR ',
      );

/** The parser gives each field tests of its own kind only. */
const notOf = (kind: string, test: SearchTest) => new TypeError(`A test of ${kind} cannot be ${test.kind}.`);

// biome-ignore lint/suspicious/noControlCharactersInRegex: the range is all of ASCII
const isAscii = (value: string): boolean => /^[\u0000-\u007f]*$/.test(value);

/** Levels are written large, whatever was typed. */
export const inCapitals = (test: SearchTest): SearchTest =>
  test.kind === 'is'
    ? {
        kind: 'is',
        patterns: test.patterns.map((pattern) => ({ ...pattern, text: pattern.text.toUpperCase() })),
      }
    : test;

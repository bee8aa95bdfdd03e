import type { Microseconds } from '../observation';
import { formatIsoTime } from '../time';
import type { SearchExpression, SearchTest, TextPattern } from './expression';

/** A query that means the expression; parsing it gives the same expression again. */
export function printSearch(expression: SearchExpression | null): string {
  return expression ? print(expression, 'or') : '';
}

/** `within`: what the text becomes a part of, from the loosest to the tightest. */
function print(expression: SearchExpression, within: 'or' | 'and' | 'not'): string {
  switch (expression.kind) {
    case 'or': {
      const text = expression.parts
        .map((part) => print(part, part.kind === 'or' ? 'not' : 'and'))
        .join(' OR ');
      return within === 'or' ? text : `(${text})`;
    }
    case 'and': {
      const text = expression.parts.map((part) => print(part, 'not')).join(' ');
      return within === 'not' ? `(${text})` : text;
    }
    case 'not':
      return `-${print(expression.part, 'not')}`;
    case 'text':
      return quote(expression.text);
    case 'field':
      return printField(expression.field, expression.key, expression.test);
  }
}

/** One term `field:value`. */
export function printField(field: string, key: string | null, test: SearchTest): string {
  const name = key === null ? field : `${field}.${/^[\w.-]*[\w-]$/.test(key) ? key : quote(key)}`;
  if (test.kind === 'present') return `has:${name}`;
  return `${name}:${printTest(test)}`;
}

function printTest(test: Exclude<SearchTest, { kind: 'present' }>): string {
  switch (test.kind) {
    case 'is': {
      const values = test.patterns.map(printPattern);
      return values.length === 1 ? values[0]! : `(${values.join(' OR ')})`;
    }
    case 'compare':
      return `${test.operator === '=' ? '' : test.operator}${test.value}`;
    case 'between':
      return `${test.from}..${test.to}`;
    case 'since':
      return `>=${moment(test.from)}`;
    case 'before':
      return `<${moment(test.to)}`;
    case 'during':
      return `${moment(test.from)}..${moment(test.to)}`;
    case 'flag':
      return String(test.value);
  }
}

const printPattern = ({ text, isGlob }: TextPattern): string => (isGlob ? text : quoteValue(text));

const quote = (text: string): string => `"${text.replace(/["\\]/g, '\\$&')}"`;
/** A value as it stands after a colon: bare where a bare word is read as the same text. */
export const quoteValue = (text: string): string =>
  /^[\p{L}_][\p{L}\p{N}_.:/@+-]*$/u.test(text) && !['OR', 'AND', 'NOT'].includes(text) ? text : quote(text);

/** To microseconds, where there are any. */
const moment = (time: Microseconds): string => {
  const rest = Math.floor(time) % 1_000;
  return rest === 0
    ? formatIsoTime(time)
    : formatIsoTime(time).replace('Z', `${String(rest).padStart(3, '0')}Z`);
};

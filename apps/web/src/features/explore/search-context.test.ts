import { observationFields, traceFields } from '@tracewell/domain/search/index';
import { expect, it } from 'vitest';
import { carryOver, narrowTo } from './search-context';

it.each([
  ['', 'model', 'gpt-4o', false, 'model:gpt-4o'],
  ['refund model:claude', 'model', 'gpt-4o', false, 'refund model:gpt-4o'],
  ['model:claude', 'model', 'claude', true, '-model:claude'],
  ['a OR b', 'score.tone', 'not kind', false, '(a OR b) score.tone:"not kind"'],
  ['', 'score.a.b', 'x', true, '-score.a.b:x'],
] as const)('%j narrowed to %s %s', (q, field, value, isExcluded, expected) => {
  expect(narrowTo(traceFields, q, field, value, isExcluded)).toBe(expected);
});

it('a query goes along to a table that understands it', () => {
  expect(carryOver('refund model:gpt-4o', observationFields)).toBe('refund model:gpt-4o');
  expect(carryOver('errors:>0', observationFields)).toBe('');
});

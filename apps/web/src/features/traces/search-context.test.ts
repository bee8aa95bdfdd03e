import { expect, it } from 'vitest';
import { narrowTo } from './search-context';

it.each([
  ['', 'model', 'gpt-4o', false, 'model:gpt-4o'],
  ['refund model:claude', 'model', 'gpt-4o', false, 'refund model:gpt-4o'],
  ['model:claude', 'model', 'claude', true, '-model:claude'],
  ['a OR b', 'score.tone', 'not kind', false, '(a OR b) score.tone:"not kind"'],
  ['', 'score.a.b', 'x', true, '-score.a.b:x'],
] as const)('%j narrowed to %s %s', (q, field, value, isExcluded, expected) => {
  expect(narrowTo(q, field, value, isExcluded)).toBe(expected);
});

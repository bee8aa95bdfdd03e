import { expect, it } from 'vitest';
import { splitRows } from './text-lines';

const rows = (text: string, max?: number) => {
  const offsets = splitRows(text, max);
  return Array.from({ length: offsets.length / 2 }, (_, i) => text.slice(offsets[i * 2], offsets[i * 2 + 1]));
};

it('splits lines and keeps empty ones', () => expect(rows('a\n\nb\n')).toEqual(['a', '', 'b', '']));
it('has one empty row for an empty text', () => expect(rows('')).toEqual(['']));
it('cuts a long line and loses nothing', () => {
  expect(rows('abcdefg\nh', 3)).toEqual(['abc', 'def', 'g', 'h']);
});
it('takes 10 MB on one line', () => {
  const text = 'x'.repeat(10_000_000);
  expect(splitRows(text).length).toBe(10_000);
});

import { expect, it } from 'vitest';
import { diffWords, maxDiffCharacters } from './diff-words';

const marked = (words: { text: string; differs: boolean }[]) =>
  words.map((word) => (word.differs ? `[${word.text}]` : word.text)).join('');

it('marks on each side the words that the other has not', () => {
  const { left, right, note } = diffWords('the red fox runs', 'the brown fox runs');
  expect([marked(left), marked(right), note]).toEqual([
    'the [red] fox runs',
    'the [brown] fox runs',
    'differs',
  ]);
});
it('marks nothing where nothing differs', () =>
  expect(diffWords('a b', 'a b')).toMatchObject({
    note: 'the same',
    left: [{ text: 'a b', differs: false }],
  }));
it('marks all of what one side alone has', () => expect(marked(diffWords('', 'new').right)).toBe('[new]'));
it('says that it cut, and does not call the same what differs after the cut', () => {
  const long = 'a '.repeat(maxDiffCharacters);
  expect(diffWords(`${long}x`, `${long}y`).note).toMatch(/^differs, the first 50,000 characters shown/);
});

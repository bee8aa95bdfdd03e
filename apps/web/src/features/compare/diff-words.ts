import { diffWordsWithSpace } from 'diff';

export interface Word {
  text: string;
  differs: boolean;
}
export interface WordDiff {
  left: Word[];
  right: Word[];
  /** Said beside the title. */
  note: string;
}

/** Characters of each side that are compared; what follows is not shown here. */
export const maxDiffCharacters = 50_000;
/** Beyond it the page would wait; the texts then stand side by side without marks. */
const longestDiffMs = 250;

export function diffWords(left: string, right: string): WordDiff {
  const before = left.slice(0, maxDiffCharacters);
  const after = right.slice(0, maxDiffCharacters);
  const isCut = before.length < left.length || after.length < right.length;
  const cut = isCut ? `, the first ${maxDiffCharacters.toLocaleString('en')} characters shown` : '';
  if (left === right) return { left: whole(before), right: whole(after), note: `the same${cut}` };
  const changes = diffWordsWithSpace(before, after, { timeout: longestDiffMs });
  if (!changes) return { left: whole(before), right: whole(after), note: `too different to mark${cut}` };
  return {
    left: changes.flatMap((change) =>
      change.added ? [] : [{ text: change.value, differs: change.removed }],
    ),
    right: changes.flatMap((change) =>
      change.removed ? [] : [{ text: change.value, differs: change.added }],
    ),
    note: `differs${cut}`,
  };
}

const whole = (text: string): Word[] => (text ? [{ text, differs: false }] : []);

import { describe, expect, it } from 'vitest';
import { markOf, noTerms, setMark } from './facet-choice';

describe('a value of a facet', () => {
  it('has one mark', () => {
    const marked = setMark({ included: ['a'], excluded: ['b'] }, 'a', 'not');
    expect(marked).toEqual({ included: [], excluded: ['b', 'a'] });
    expect(markOf(marked, 'a')).toBe('not');
    expect(markOf(setMark(marked, 'a', 'on'), 'a')).toBe('on');
  });
  it('loses it', () => {
    const terms = setMark({ included: ['a'], excluded: [] }, 'a', 'off');
    expect(terms).toEqual(noTerms);
    expect(markOf(terms, 'a')).toBe('off');
  });
});

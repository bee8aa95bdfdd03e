import { describe, expect, it } from 'vitest';
import { findOpenMention, showMentions, writeMention } from './mentions';

describe('mentions', () => {
  it('are shown as names, and anything else as it was', () => {
    expect(showMentions('see @[Ada L](user:u1), and @bob')).toBe('see **@Ada L**, and @bob');
    expect(showMentions('@[a*b](user:u1)')).toBe('**@a\\*b**');
  });
  it('are written so that they are read back, whatever the name', () => {
    expect(showMentions(writeMention({ id: 'u1', name: 'A]b' }))).toBe('**@A b** ');
  });
  it('are completed at the start of a word alone', () => {
    expect(findOpenMention('hello @ad', 9)).toEqual({ start: 6, search: 'ad' });
    expect(findOpenMention('@', 1)).toEqual({ start: 0, search: '' });
    expect(findOpenMention('mail@ad', 7)).toBeNull();
    expect(findOpenMention('@ada done', 9)).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';
import { findPatternFault } from './pattern';

describe('a pattern of a user', () => {
  it.each(['gpt-4', '(?i)^(openai/)?(gpt-4o)$', '^my\\.model-.+$', 'a{100}', ''])('may be %j', (pattern) => {
    expect(findPatternFault(pattern)).toBeNull();
  });

  it.each([
    ['(', 'missing'],
    ['(?=x)y', 'RE2'],
    ['(a)\\1', 'RE2'],
    ['a{1001}', 'repeat'],
    ['((a{30}){30}){1}(b{900}){1}(c{900})(d{900})', 'too large'],
  ])('may not be %j', (pattern, said) => {
    expect(findPatternFault(pattern)).toContain(said);
  });
});

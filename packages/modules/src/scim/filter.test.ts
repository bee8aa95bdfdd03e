import { describe, expect, it } from 'vitest';
import { readUserNameFilter } from './filter';

describe('the filter of users', () => {
  it.each([
    ['userName eq "Ann@Example.com"', 'ann@example.com'],
    ['  USERNAME  EQ "a" ', 'a'],
    ['userName eq "a\\"b\\u0041"', 'a"ba'],
    ['', undefined],
    [undefined, undefined],
  ])('%s asks for %s', (filter, address) => {
    expect(readUserNameFilter(filter)).toBe(address);
  });

  it.each([
    'userName',
    'userName eq a',
    'userName co "a"',
    'emails eq "a"',
    'userName eq "a" or userName eq "b"',
    'userName eq "\\x"',
    'userName eq "a',
  ])('refuses %s', (filter) => {
    expect(() => readUserNameFilter(filter)).toThrow(expect.objectContaining({ code: 'invalid_request' }));
  });
});

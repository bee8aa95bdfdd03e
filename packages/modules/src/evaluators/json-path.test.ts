import { describe, expect, it } from 'vitest';
import { isJsonPath } from './json-path';

describe('isJsonPath', () => {
  it.each([
    '$',
    '$.a',
    '$.customer.tier',
    '$..name',
    '$[*].name',
    '$[0]',
    '$[-1]',
    '$[0,2]',
    '$[1:3]',
    "$['a b']['c']",
    '$["x"]',
    '$.items[?(@.price < 10)].name',
    '$..[0]',
    '$.größe',
  ])('takes %s', (path) => expect(isJsonPath(path)).toBe(true));

  it.each(['', 'a', '.a', '$a', '$.', '$[', '$[]', '$.a[', "$['a]", '$..', '$.a b', '$[a]', '$ '])(
    'refuses %j',
    (path) => expect(isJsonPath(path)).toBe(false),
  );

  it('is done with a long text at once', () => {
    expect(isJsonPath(`$${'.a'.repeat(100_000)}!`)).toBe(false);
    expect(isJsonPath(`$[?${'('.repeat(100_000)}`)).toBe(false);
  });
});

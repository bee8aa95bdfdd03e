import { describe, expect, it } from 'vitest';
import { findDifference } from './docs-output';

const differenceOf = (kind: 'json' | 'text', printed: string, shown: string) =>
  findDifference(printed, { kind, text: shown });

describe('a text', () => {
  it.each([
    ['one\ntwo\n', 'one\ntwo'],
    ['id 7 of 9', 'id … of 9'],
    ['(a|b)+ [7]', '(a|b)+ […]'],
  ])('%j is as shown: %j', (printed, shown) => expect(differenceOf('text', printed, shown)).toBeNull());

  it.each([
    ['one', 'on'],
    ['one', 'One'],
    ['one\ntwo', 'o…o'],
    ['', 'x'],
  ])('%j is not as shown: %j', (printed, shown) =>
    expect(differenceOf('text', printed, shown)).not.toBeNull(),
  );
});

describe('JSON', () => {
  it.each([
    ['{"a":1,"b":[true,null]}', '{ "b": [true, null], "a": 1 }'],
    ['{"id":"x-1","time":5}', '{ "id": "…", "time": "…" }'],
    ['{"id":"x-1"}', '{ "id": "x-…" }'],
    ['{"a":1,"b":2}', '{ "a": 1, "…": "…" }'],
    ['[1,2,3]', '[1, "…"]'],
    ['[1]', '[1, "…"]'],
  ])('%s is as shown: %s', (printed, shown) => expect(differenceOf('json', printed, shown)).toBeNull());

  it.each([
    ['{"a":1}', '{ "a": "1" }'],
    ['{"a":1,"b":2}', '{ "a": 1 }'],
    ['{"a":1}', '{ "a": 1, "b": "…" }'],
    ['{"a":1}', '{ "a": 2, "…": "…" }'],
    ['{"a":{"b":1}}', '{ "a": {} }'],
    ['[1,2]', '[1]'],
    ['[]', '[1, "…"]'],
    ['[1]', '{ "…": "…" }'],
    ['{"toString":1}', '{ "…": "…", "valueOf": 1 }'],
    ['nothing', '{}'],
    ['{} {}', '{}'],
  ])('%s is not as shown: %s', (printed, shown) =>
    expect(differenceOf('json', printed, shown)).not.toBeNull(),
  );
});

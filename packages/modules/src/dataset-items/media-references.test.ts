import { describe, expect, it } from 'vitest';
import { findMediaReferences, resolveMediaReferences } from './media-references';

const reference = (id: string) => `@@@langfuseMedia:type=image/png|id=${id}|source=bytes@@@`;
const nothing = { input: null, expectedOutput: null, metadata: null };

describe('findMediaReferences', () => {
  it('says where each stands', () => {
    const found = findMediaReferences({
      input: { list: ['text', { 'odd key.': reference('a') }] },
      expectedOutput: reference('b'),
      metadata: [[reference('a')]],
    });
    expect(found.map(({ field, jsonPath, mediaId }) => [field, jsonPath, mediaId])).toEqual([
      ['input', "$['list'][1]['odd key.']", 'a'],
      ['expectedOutput', '$', 'b'],
      ['metadata', '$[0][0]', 'a'],
    ]);
    expect(found[1]?.referenceString).toBe(reference('b'));
  });

  it('leaves out what a client could not put a file in place of', () => {
    expect(
      findMediaReferences({
        ...nothing,
        input: [
          `see ${reference('a')}`,
          { "a']b": reference('a') },
          '@@@langfuseMedia:type=x@@@',
          reference('x'.repeat(600)),
        ],
      }),
    ).toEqual([]);
  });

  it('names a bounded number of them', () => {
    const input = Array.from({ length: 1_500 }, (_, index) => reference(`m${index}`));
    expect(findMediaReferences({ ...nothing, input })).toHaveLength(1_000);
  });
});

it('references without a file are left out', () => {
  const found = findMediaReferences({ ...nothing, input: [reference('a'), reference('b')] });
  const media = { mediaId: 'a', contentType: 'image/png', contentLength: 1, url: 'u', urlExpiry: 'e' };
  expect(resolveMediaReferences(found, new Map([['a', media]]))).toEqual([
    { field: 'input', referenceString: reference('a'), jsonPath: '$[0]', media },
  ]);
});

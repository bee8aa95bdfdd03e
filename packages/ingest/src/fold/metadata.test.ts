import { describe, expect, it } from 'vitest';
import { storedEvents, storedText } from './fixtures/batch';
import { orderEvents } from './merge';
import { mergeMetadata } from './metadata';

const merge = (...metadata: unknown[]) =>
  Object.entries(
    mergeMetadata(
      orderEvents(
        storedEvents(
          ...metadata.map((value) => ({ type: 'trace-create', body: { id: 't', metadata: value } })),
        ),
        'timestamp',
      ),
    ),
  );

describe('metadata', () => {
  it('is one text per top-level key', () => {
    expect(merge({ text: 'a', number: 1, object: { b: [1, 'x'] }, nothing: null, yes: true })).toEqual([
      ['text', 'a'],
      ['number', '1'],
      ['object', '{"b":[1,"x"]}'],
      ['nothing', 'null'],
      ['yes', 'true'],
    ]);
  });
  it('is merged member by member at every depth', () => {
    expect(merge({ a: { b: { c: 1, d: 2 }, e: 3 }, f: 4 }, { a: { b: { d: 5, g: 6 } } })).toEqual([
      ['a', '{"b":{"c":1,"d":5,"g":6},"e":3}'],
      ['f', '4'],
    ]);
  });
  it('replaces lists, and values of another kind', () => {
    expect(merge({ a: [1, 2, 3], b: { c: 1 }, d: 'x' }, { a: [4], b: 'y', d: { e: 1 } })).toEqual([
      ['a', '[4]'],
      ['b', 'y'],
      ['d', '{"e":1}'],
    ]);
  });
  it('keeps what is no object under a key of its own', () => {
    expect(merge('text')).toEqual([['metadata', 'text']]);
    expect(merge(5)).toEqual([['metadata', '5']]);
    expect(merge({ a: 1 }, [1, 2])).toEqual([
      ['a', '1'],
      ['metadata', '[1,2]'],
    ]);
  });
  it('loses nothing to null, {} and []', () => {
    expect(merge({ a: 1 }, null, {}, [])).toEqual([['a', '1']]);
  });
  it('keeps digits, half surrogate pairs and keys of the prototype', () => {
    const json =
      '{"id":"t","metadata":{"__proto__":{"polluted":true},"constructor":"c","n":12345678901234567890,"h":"\\udc00","nested":{"n":1e999}}}';
    const metadata = mergeMetadata(orderEvents(storedText('trace-create', json), 'timestamp'));
    expect(Object.entries(metadata)).toEqual([
      ['__proto__', '{"polluted":true}'],
      ['constructor', 'c'],
      ['n', '12345678901234567890'],
      ['h', '"\\udc00"'],
      ['nested', '{"n":1e999}'],
    ]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

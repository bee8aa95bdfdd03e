import { describe, expect, it } from 'vitest';
import { maxRebuiltSlots, rebuildFlattened } from './flattened';

describe('rebuildFlattened', () => {
  it('makes arrays of numbers and objects of names, at every depth', () => {
    expect(
      rebuildFlattened(
        {
          'p.1.content': 'b',
          'p.0.role': 'user',
          'p.0.calls.0.name': 'f',
          'p.0.calls.1.name': 'g',
          'p.10.content': 'k',
          'pp.0': 'another prefix',
          other: 1,
        },
        'p',
      ),
    ).toEqual([{ role: 'user', calls: [{ name: 'f' }, { name: 'g' }] }, { content: 'b' }, { content: 'k' }]);
    expect(rebuildFlattened({ 'p.a.b': 1, 'p.c': [2] }, 'p')).toEqual({ a: { b: 1 }, c: [2] });
  });

  it('takes the prefix itself as the whole', () => {
    expect(rebuildFlattened({ p: 'whole', 'p.0.role': 'user' }, 'p')).toBe('whole');
    expect(rebuildFlattened({ p: '', 'p.0.role': 'user' }, 'p')).toEqual([{ role: 'user' }]);
  });

  it('finds nothing where there is nothing', () => {
    expect(rebuildFlattened({ px: 1 }, 'p')).toBeUndefined();
    expect(rebuildFlattened({}, 'p')).toBeUndefined();
  });

  it('prefers a branch to a value of the same name, in either order', () => {
    expect(rebuildFlattened({ 'p.0': 'x', 'p.0.role': 'user' }, 'p')).toEqual([{ role: 'user' }]);
    expect(rebuildFlattened({ 'p.0.role': 'user', 'p.0': 'x' }, 'p')).toEqual([{ role: 'user' }]);
  });

  it('is an object when names and numbers are mixed', () => {
    expect(rebuildFlattened({ 'p.0': 'a', 'p.x': 'b' }, 'p')).toEqual({ 0: 'a', x: 'b' });
  });

  it('cannot be led to a prototype', () => {
    const hostile = { 'p.__proto__.polluted': 1, 'p.0.constructor.prototype.x': 1, 'p.prototype': 1 };
    expect(rebuildFlattened(hostile, 'p')).toBeUndefined();
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it('holds its limits: slots, sparse positions, depth', () => {
    const many = Object.fromEntries(Array.from({ length: maxRebuiltSlots + 50 }, (_, at) => [`p.${at}`, at]));
    expect(rebuildFlattened(many, 'p')).toHaveLength(maxRebuiltSlots);
    expect(rebuildFlattened({ 'p.999999999.role': 'user' }, 'p')).toEqual([{ role: 'user' }]);
    expect(rebuildFlattened({ [`p${'.x'.repeat(5_000)}`]: 1 }, 'p')).toBeUndefined();
  });
});

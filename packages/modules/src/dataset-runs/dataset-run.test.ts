import { describe, expect, it } from 'vitest';
import { runIdOf, runMetadataOf } from './dataset-run';

describe('runIdOf', () => {
  it('is what clients compute', () => {
    // printf '["langfuse-experiment-v1","p","d","r"]' | sha256sum | cut -c 1-16
    expect(runIdOf('p', 'd', 'r')).toBe('eab007015b1c6f77');
    expect(runIdOf('p', 'd', 'r2')).not.toBe(runIdOf('p', 'd', 'r'));
  });
});

describe('runMetadataOf', () => {
  it('is an object, or nothing', () => {
    expect(runMetadataOf(undefined, undefined)).toBeNull();
    expect(runMetadataOf({ a: 1 }, undefined)).toEqual({ a: 1 });
    expect(runMetadataOf('text', null)).toEqual({ metadata: 'text' });
    expect(runMetadataOf([1], null)).toEqual({ metadata: [1] });
  });

  it('notes the version that was run', () => {
    expect(runMetadataOf({ a: 1 }, '2026-01-01T00:00:00.000Z')).toEqual({
      a: 1,
      dataset_version: '2026-01-01T00:00:00.000Z',
    });
    expect(runMetadataOf(null, '2026-01-01T00:00:00.000Z')).toEqual({
      dataset_version: '2026-01-01T00:00:00.000Z',
    });
  });
});

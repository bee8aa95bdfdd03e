import { describe, expect, it } from 'vitest';
import { type ComparedRegion, decodeRegion, encodeRegion } from './compared-region';

describe('a compared region', () => {
  it.each<ComparedRegion>([
    { kind: 'search' },
    { kind: 'failed' },
    { kind: 'time', fromMs: 5, toMs: 1_764_000_000_000 },
  ])('comes back from the address: %j', (region) =>
    expect(decodeRegion(encodeRegion(region))).toEqual(region),
  );
  it.each([null, '', 'others', '5-', '1-2-3'])('is none of %j', (text) =>
    expect(decodeRegion(text)).toBeNull(),
  );
});

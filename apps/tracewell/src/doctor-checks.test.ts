import { describe, expect, it } from 'vitest';
import { judgeClock, judgeVersion } from './doctor-checks';

describe('the doctor', () => {
  it.each([
    ['15.0', '15', true],
    ['18.4 (Debian 18.4-1)', '15', true],
    ['14.9', '15', false],
    ['25.8.1.3', '25.8', true],
    ['26.1', '25.8', true],
    ['25.10.2', '25.8', true],
    ['25.7.9', '25.8', false],
    ['unknown', '7', false],
  ])('takes version %s where %s is wanted: %s', (version, wanted, isRight) => {
    expect(judgeVersion(version, wanted).isRight).toBe(isRight);
  });

  it('counts the time of the answer as no skew', () => {
    expect(judgeClock(5_000, 1_000, 60_000).isRight).toBe(true);
    expect(judgeClock(63_000, 1_000, 60_000).text).toMatch(/^its clock is 3 s off/);
    expect(judgeClock(-3_000, 1_000, 60_000).text).toMatch(/^its clock is -4 s off/);
  });
});

import { expect, it } from 'vitest';
import { fitWindow, panWindow, rowsInSight, toPx, toUs, zoomWindow } from './timeline-window';

const whole = { startUs: 0, endUs: 1000 };

it('zooms around a place, and out to the whole', () => {
  expect(zoomWindow(whole, whole, 0.5, 200)).toEqual({ startUs: 100, endUs: 600 });
  expect(zoomWindow({ startUs: 100, endUs: 600 }, whole, 2, 200)).toBeNull();
  expect(zoomWindow({ startUs: 0, endUs: 12 }, whole, 0.1, 0)).toEqual({ startUs: 0, endUs: 10 });
});
it('pans no further than the whole', () => {
  expect(panWindow({ startUs: 100, endUs: 300 }, whole, -500)).toEqual({ startUs: 0, endUs: 200 });
  expect(panWindow({ startUs: 100, endUs: 300 }, whole, 5000)).toEqual({ startUs: 800, endUs: 1000 });
  expect(fitWindow({ startUs: -5, endUs: 2000 }, whole)).toBeNull();
});
it('turns time to pixels and back', () => {
  const window = { startUs: 100, endUs: 300 };
  expect(toPx(200, window, 400)).toBe(200);
  expect(toUs(200, window, 400)).toBe(200);
});
it('lists only the rows in sight', () => {
  expect(rowsInSight(50, 100, 24, 10_000)).toEqual([2, 7]);
  expect(rowsInSight(5000, 100, 24, 3)).toEqual([3, 3]);
});

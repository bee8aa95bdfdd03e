import { expect, it } from 'vitest';
import { fitGraph, moveView, zoomView } from './graph-window';

it('fits the whole in the middle', () => {
  expect(fitGraph({ width: 200, height: 100 }, 100, 100)).toEqual({ x: 0, y: 25, scale: 0.5 });
  expect(fitGraph({ width: 20, height: 20 }, 100, 100)).toEqual({ x: 40, y: 40, scale: 1 });
});
it('zooms around a place, within limits', () => {
  expect(zoomView({ x: 0, y: 0, scale: 1 }, 2, 10, 20)).toEqual({ x: -10, y: -20, scale: 2 });
  expect(zoomView({ x: 0, y: 0, scale: 3 }, 2, 10, 20)).toEqual({ x: 0, y: 0, scale: 3 });
});
it('moves', () => expect(moveView({ x: 1, y: 2, scale: 1 }, 3, 4)).toEqual({ x: 4, y: 6, scale: 1 }));

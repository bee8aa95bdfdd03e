import type { TimeWindow } from '@tracewell/ui';

/** Nothing shorter can be zoomed to, in microseconds. */
const leastWindowUs = 10;

/** The same window moved and cut to lie in the whole; null when it is the whole. */
export function fitWindow(window: TimeWindow, whole: TimeWindow): TimeWindow | null {
  const wholeUs = whole.endUs - whole.startUs;
  const spanUs = Math.max(Math.min(leastWindowUs, wholeUs), window.endUs - window.startUs);
  if (spanUs >= wholeUs) return null;
  const startUs = Math.max(whole.startUs, Math.min(whole.endUs - spanUs, window.startUs));
  return { startUs, endUs: startUs + spanUs };
}

/** `factor` below 1 shows less, above 1 more; what lies at `atUs` stays where it is. */
export function zoomWindow(
  window: TimeWindow,
  whole: TimeWindow,
  factor: number,
  atUs: number,
): TimeWindow | null {
  const spanUs = Math.max(leastWindowUs, (window.endUs - window.startUs) * factor);
  const share = (atUs - window.startUs) / Math.max(1, window.endUs - window.startUs);
  const startUs = atUs - spanUs * share;
  return fitWindow({ startUs, endUs: startUs + spanUs }, whole);
}

export const panWindow = (window: TimeWindow, whole: TimeWindow, byUs: number): TimeWindow | null =>
  fitWindow({ startUs: window.startUs + byUs, endUs: window.endUs + byUs }, whole);

export const toPx = (us: number, window: TimeWindow, width: number): number =>
  ((us - window.startUs) / Math.max(1, window.endUs - window.startUs)) * width;

export const toUs = (px: number, window: TimeWindow, width: number): number =>
  window.startUs + (px / Math.max(1, width)) * (window.endUs - window.startUs);

/** First and one past the last row that a viewport touches. */
export function rowsInSight(
  scrollPx: number,
  heightPx: number,
  rowPx: number,
  count: number,
): [number, number] {
  const first = Math.max(0, Math.min(count, Math.floor(scrollPx / rowPx)));
  return [first, Math.max(first, Math.min(count, Math.ceil((scrollPx + heightPx) / rowPx)))];
}

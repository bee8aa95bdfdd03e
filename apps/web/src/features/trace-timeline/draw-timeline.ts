import { formatMicroseconds, listTicks, type SpanNode, type TimeWindow } from '@tracewell/ui';
import { observationLooks } from '../trace/observation-look';
import type { TraceSpan } from '../trace/trace-spans';
import { rowsInSight, toPx, toUs } from './timeline-window';

export const rowPx = 24;
export const rulerPx = 24;
const leastBarPx = 2;
const tickEveryPx = 110;

export interface TimelineScene {
  nodes: readonly SpanNode<TraceSpan>[];
  visible: readonly number[];
  closed: ReadonlySet<string>;
  path: ReadonlySet<string>;
  /** null: nothing is searched for. */
  hits: ReadonlySet<string> | null;
  selectedId: string;
  window: TimeWindow;
  /** What has no end is drawn to here. */
  wholeEndUs: number;
  width: number;
  height: number;
  scrollPx: number;
  hoverPx: number | null;
}

type Colour = (token: string) => string;

/** Reads tokens of the theme (`var(--ink)` or `--ink`) as canvas colours, each once a drawing. */
export function readColours(element: Element): Colour {
  const style = getComputedStyle(element);
  const known = new Map<string, string>();
  return (token) => {
    let value = known.get(token);
    if (value === undefined) {
      value = style.getPropertyValue(token.replace(/^var\((.*)\)$/, '$1')).trim() || '#888';
      known.set(token, value);
    }
    return value;
  };
}

/** Only rows in sight are drawn, so 10,000 cost as much as thirty. */
export function drawTimeline(context: CanvasRenderingContext2D, scene: TimelineScene, colour: Colour): void {
  const { width, height, window } = scene;
  context.clearRect(0, 0, width, height);
  context.textBaseline = 'middle';
  context.font = `11px ${getComputedStyle(context.canvas).fontFamily}`;
  const ticks = listTicks(window.startUs, window.endUs, Math.max(1, Math.floor(width / tickEveryPx)));
  context.fillStyle = colour('--line');
  for (const tick of ticks) context.fillRect(Math.round(toPx(tick, window, width)), 0, 1, height);
  const [first, end] = rowsInSight(scene.scrollPx, height - rulerPx, rowPx, scene.visible.length);
  for (let row = first; row < end; row++) {
    const node = scene.nodes[scene.visible[row]!];
    if (node) drawRow(context, scene, node, rulerPx + row * rowPx - scene.scrollPx, colour);
  }
  drawRuler(context, scene, ticks, colour);
}

function drawRuler(
  context: CanvasRenderingContext2D,
  scene: TimelineScene,
  ticks: number[],
  colour: Colour,
): void {
  const { width, height, window, hoverPx } = scene;
  context.globalAlpha = 1;
  context.fillStyle = colour('--canvas');
  context.fillRect(0, 0, width, rulerPx);
  context.fillStyle = colour('--line');
  context.fillRect(0, rulerPx - 1, width, 1);
  context.fillStyle = colour('--ink-muted');
  for (const tick of ticks)
    context.fillText(formatMicroseconds(tick), toPx(tick, window, width) + 4, rulerPx / 2);
  if (hoverPx === null) return;
  context.fillStyle = colour('--accent');
  context.fillRect(Math.round(hoverPx), 0, 1, height);
  const text = formatMicroseconds(toUs(hoverPx, window, width));
  const textPx = context.measureText(text).width + 10;
  const left = Math.max(0, Math.min(width - textPx, hoverPx - textPx / 2));
  context.fillRect(left, 3, textPx, rulerPx - 7);
  context.fillStyle = colour('--accent-ink');
  context.fillText(text, left + 5, rulerPx / 2);
}

function drawRow(
  context: CanvasRenderingContext2D,
  scene: TimelineScene,
  node: SpanNode<TraceSpan>,
  top: number,
  colour: Colour,
): void {
  const { span } = node;
  const { observation } = span;
  const { window, width } = scene;
  if (span.id === scene.selectedId) {
    context.fillStyle = colour('--active');
    context.fillRect(0, top, width, rowPx);
    context.fillStyle = colour('--accent');
    context.fillRect(0, top, 2, rowPx);
  } else if (scene.hits?.has(span.id)) {
    context.fillStyle = colour('--warn-soft');
    context.fillRect(0, top, width, rowPx);
  }
  const isOpen = span.durationUs === null;
  const isError = observation?.level === 'ERROR';
  const from = toPx(span.startUs, window, width);
  const to = toPx(
    isOpen ? Math.max(span.startUs, scene.wholeEndUs) : span.startUs + (span.durationUs ?? 0),
    window,
    width,
  );
  if (to < -leastBarPx || from > width) return;
  const left = Math.max(-4, from);
  const right = Math.max(left + leastBarPx, Math.min(width + 4, to));
  const tone = isError ? colour('--danger') : colour(observationLooks[observation?.type ?? 'TRACE'].colour);
  context.globalAlpha = scene.hits && observation && !scene.hits.has(span.id) ? 0.35 : 1;
  context.fillStyle = tone;
  let textLeft = right + 5;
  let fullLeft = left;
  if (span.durationUs === 0) {
    drawDiamond(context, from, top + rowPx / 2);
    textLeft = from + 9;
  } else {
    const alpha = context.globalAlpha;
    const firstUs = observation?.completionStartOffsetUs ?? null;
    const first = firstUs === null ? left : Math.max(left, Math.min(right, toPx(firstUs, window, width)));
    fullLeft = first;
    // Pale until the first token came, full from there; open-ended bars are pale to their ragged end.
    context.globalAlpha = alpha * 0.4;
    context.fillRect(left, top + 6, (isOpen ? right : first) - left, 12);
    context.globalAlpha = alpha;
    if (!isOpen) context.fillRect(first, top + 6, right - first, 12);
    else for (let x = left; x < right; x += 8) context.fillRect(x, top + 11, Math.min(4, right - x), 2);
    if (first > left) {
      context.fillStyle = colour('--ink');
      context.fillRect(first, top + 4, 1, 16);
    }
  }
  if (scene.path.has(span.id) && observation) {
    context.fillStyle = colour('--ink');
    context.fillRect(left, top + 20, Math.max(leastBarPx, right - left), 2);
  }
  drawText(context, scene, node, { left, right, fullLeft, textLeft, top }, colour);
  context.globalAlpha = 1;
}

function drawDiamond(context: CanvasRenderingContext2D, x: number, y: number): void {
  context.beginPath();
  context.moveTo(x, y - 5);
  context.lineTo(x + 5, y);
  context.lineTo(x, y + 5);
  context.lineTo(x - 5, y);
  context.fill();
}

/** After the bar where there is room, else before it, else on it. */
function drawText(
  context: CanvasRenderingContext2D,
  scene: TimelineScene,
  node: SpanNode<TraceSpan>,
  bar: { left: number; right: number; fullLeft: number; textLeft: number; top: number },
  colour: Colour,
): void {
  const { span } = node;
  const isError = span.observation?.level === 'ERROR';
  const name = (span.name || 'unnamed').slice(0, 60);
  const took =
    span.durationUs === null ? 'no end' : span.durationUs === 0 ? '' : formatMicroseconds(span.durationUs);
  const folded = node.childCount && scene.closed.has(span.id) ? `+${node.endIndex - 1 - node.index}` : '';
  const text = [isError ? '✕' : '', name, took, folded].filter(Boolean).join('  ');
  const textPx = context.measureText(text).width;
  context.fillStyle = isError ? colour('--danger') : colour('--ink');
  let left = bar.textLeft;
  if (left + textPx > scene.width) left = bar.left - 5 - textPx;
  if (left < 0) {
    left = Math.max(4, bar.left + 5);
    // On a full bar in the colour of the ground, as bars are dark on light and light on dark; on a pale one in ink.
    const isPale = span.durationUs === null || left + textPx > bar.right || left < bar.fullLeft;
    context.fillStyle = isPale ? colour('--ink') : colour('--surface');
  }
  context.fillText(text, left, bar.top + rowPx / 2);
}

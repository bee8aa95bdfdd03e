import { buildSpanTree, type SpanInput, type SpanNode } from '@tracewell/ui/tree';
import type { ObservationNode, TraceDetail } from '../../api-client/types';

/** A row of the tree: the trace itself, or one of its observations. */
export interface TraceSpan extends SpanInput {
  /** null for the row of the trace. */
  observation: ObservationNode | null;
  name: string;
  /** Its parent was never received. */
  isOrphan: boolean;
}

/** Id of the trace's own row; no observation has it, as theirs are never empty. */
export const traceRowId = '';

export function buildTraceTree(
  trace: Pick<TraceDetail, 'name' | 'latencyMs' | 'observations'>,
): SpanNode<TraceSpan>[] {
  const ids = new Set(trace.observations.map((observation) => observation.id));
  const spans: TraceSpan[] = trace.observations.map((observation) => {
    const { parentObservationId: parent } = observation;
    const isOrphan = parent !== null && !ids.has(parent);
    return {
      id: observation.id,
      parentId: parent === null || isOrphan || parent === observation.id ? traceRowId : parent,
      startUs: observation.startOffsetUs,
      durationUs: observation.durationUs,
      observation,
      name: observation.name,
      isOrphan,
    };
  });
  const endUs = spans.reduce((end, span) => Math.max(end, span.startUs + (span.durationUs ?? 0)), 0);
  spans.push({
    id: traceRowId,
    parentId: null,
    startUs: 0,
    durationUs: Math.max(endUs, Math.round(trace.latencyMs * 1000)),
    observation: null,
    name: trace.name,
    isOrphan: false,
  });
  return buildSpanTree(spans);
}

/** Ids of the rows that have every word in name, type, model, id, status message or called tools. */
export function findSpans(nodes: readonly SpanNode<TraceSpan>[], text: string): string[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  return nodes.flatMap(({ span }) => {
    const { observation } = span;
    if (!observation) return [];
    const hay = [
      observation.name,
      observation.type,
      observation.model,
      observation.id,
      observation.statusMessage,
      observation.level,
      observation.promptName,
      ...observation.toolCallNames,
    ]
      .join('\n')
      .toLowerCase();
    return words.every((word) => hay.includes(word)) ? [span.id] : [];
  });
}

export type Jump = 'error' | 'slow' | 'dear';
const longestJumpList = 20;

/** What failed, what is slow (by its own time), what is dear; the worst first, errors in time. */
export function listJumps(nodes: readonly SpanNode<TraceSpan>[], jump: Jump): string[] {
  const own = nodes.filter((node) => node.span.observation);
  if (jump === 'error') {
    return own.flatMap(({ span }) => (span.observation?.level === 'ERROR' ? [span.id] : []));
  }
  const weight = (node: SpanNode<TraceSpan>) => (jump === 'slow' ? node.selfUs : costOf(node.span));
  return own
    .filter((node) => weight(node) > 0)
    .sort((a, b) => weight(b) - weight(a))
    .slice(0, longestJumpList)
    .map((node) => node.span.id);
}

export const costOf = (span: TraceSpan): number => span.observation?.cost.total ?? 0;

/** The next of a list after the current one; around at the end. */
export function nextOf(ids: readonly string[], current: string | null, by: 1 | -1 = 1): string | undefined {
  const index = current === null ? -1 : ids.indexOf(current);
  if (index < 0) return by === 1 ? ids[0] : ids.at(-1);
  return ids[(index + by + ids.length) % ids.length];
}

export type Heat = 'hot' | 'warm' | 'none';

/** How much of the whole one part takes: half and more is hot, a fifth warm. */
export function heatOf(part: number, whole: number): Heat {
  if (!(whole > 0) || !(part > 0)) return 'none';
  const share = part / whole;
  return share >= 0.5 ? 'hot' : share >= 0.2 ? 'warm' : 'none';
}

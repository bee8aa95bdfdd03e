'use client';
import { useQuery } from '@tanstack/react-query';
import {
  Button,
  cn,
  isBoolean,
  isNumber,
  ResizeHandle,
  type SpanNode,
  SpanTree,
  type SpanTreeHandle,
  type TimeWindow,
  Tooltip,
  useStoredState,
} from '@tracewell/ui';
import { ChartGantt, ChevronDown, ChevronsDownUp, ChevronsUpDown, ChevronUp } from 'lucide-react';
import { type Ref, useCallback, useMemo } from 'react';
import { commentCountsQuery } from '../../api-client/discussion';
import type { TraceDetail } from '../../api-client/types';
import { observationLooks } from './observation-look';
import { SearchBox } from './search-box';
import { SpanLabel } from './span-label';
import { heatOf, nextOf, type TraceSpan, traceRowId } from './trace-spans';

interface TraceTreeProps {
  trace: TraceDetail;
  nodes: SpanNode<TraceSpan>[];
  width: number;
  selectedId: string;
  onSelect: (id: string) => void;
  closed: ReadonlySet<string>;
  onClosedChange: (closed: Set<string>) => void;
  search: string;
  onSearch: (text: string) => void;
  hits: string[];
  searchRef: Ref<HTMLInputElement>;
  handle: Ref<SpanTreeHandle>;
  onLeaveSearch: () => void;
  window: TimeWindow;
  onWindowChange: (window: TimeWindow | null) => void;
}

const leastLabelPx = 150;
const leastTimelinePx = 130;

export function TraceTree(props: TraceTreeProps) {
  const { trace, nodes, width, selectedId, onSelect, hits, search } = props;
  const [isTimelineWanted, setTimelineWanted] = useStoredState('tracewell.timeline-shown', true, isBoolean);
  const [share, setShare] = useStoredState('tracewell.tree-label-share', 0.56, isNumber);
  const showTimeline = isTimelineWanted && width >= leastLabelPx + leastTimelinePx;
  const max = Math.max(leastLabelPx, width - leastTimelinePx);
  const labelWidth = Math.round(Math.max(leastLabelPx, Math.min(max, width * share)));
  const hitSet = useMemo(() => (search ? new Set(hits) : null), [search, hits]);
  const hitIndex = hits.indexOf(selectedId);
  const root = nodes[0]?.span;
  const traceUs = root?.durationUs ?? 0;
  const step = (by: 1 | -1) => {
    const id = nextOf(hits, selectedId, by);
    if (id !== undefined) onSelect(id);
  };
  const { data: comments } = useQuery(commentCountsQuery(trace.projectId, trace.id));
  const renderLabel = useCallback(
    (node: SpanNode<TraceSpan>, isClosed: boolean) => (
      <SpanLabel
        node={node}
        isClosed={isClosed}
        showDuration={!showTimeline}
        traceUs={traceUs}
        traceCost={trace.totalCost}
        traceTokens={trace.usage.total}
        commentCount={(node.span.observation ? comments?.observations[node.span.id] : comments?.trace) ?? 0}
      />
    ),
    [showTimeline, traceUs, trace.totalCost, trace.usage.total, comments],
  );
  const look = useCallback((node: SpanNode<TraceSpan>) => lookOf(node, traceUs), [traceUs]);
  return (
    <section aria-label="Tree and timeline" className="flex h-full min-h-0 flex-col bg-surface">
      <div className="flex h-9 shrink-0 items-center gap-1 border-b border-line bg-canvas px-1.5">
        <SearchBox
          className="min-w-0 flex-1"
          label="Search in the trace"
          placeholder="Search in trace"
          value={search}
          onChange={props.onSearch}
          inputRef={props.searchRef}
          onLeave={() => {
            if (search && hitIndex < 0) step(1);
            props.onLeaveSearch();
          }}
          delayMs={80}
        />
        {search ? (
          <span className="flex shrink-0 items-center">
            <span className="px-1 text-2xs text-ink-muted tabular-nums" aria-live="polite">
              {hits.length ? `${hitIndex < 0 ? '–' : hitIndex + 1}/${hits.length}` : 'no hit'}
            </span>
            <Button
              look="ghost"
              size="tiny"
              aria-label="Previous hit (N)"
              disabled={!hits.length}
              onClick={() => step(-1)}
            >
              <ChevronUp />
            </Button>
            <Button
              look="ghost"
              size="tiny"
              aria-label="Next hit (n)"
              disabled={!hits.length}
              onClick={() => step(1)}
            >
              <ChevronDown />
            </Button>
          </span>
        ) : null}
        <Tooltip content="Fold everything ([)">
          <Button
            look="ghost"
            size="icon"
            aria-label="Fold everything"
            onClick={() => props.onClosedChange(foldAll(nodes))}
          >
            <ChevronsDownUp />
          </Button>
        </Tooltip>
        <Tooltip content="Unfold everything (])">
          <Button
            look="ghost"
            size="icon"
            aria-label="Unfold everything"
            onClick={() => props.onClosedChange(new Set())}
          >
            <ChevronsUpDown />
          </Button>
        </Tooltip>
        <Tooltip content={isTimelineWanted ? 'Hide the timeline' : 'Show the timeline'}>
          <Button
            look="ghost"
            size="icon"
            aria-label="Timeline"
            pressed={isTimelineWanted}
            onClick={() => setTimelineWanted(!isTimelineWanted)}
          >
            <ChartGantt />
          </Button>
        </Tooltip>
      </div>
      <div className={cn('min-h-0 flex-1')}>
        <SpanTree
          label="Observations"
          nodes={nodes}
          closed={props.closed}
          onClosedChange={props.onClosedChange}
          selectedId={selectedId}
          onSelect={onSelect}
          hits={hitSet}
          renderLabel={renderLabel}
          look={look}
          labelWidth={labelWidth}
          showTimeline={showTimeline}
          window={props.window}
          onWindowChange={props.onWindowChange}
          handle={props.handle}
          splitter={
            <ResizeHandle
              label="Width of the tree beside the timeline"
              axis="x"
              size={labelWidth}
              min={leastLabelPx}
              max={max}
              onResize={(next) => setShare(next / width)}
            />
          }
        />
      </div>
    </section>
  );
}

/** All but the trace's own row. */
export const foldAll = (nodes: SpanNode<TraceSpan>[]): Set<string> =>
  new Set(nodes.flatMap((node) => (node.childCount && node.span.id !== traceRowId ? [node.span.id] : [])));

const lookOf = ({ span: { observation }, selfUs }: SpanNode<TraceSpan>, traceUs: number) => ({
  colour: observationLooks[observation?.type ?? 'TRACE'].colour,
  isMarked: observation?.level === 'ERROR',
  firstUs: observation?.completionStartOffsetUs ?? null,
  weight: observation ? heatOf(selfUs, traceUs) : ('none' as const),
});

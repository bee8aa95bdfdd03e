'use client';
import { useQuery } from '@tanstack/react-query';
import {
  cn,
  EmptyNotice,
  ErrorNotice,
  isNumber,
  ResizeHandle,
  Segmented,
  Skeleton,
  type SpanTreeHandle,
  type TimeWindow,
  useElementSize,
  useHotkeys,
  useStoredState,
} from '@tracewell/ui';
import dynamic from 'next/dynamic';
import { parseAsStringLiteral, useQueryState } from 'nuqs';
import { useCallback, useDeferredValue, useMemo, useRef, useState } from 'react';
import { ClientError, messageOf } from '../../api-client/client-error';
import { traceQuery } from '../../api-client/queries';
import type { TraceDetail } from '../../api-client/types';
import { ObservationPane } from './observation-pane';
import { findLastSign, planRefresh } from './run-state';
import { TraceHeader } from './trace-header';
import { TracePane } from './trace-pane';
import { buildTraceTree, findSpans, type Jump, listJumps, nextOf, traceRowId } from './trace-spans';
import { foldAll, TraceTree } from './trace-tree';

export interface TraceViewProps {
  projectId: string;
  traceId: string;
  /** null: the trace itself is selected. */
  observationId: string | null;
  onObservation: (observationId: string | null) => void;
  onDeleted: () => void;
  place: 'peek' | 'page';
  onClose?: () => void;
  onStep?: (by: number) => void;
}

const TranscriptPane = dynamic(
  () => import('../trace-transcript/transcript-pane').then((module) => module.TranscriptPane),
  { ssr: false, loading: () => <Skeleton className="m-4 w-1/2" /> },
);

const TimelinePane = dynamic(
  () => import('../trace-timeline/timeline-pane').then((module) => module.TimelinePane),
  { ssr: false, loading: () => <Skeleton className="m-4 w-1/2" /> },
);

const GraphPane = dynamic(() => import('../trace-graph/graph-pane').then((module) => module.GraphPane), {
  ssr: false,
  loading: () => <Skeleton className="m-4 w-1/2" />,
});

/** What stands beside the tree: one observation in detail, or the whole as a conversation, in time or as steps. */
const readings = ['details', 'transcript', 'timeline', 'graph'] as const;

export function TraceView(props: TraceViewProps) {
  const { projectId, traceId } = props;
  const query = useQuery({
    ...traceQuery(projectId, traceId),
    refetchInterval: ({ state }) => (state.data ? planRefresh(state.data.observations, Date.now()) : false),
  });
  if (query.data) return <LoadedTrace {...props} trace={query.data} />;
  if (query.isPending) return <TraceSkeleton />;
  const isMissing = query.error instanceof ClientError && query.error.status === 404;
  return isMissing ? (
    <EmptyNotice title="No trace has this id">
      <p>
        <span className="ident">{traceId}</span> was deleted, belongs to another project, or has not arrived
        yet.
      </p>
      <button
        type="button"
        className="text-accent underline underline-offset-2"
        onClick={() => query.refetch()}
      >
        Look again
      </button>
    </EmptyNotice>
  ) : (
    <ErrorNotice
      title="The trace could not be loaded"
      message={messageOf(query.error)}
      onRetry={() => query.refetch()}
    />
  );
}

const besidesPx = 780;

function LoadedTrace(props: TraceViewProps & { trace: TraceDetail }) {
  const { projectId, trace, place, observationId, onObservation } = props;
  const nodes = useMemo(() => buildTraceTree(trace), [trace]);
  const lastSignAt = useMemo(() => findLastSign(trace.observations), [trace]);
  const [reading, setReading] = useQueryState('view', parseAsStringLiteral(readings).withDefault('details'));
  const [closed, setClosed] = useState<ReadonlySet<string>>(noneClosed);
  const [search, setSearch] = useState('');
  const deferredSearch = useDeferredValue(search);
  const hits = useMemo(() => findSpans(nodes, deferredSearch), [nodes, deferredSearch]);
  const hitSet = useMemo(() => (deferredSearch ? new Set(hits) : null), [deferredSearch, hits]);
  const whole = useMemo(
    (): TimeWindow => ({ startUs: 0, endUs: Math.max(1, nodes[0]?.span.durationUs ?? 1) }),
    [nodes],
  );
  const [zoom, setZoom] = useState<TimeWindow | null>(null);
  const tree = useRef<SpanTreeHandle>(null);
  const searchField = useRef<HTMLInputElement>(null);
  const container = useRef<HTMLDivElement>(null);
  const { ref: sizeRef, width, height } = useElementSize();
  const [widthShare, setWidthShare] = useStoredState(`tracewell.trace-share-${place}`, 0.5, isNumber);
  const [heightShare, setHeightShare] = useStoredState('tracewell.trace-share-stacked', 0.4, isNumber);

  const selectedId = observationId ?? traceRowId;
  const select = useCallback((id: string) => onObservation(id === traceRowId ? null : id), [onObservation]);
  const selected = nodes.find((node) => node.span.id === selectedId);
  const jump = (to: Jump) => {
    const id = nextOf(listJumps(nodes, to), selectedId);
    if (id !== undefined) select(id);
  };
  const hop = (by: 1 | -1) => {
    // What was typed a moment ago counts, although the marks follow later.
    const found = search === deferredSearch ? hits : findSpans(nodes, search);
    const id = nextOf(found, selectedId, by);
    if (id !== undefined) select(id);
  };
  const zoomToSelection = () => {
    const span = selected?.span;
    if (zoom || !span?.durationUs || span.id === traceRowId) return setZoom(null);
    const margin = span.durationUs * 0.05;
    setZoom({ startUs: span.startUs - margin, endUs: span.startUs + span.durationUs + margin });
  };
  /** Beside a table the plain keys are the table's, unless the focus is in here. */
  const isMine = () => place === 'page' || Boolean(container.current?.contains(document.activeElement));
  const mine = (run: () => void) => () => (isMine() ? run() : false);
  useHotkeys({
    j: mine(() => tree.current?.move(1)),
    k: mine(() => tree.current?.move(-1)),
    arrowdown: mine(() => tree.current?.move(1)),
    arrowup: mine(() => tree.current?.move(-1)),
    arrowleft: mine(() => tree.current?.fold('in')),
    arrowright: mine(() => tree.current?.fold('out')),
    '/': mine(() => searchField.current?.focus()),
    '[': () => setClosed(foldAll(nodes)),
    ']': () => setClosed(noneClosed),
    n: () => hop(1),
    'shift+n': () => hop(-1),
    e: () => jump('error'),
    s: () => jump('slow'),
    c: () => jump('dear'),
    z: zoomToSelection,
    v: () => void setReading(reading === 'details' ? 'transcript' : null),
    'shift+t': mine(() => void setReading(reading === 'timeline' ? null : 'timeline')),
    'shift+g': mine(() => void setReading(reading === 'graph' ? null : 'graph')),
  });

  const isBeside = width >= besidesPx;
  const least = isBeside ? 300 : 120;
  const room = isBeside ? width : height;
  const share = isBeside ? widthShare : heightShare;
  const size = Math.round(Math.max(least, Math.min(room - least, room * share)));
  return (
    <div ref={container} data-trace-view className="flex h-full min-h-0 flex-col">
      <TraceHeader
        projectId={projectId}
        trace={trace}
        place={place}
        onClose={props.onClose}
        onStep={props.onStep}
        onDeleted={props.onDeleted}
      />
      <div ref={sizeRef} className={cn('flex min-h-0 flex-1', !isBeside && 'flex-col')}>
        {room > 0 ? (
          <>
            <div className="shrink-0 overflow-hidden" style={isBeside ? { width: size } : { height: size }}>
              <TraceTree
                trace={trace}
                nodes={nodes}
                width={isBeside ? size : width}
                selectedId={selectedId}
                onSelect={select}
                closed={closed}
                onClosedChange={setClosed}
                search={search}
                onSearch={setSearch}
                hits={hits}
                searchRef={searchField}
                handle={tree}
                onLeaveSearch={() => tree.current?.focus()}
                window={zoom ?? whole}
                onWindowChange={setZoom}
              />
            </div>
            <ResizeHandle
              label="Size of the tree beside the details"
              axis={isBeside ? 'x' : 'y'}
              size={size}
              min={least}
              max={Math.max(least, room - least)}
              onResize={(next) => (isBeside ? setWidthShare(next / room) : setHeightShare(next / room))}
            />
            <div className="flex min-h-0 min-w-0 flex-1 flex-col">
              <div className="flex h-9 shrink-0 items-center border-b border-line bg-canvas px-2.5">
                <Segmented
                  label="Reading"
                  value={reading}
                  onChange={(next) => void setReading(next === 'details' ? null : next)}
                  options={[
                    { value: 'details', label: 'Details' },
                    { value: 'transcript', label: 'Transcript' },
                    { value: 'timeline', label: 'Timeline' },
                    { value: 'graph', label: 'Graph' },
                  ]}
                />
              </div>
              <div className="min-h-0 flex-1">
                {reading === 'transcript' ? (
                  <TranscriptPane
                    projectId={projectId}
                    trace={trace}
                    selectedId={observationId}
                    onSelect={select}
                  />
                ) : reading === 'timeline' ? (
                  <TimelinePane
                    nodes={nodes}
                    closed={closed}
                    selectedId={selectedId}
                    onSelect={select}
                    hits={hitSet}
                    whole={whole}
                    window={zoom ?? whole}
                    onWindowChange={setZoom}
                    isMine={isMine}
                  />
                ) : reading === 'graph' ? (
                  <GraphPane
                    nodes={nodes}
                    selectedId={selectedId}
                    onSelect={select}
                    hits={hitSet}
                    isMine={isMine}
                  />
                ) : observationId === null ? (
                  <TracePane trace={trace} />
                ) : (
                  <ObservationPane
                    key={observationId}
                    projectId={projectId}
                    traceId={trace.id}
                    observationId={observationId}
                    node={selected?.span.observation ?? null}
                    scores={trace.scores}
                    lastSignAt={lastSignAt}
                  />
                )}
              </div>
            </div>
          </>
        ) : null}
      </div>
    </div>
  );
}

const noneClosed: ReadonlySet<string> = new Set();

function TraceSkeleton() {
  return (
    <div className="flex h-full flex-col" aria-busy="true">
      <div className="h-18 shrink-0 space-y-3 border-b border-line px-3 py-3">
        <Skeleton className="h-4 w-56" />
        <Skeleton className="w-96 max-w-full" />
      </div>
      <div className="grid min-h-0 flex-1 grid-cols-2 gap-6 p-3">
        <div className="space-y-4">
          {['w-2/3', 'w-1/2', 'w-3/5', 'w-2/5', 'w-4/5', 'w-1/3'].map((width) => (
            <Skeleton key={width} className={width} />
          ))}
        </div>
        <div className="space-y-4">
          <Skeleton className="w-1/3" />
          <Skeleton className="h-24 w-full" />
          <Skeleton className="h-24 w-full" />
        </div>
      </div>
    </div>
  );
}

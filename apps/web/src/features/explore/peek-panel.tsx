'use client';
import { isNumber, ResizeHandle, Skeleton, useStoredState } from '@tracewell/ui';
import dynamic from 'next/dynamic';

export const loadTraceView = () => import('../trace/trace-view');
const TraceView = dynamic(() => loadTraceView().then((module) => module.TraceView), {
  ssr: false,
  loading: () => (
    <div className="space-y-3 p-4">
      <Skeleton className="h-5 w-64" />
      <Skeleton className="w-96" />
    </div>
  ),
});

interface PeekPanelProps {
  projectId: string;
  traceId: string;
  /** Pixels of the room it lies in. */
  roomWidth: number;
  observationId: string | null;
  onObservation: (observationId: string | null) => void;
  onClose: () => void;
  onStep: (by: number) => void;
  onDeleted: () => void;
}

const leastPx = 420;
const tableRestPx = 300;

/** A trace beside the table it was opened from: the same view as its page, narrower. */
export function PeekPanel(props: PeekPanelProps) {
  const [share, setShare] = useStoredState('tracewell.peek-share', 0.68, isNumber);
  const isPhone = props.roomWidth < 640;
  const max = Math.max(leastPx, props.roomWidth - tableRestPx);
  const width = isPhone
    ? props.roomWidth
    : Math.round(Math.max(leastPx, Math.min(max, props.roomWidth * share)));
  return (
    <section
      aria-label="Trace"
      className="absolute inset-y-0 right-0 z-30 flex border-l border-line bg-canvas shadow-float"
      style={{ width }}
    >
      {isPhone ? null : (
        <ResizeHandle
          label="Width of the trace panel"
          axis="x"
          reverse
          size={width}
          min={leastPx}
          max={max}
          onResize={(next) => setShare(next / props.roomWidth)}
          className="absolute inset-y-0 -left-px bg-transparent"
        />
      )}
      <div className="min-w-0 flex-1">
        <TraceView
          key={props.traceId}
          projectId={props.projectId}
          traceId={props.traceId}
          observationId={props.observationId}
          onObservation={props.onObservation}
          onDeleted={props.onDeleted}
          place="peek"
          onClose={props.onClose}
          onStep={props.onStep}
        />
      </div>
    </section>
  );
}

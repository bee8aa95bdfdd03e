'use client';
import { EmptyNotice, ErrorNotice, Skeleton } from '@tracewell/ui';
import { useEffect, useMemo, useRef } from 'react';
import { messageOf } from '../../api-client/client-error';
import type { TraceDetail } from '../../api-client/types';
import { growTranscript } from './grow-transcript';
import { readChat } from './read-chat';
import { TurnCard } from './turn-card';
import { callsOf, usePayloadsOf } from './use-calls';

interface TranscriptPaneProps {
  projectId: string;
  trace: TraceDetail;
  selectedId: string | null;
  onSelect: (observationId: string) => void;
}

/** The trace as the conversation that it was: the calls of models in time, each with what it added. */
export function TranscriptPane({ projectId, trace, selectedId, onSelect }: TranscriptPaneProps) {
  const calls = useMemo(() => callsOf(trace), [trace]);
  const payloads = usePayloadsOf(projectId, trace.id, calls);
  const turns = useMemo(() => {
    const byId = new Map(calls.map((call) => [call.id, call]));
    const loaded = payloads.data ?? [];
    const grown = growTranscript(
      loaded.map(({ id, input, output }) => ({
        id,
        input: readChat(input, 'input'),
        output: readChat(output, 'output'),
      })),
    );
    return grown.flatMap((turn, index) => {
      const call = byId.get(turn.id);
      return call ? { turn, call, payload: loaded[index]! } : [];
    });
  }, [calls, payloads.data]);

  const end = useRef<HTMLDivElement>(null);
  const { hasNextPage, fetchNextPage, isFetchingNextPage } = payloads;
  useEffect(() => {
    if (!end.current || !hasNextPage) return;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (entry?.isIntersecting && !isFetchingNextPage) void fetchNextPage();
      },
      { rootMargin: '600px' },
    );
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  if (calls.length === 0) {
    return (
      <EmptyNotice title="No model was called">
        <p>The transcript is made of the generations of a trace, and this one has none.</p>
      </EmptyNotice>
    );
  }
  if (payloads.isError && !payloads.data) {
    return (
      <ErrorNotice
        title="The transcript could not be loaded"
        message={messageOf(payloads.error)}
        onRetry={() => payloads.refetch()}
      />
    );
  }
  return (
    <section aria-label="Transcript" className="h-full overflow-y-auto bg-canvas p-3">
      <ol className="space-y-3">
        {turns.map(({ turn, call, payload }, index) => (
          <TurnCard
            key={turn.id}
            number={index + 1}
            turn={turn}
            call={call}
            payload={payload}
            isSelected={turn.id === selectedId}
            onSelect={onSelect}
          />
        ))}
      </ol>
      <div ref={end} className="pt-3">
        {hasNextPage || payloads.isPending ? (
          <div className="space-y-2" aria-busy="true">
            <Skeleton className="w-1/3" />
            <Skeleton className="h-20 w-full" />
          </div>
        ) : null}
        {payloads.isError && payloads.data ? (
          <p className="text-xs text-danger">
            {messageOf(payloads.error)}{' '}
            <button type="button" className="underline" onClick={() => void fetchNextPage()}>
              Try again
            </button>
          </p>
        ) : null}
      </div>
    </section>
  );
}

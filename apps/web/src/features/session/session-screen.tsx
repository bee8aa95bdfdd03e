'use client';
import { Button, EmptyNotice, ErrorNotice, Skeleton, useElementSize, useHotkeys } from '@tracewell/ui';
import Link from 'next/link';
import { parseAsString, useQueryStates } from 'nuqs';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { messageOf } from '../../api-client/client-error';
import { PeekPanel } from '../explore/peek-panel';
import { ScreenHeader } from '../shell/screen-header';
import { growTranscript } from '../trace-transcript/grow-transcript';
import { readChat } from '../trace-transcript/read-chat';
import { SessionHeader } from './session-header';
import { SessionTurn } from './session-turn';
import { useSessionTraces } from './use-session-traces';

const parsers = { peek: parseAsString, observation: parseAsString };

/** A session as its user lived it: its traces in time, each with what it added to the conversation. */
export function SessionScreen({ projectId, sessionId }: { projectId: string; sessionId: string }) {
  const session = useSessionTraces(projectId, sessionId);
  const { summaries, traces, hasMore, loadMore } = session;
  const [{ peek, observation }, setOpen] = useQueryStates(parsers, { history: 'replace' });
  const { ref: roomRef, width: roomWidth } = useElementSize();
  const turns = useMemo(
    () =>
      growTranscript(
        traces.map(({ id, input, output }) => ({
          id,
          input: readChat(input, 'input'),
          output: readChat(output, 'output'),
        })),
      ),
    [traces],
  );
  const open = useCallback((id: string) => void setOpen({ peek: id, observation: null }), [setOpen]);
  const close = useCallback(() => void setOpen({ peek: null, observation: null }), [setOpen]);
  const step = useCallback(
    (by: number) => {
      const at = summaries.findIndex(({ id }) => id === peek);
      const to = summaries[at < 0 ? 0 : at + by];
      if (to) open(to.id);
    },
    [summaries, peek, open],
  );
  useHotkeys({
    j: () => step(1),
    k: () => step(-1),
    escape: () => (peek === null ? false : close()),
  });
  const list = `/project/${encodeURIComponent(projectId)}/traces`;
  return (
    <>
      <ScreenHeader
        title={
          <span className="flex items-center gap-2">
            <span className="text-ink-muted">Session</span>
            <span aria-hidden className="text-ink-faint">
              /
            </span>
            <span className="ident truncate text-ink-muted">{sessionId}</span>
          </span>
        }
      />
      <div ref={roomRef} className="relative min-h-0 flex-1">
        {session.error && summaries.length === 0 ? (
          <ErrorNotice
            title="The session could not be loaded"
            message={messageOf(session.error)}
            onRetry={session.retry}
          />
        ) : session.isPending ? (
          <SessionSkeleton />
        ) : summaries.length === 0 ? (
          <EmptyNotice title="No trace names this session">
            <p>
              Its traces were deleted, belong to another project, or have not arrived yet. A trace joins a
              session by its <code>sessionId</code>.
            </p>
            <Button asChild>
              <Link href={list}>Look at all traces</Link>
            </Button>
          </EmptyNotice>
        ) : (
          <div className="flex h-full flex-col">
            <SessionHeader
              projectId={projectId}
              sessionId={sessionId}
              traces={summaries}
              totals={session.totals}
            />
            <section aria-label="Conversation" className="min-h-0 flex-1 overflow-y-auto bg-canvas p-3">
              <ol className="mx-auto max-w-4xl space-y-3">
                {turns.map((turn, index) => (
                  <SessionTurn
                    key={turn.id}
                    number={index + 1}
                    turn={turn}
                    trace={traces[index]!}
                    isOpen={turn.id === peek}
                    onOpen={open}
                  />
                ))}
              </ol>
              {session.error ? (
                <p className="mx-auto max-w-4xl pt-3 text-xs text-danger">
                  {messageOf(session.error)}{' '}
                  <button type="button" className="underline" onClick={session.retry}>
                    Try again
                  </button>
                </p>
              ) : hasMore ? (
                <MoreToCome key={traces.length} onSeen={loadMore} />
              ) : null}
            </section>
          </div>
        )}
        {peek !== null && roomWidth > 0 ? (
          <PeekPanel
            projectId={projectId}
            traceId={peek}
            roomWidth={roomWidth}
            observationId={observation}
            onObservation={(id) => void setOpen({ observation: id })}
            onClose={close}
            onStep={step}
            onDeleted={() => {
              close();
              session.retry();
            }}
          />
        ) : null}
      </div>
    </>
  );
}

/** Asks for what comes next when it comes into sight. */
function MoreToCome({ onSeen }: { onSeen: () => void }) {
  const end = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!end.current) return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && onSeen(), {
      rootMargin: '800px',
    });
    observer.observe(end.current);
    return () => observer.disconnect();
  }, [onSeen]);
  return (
    <div ref={end} className="mx-auto max-w-4xl space-y-2 pt-3" aria-busy="true">
      <Skeleton className="w-1/3" />
      <Skeleton className="h-20 w-full" />
    </div>
  );
}

const SessionSkeleton = () => (
  <div className="space-y-3 p-3" aria-busy="true">
    <Skeleton className="h-5 w-64" />
    <Skeleton className="mx-auto h-28 max-w-4xl" />
    <Skeleton className="mx-auto h-28 max-w-4xl" />
  </div>
);

'use client';
import { formatDuration, formatTime } from '@tracewell/ui';
import { useEffect, useState } from 'react';
import type { ObservationNode } from '../../api-client/types';
import { readRunState } from './run-state';

const tickMs = 1_000;

/** What stands in place of a duration while there is no end: the time so far, or when it was last heard. */
export function RunMark({
  observation,
  lastSignAt,
}: {
  observation: ObservationNode;
  lastSignAt: number | null;
}) {
  const [nowMs, setNowMs] = useState(() => Date.now());
  const state = readRunState(observation, lastSignAt, nowMs);
  const isRunning = state.kind === 'running';
  useEffect(() => {
    if (!isRunning) return;
    const timer = setInterval(() => setNowMs(Date.now()), tickMs);
    return () => clearInterval(timer);
  }, [isRunning]);
  if (state.kind === 'ended') return 'no end recorded';
  if (state.kind === 'silent') {
    return (
      <span className="text-warn">
        stopped talking, last heard {formatTime(new Date(state.lastSignAt).toISOString())}
      </span>
    );
  }
  return (
    <span className="inline-flex items-center gap-1.5 tabular-nums">
      <span aria-hidden className="size-1.5 rounded-full bg-accent motion-safe:animate-pulse" />
      running, {formatElapsed(state.elapsedMs)}
    </span>
  );
}

/** Whole seconds: finer ones would only flicker. */
const formatElapsed = (elapsedMs: number): string => {
  const seconds = Math.floor(elapsedMs / 1_000);
  return seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1_000);
};

'use client';
import { quoteValue } from '@tracewell/domain/search/index';
import {
  Badge,
  Button,
  CopyButton,
  formatCount,
  formatDuration,
  formatLocalTime,
  formatMoney,
} from '@tracewell/ui';
import { Clock, Coins, ListTree, Timer, User } from 'lucide-react';
import Link from 'next/link';
import type { TraceSummary } from '../../api-client/types';
import { Fact } from '../trace/trace-header';

interface SessionHeaderProps {
  projectId: string;
  sessionId: string;
  /** Those that have been read, oldest first; at least one. */
  traces: readonly TraceSummary[];
  /** Of all of them. */
  totals: { count: number; errorCount: number; totalCost: number } | undefined;
}

const shownUsers = 3;

export function SessionHeader({ projectId, sessionId, traces, totals }: SessionHeaderProps) {
  const first = traces[0]!;
  const last = traces.at(-1)!;
  const users = [...new Set(traces.map(({ userId }) => userId).filter(Boolean))];
  const lastedMs = Date.parse(last.timestamp) + last.latencyMs - Date.parse(first.timestamp);
  const tracesUrl = `/project/${encodeURIComponent(projectId)}/traces?${new URLSearchParams({ range: 'all', q: `sessionId:${quoteValue(sessionId)}` })}`;
  return (
    <header className="shrink-0 border-b border-line bg-canvas">
      <div className="flex h-10 items-center gap-1.5 pr-2 pl-3">
        <h1 className="min-w-0 truncate text-base font-semibold" title={sessionId}>
          {sessionId}
        </h1>
        <CopyButton text={sessionId} what="session id" />
        <span className="flex-1" />
        <Button asChild look="ghost">
          <Link href={tracesUrl}>
            <ListTree /> As a table
          </Link>
        </Button>
      </div>
      <div className="flex flex-wrap items-center gap-x-1.5 gap-y-1 px-3 pb-2">
        <Fact icon={<Clock />} tip="When its first trace began">
          {formatLocalTime(first.timestamp).slice(0, 19)}
        </Fact>
        <Fact
          icon={<Timer />}
          tip="From the start of the first trace to the end of the last one that was read"
        >
          {formatDuration(lastedMs)}
        </Fact>
        {totals ? (
          <Fact icon={<ListTree />} tip="Traces that name this session">
            {formatCount(totals.count)} {totals.count === 1 ? 'trace' : 'traces'}
          </Fact>
        ) : null}
        {totals?.totalCost ? (
          <Fact icon={<Coins />} tip="Cost of all its traces">
            {formatMoney(totals.totalCost)}
          </Fact>
        ) : null}
        {totals?.errorCount ? <Badge tone="danger">{formatCount(totals.errorCount)} failed</Badge> : null}
        {users.slice(0, shownUsers).map((userId) => (
          <Fact key={userId} icon={<User />} tip={`User ${userId}`}>
            <span className="max-w-48 truncate">{userId}</span>
          </Fact>
        ))}
        {users.length > shownUsers ? (
          <span className="text-2xs text-ink-faint">+{users.length - shownUsers} users</span>
        ) : null}
        <Badge tone="outline">{first.environment}</Badge>
      </div>
    </header>
  );
}

'use client';
import { useMutation } from '@tanstack/react-query';
import { quoteValue } from '@tracewell/domain/search/index';
import {
  Badge,
  Button,
  ConfirmDialog,
  CopyButton,
  describeTime,
  formatCompact,
  formatCount,
  formatDuration,
  formatLocalTime,
  formatMoney,
  Tooltip,
  toast,
} from '@tracewell/ui';
import { ChevronDown, ChevronUp, Clock, Coins, Columns2, Expand, Hash, Timer, Trash2, X } from 'lucide-react';
import Link from 'next/link';
import { type ReactNode, useState } from 'react';
import { messageOf } from '../../api-client/client-error';
import { deleteTrace } from '../../api-client/traces';
import type { TraceDetail } from '../../api-client/types';
import { LevelMark } from '../explore/level-mark';
import { PublishButton } from '../publish/publish-button';
import { sessionUrl } from '../session/session-url';
import { TagEditor } from '../trace-tags/tag-editor';
import { CostBreakdown } from './cost-breakdown';

interface TraceHeaderProps {
  projectId: string;
  trace: TraceDetail;
  place: 'peek' | 'page';
  onClose?: (() => void) | undefined;
  onStep?: ((by: number) => void) | undefined;
  onDeleted: () => void;
}

export function TraceHeader({ projectId, trace, place, onClose, onStep, onDeleted }: TraceHeaderProps) {
  const [isDeleting, setDeleting] = useState(false);
  const remove = useMutation({
    mutationFn: () => deleteTrace(projectId, trace.id),
    onSuccess: () => {
      toast('Trace deleted');
      setDeleting(false);
      onDeleted();
    },
    onError: (error) => toast.error(messageOf(error)),
  });
  const base = `/project/${encodeURIComponent(projectId)}/traces`;
  const filterBy = (field: string, value: string) =>
    `${base}?${new URLSearchParams({ range: 'all', q: `${field}:${quoteValue(value)}` })}`;
  return (
    <header className="shrink-0 border-b border-line bg-canvas">
      <div className="flex h-10 items-center gap-1.5 pr-2 pl-3">
        <LevelMark level={trace.level} className="size-4" />
        <h1 className="min-w-0 truncate text-base font-semibold" title={trace.name}>
          {trace.name || 'Unnamed trace'}
        </h1>
        <CopyButton text={trace.id} what="trace id" />
        {place === 'peek' ? (
          <span className="ident truncate text-2xs text-ink-faint max-lg:hidden">{trace.id}</span>
        ) : null}
        <span className="flex-1" />
        {onStep ? (
          <>
            <IconAction label="Previous trace (k)" icon={<ChevronUp />} onClick={() => onStep(-1)} />
            <IconAction label="Next trace (j)" icon={<ChevronDown />} onClick={() => onStep(1)} />
          </>
        ) : null}
        <PublishButton projectId={projectId} trace={trace} />
        <Tooltip content="Compare with another trace">
          <Button asChild look="ghost" size="icon">
            <Link
              href={`/project/${encodeURIComponent(projectId)}/compare?${new URLSearchParams({ left: trace.id })}`}
              aria-label="Compare with another trace"
            >
              <Columns2 />
            </Link>
          </Button>
        </Tooltip>
        <IconAction label="Delete trace" icon={<Trash2 />} onClick={() => setDeleting(true)} />
        {place === 'peek' ? (
          <Tooltip content="Open as a page (o)">
            <Button asChild look="ghost" size="icon">
              <Link href={`${base}/${encodeURIComponent(trace.id)}`} aria-label="Open as a page">
                <Expand />
              </Link>
            </Button>
          </Tooltip>
        ) : null}
        {onClose ? <IconAction label="Close (Esc)" icon={<X />} onClick={onClose} /> : null}
      </div>
      <div className="flex flex-wrap items-center gap-x-1.5 gap-y-1 px-3 pb-2">
        <Fact icon={<Clock />} tip={<Lines lines={describeTime(trace.timestamp)} />}>
          {formatLocalTime(trace.timestamp).slice(0, 19)}
        </Fact>
        <Fact icon={<Timer />} tip="From the first start to the last end">
          {formatDuration(trace.latencyMs)}
        </Fact>
        {trace.totalCost ? (
          <Fact
            icon={<Coins />}
            tip={<CostBreakdown observations={trace.observations} totalCost={trace.totalCost} />}
          >
            {formatMoney(trace.totalCost)}
          </Fact>
        ) : null}
        {trace.usage.total ? (
          <Fact
            icon={<Hash />}
            tip={
              <Lines
                lines={[
                  `${formatCount(trace.usage.input)} in`,
                  `${formatCount(trace.usage.output)} out`,
                  `${formatCount(trace.usage.total)} in all`,
                ]}
              />
            }
          >
            {formatCompact(trace.usage.input)} → {formatCompact(trace.usage.output)} tokens
          </Fact>
        ) : null}
        {trace.errorCount ? (
          <Badge tone="danger">
            {formatCount(trace.errorCount)} {trace.errorCount === 1 ? 'error' : 'errors'}
          </Badge>
        ) : null}
        {trace.userId ? (
          <FilterLink href={filterBy('userId', trace.userId)} label="User" value={trace.userId} />
        ) : null}
        {trace.sessionId ? (
          <FilterLink
            href={sessionUrl(projectId, trace.sessionId)}
            title={`The whole session ${trace.sessionId}`}
            label="Session"
            value={trace.sessionId}
          />
        ) : null}
        <FilterLink href={filterBy('environment', trace.environment)} label="Env" value={trace.environment} />
        {trace.release ? (
          <FilterLink href={filterBy('release', trace.release)} label="Release" value={trace.release} />
        ) : null}
        {trace.version ? (
          <FilterLink href={filterBy('version', trace.version)} label="Version" value={trace.version} />
        ) : null}
        {trace.tags.map((tag) => (
          <FilterLink key={tag} href={filterBy('tags', tag)} label="#" value={tag} />
        ))}
        <TagEditor projectId={projectId} trace={trace} />
        {trace.public ? <Badge tone="warn">Public</Badge> : null}
      </div>
      <ConfirmDialog
        open={isDeleting}
        onOpenChange={setDeleting}
        title="Delete this trace?"
        description={`“${trace.name || trace.id}” and its ${formatCount(trace.observationCount)} observations and scores are removed for everyone. This cannot be undone.`}
        action="Delete trace"
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
      />
    </header>
  );
}

const Lines = ({ lines }: { lines: string[] }) => lines.map((line) => <div key={line}>{line}</div>);

interface IconActionProps {
  label: string;
  icon: ReactNode;
  onClick: () => void;
}

const IconAction = ({ label, icon, onClick }: IconActionProps) => (
  <Tooltip content={label}>
    <Button look="ghost" size="icon" aria-label={label} onClick={onClick}>
      {icon}
    </Button>
  </Tooltip>
);

/** A figure with what lies behind it; reachable by keyboard, as its tooltip says more. */
export function Fact({ icon, tip, children }: { icon: ReactNode; tip: ReactNode; children: ReactNode }) {
  return (
    <Tooltip content={tip}>
      <button
        type="button"
        className="inline-flex h-5 cursor-default items-center gap-1 rounded bg-sunken px-1.5 text-2xs font-medium whitespace-nowrap text-ink tabular-nums [&_svg]:size-3 [&_svg]:text-ink-faint"
      >
        {icon}
        {children}
      </button>
    </Tooltip>
  );
}

interface FilterLinkProps {
  href: string;
  label: string;
  value: string;
  title?: string;
}

const FilterLink = ({ href, label, value, title }: FilterLinkProps) => (
  <Link
    href={href}
    title={title ?? `Traces with ${label === '#' ? 'tag' : label.toLowerCase()} ${value}`}
    className="inline-flex h-5 max-w-56 items-center gap-1 rounded border border-line px-1.5 text-2xs whitespace-nowrap text-ink-muted hover:border-accent hover:text-ink"
  >
    <span className="text-ink-faint">{label}</span>
    <span className="truncate">{value}</span>
  </Link>
);
